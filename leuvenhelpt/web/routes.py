"""The one table of routes: where, by what name, what answers, and who may use it."""

from leuvenhelpt.web import assets, offline, paper
from leuvenhelpt.web.access import Route, Who
from leuvenhelpt.web.public import addresses, ask, concern, health, pages, status, style_guide
from leuvenhelpt.web.staff import routes as staff
from leuvenhelpt.web.volunteer import routes as volunteer

TABLE: tuple[Route, ...] = (
    Route("/", "home", pages.home, Who.EVERYONE),
    Route("/zo-werkt-het", "how_it_works", pages.how_it_works, Who.EVERYONE),
    Route("/uw-gegevens", "privacy", pages.privacy, Who.EVERYONE),
    Route("/toegankelijkheid", "accessibility", pages.accessibility, Who.EVERYONE),
    Route("/hulp-vragen", "ask", ask.show, Who.EVERYONE),
    Route("/hulp-vragen", "ask_step", ask.take, Who.EVERYONE, "POST"),
    Route("/hulp-vragen/verder", "ask_resumed", ask.resume, Who.EVERYONE, "POST"),
    Route("/hulp-vragen/wis", "ask_forgotten", ask.forget, Who.EVERYONE, "POST"),
    Route("/adressen", "address_suggestions", addresses.suggestions, Who.EVERYONE, limit="120 per minute"),
    Route("/vraag/<token>", "status", status.show, Who.LINK),
    Route("/vraag/<token>/niets-gehoord", "status_unheard", status.complain, Who.LINK, "POST", "20 per hour"),
    Route("/vraag/<token>/intrekken", "status_withdraw", status.confirm_withdrawal, Who.LINK),
    Route("/vraag/<token>/intrekken", "status_withdrawn", status.withdraw, Who.LINK, "POST"),
    Route("/vraag/<token>/veranderen", "status_change", status.show_change, Who.LINK),
    Route("/vraag/<token>/veranderen", "status_changed", status.change, Who.LINK, "POST"),
    Route("/vraag/<token>/hoe-ging-het", "status_aftercare", status.say_how_it_went, Who.LINK, "POST"),
    Route("/kaart/<code>", "card", paper.scanned, Who.EVERYONE),
    Route("/kaartjes/<code>", "cards", paper.sheet, Who.EVERYONE),
    Route("/app.webmanifest", "manifest", offline.manifest, Who.EVERYONE),
    Route("/worker.js", "worker", offline.worker, Who.EVERYONE),
    Route("/zonder-verbinding", "offline", offline.without_connection, Who.EVERYONE),
    Route("/huisstijl/<name>", "look", assets.serve, Who.EVERYONE),
    Route("/vraag/<token>/bedanken", "status_thank", status.thank, Who.LINK, "POST", "20 per hour"),
    Route("/vraag/<token>/zorg", "status_concern", concern.show_of_request, Who.LINK),
    Route(
        "/vraag/<token>/zorg", "status_concern_sent", concern.take_of_request, Who.LINK, "POST", "20 per hour"
    ),
    Route("/meld-een-zorg", "concern", concern.show, Who.EVERYONE),
    Route("/meld-een-zorg", "concern_sent", concern.take, Who.EVERYONE, "POST", "20 per hour"),
    Route("/meld-een-zorg/dank-u", "concern_taken", concern.taken, Who.EVERYONE),
    Route("/taak/<token>/zorg", "task_concern", concern.show_of_task, Who.LINK),
    Route("/taak/<token>/zorg", "task_concern_sent", concern.take_of_task, Who.LINK, "POST", "20 per hour"),
    Route("/stijl", "style_guide", style_guide.style_guide, Who.DEMONSTRATION),
    Route("/healthz", "alive", health.alive, Who.EVERYONE),
    Route("/readyz", "ready", health.ready, Who.EVERYONE),
    *volunteer.TABLE,
    *staff.TABLE,
)
