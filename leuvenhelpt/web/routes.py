"""The one table of routes: where, by what name, what answers, and who may use it."""

from leuvenhelpt.web.access import Route, Who
from leuvenhelpt.web.public import health, pages

TABLE: tuple[Route, ...] = (
    Route("/", "home", pages.home, Who.EVERYONE),
    Route("/zo-werkt-het", "how_it_works", pages.how_it_works, Who.EVERYONE),
    Route("/uw-gegevens", "privacy", pages.privacy, Who.EVERYONE),
    Route("/toegankelijkheid", "accessibility", pages.accessibility, Who.EVERYONE),
    Route("/stijl", "style_guide", pages.style_guide, Who.DEMONSTRATION),
    Route("/healthz", "alive", health.alive, Who.EVERYONE),
    Route("/readyz", "ready", health.ready, Who.EVERYONE),
)
