"""Where one can go from the desk."""

from dataclasses import dataclass

from flask_babel import gettext as _


@dataclass(frozen=True)
class DeskPlace:
    """One line of the navigation of the desk."""

    endpoint: str
    icon: str
    label: str


def desk_places() -> tuple[DeskPlace, ...]:
    """The lines, in their order, in the language of the visitor."""
    return (
        DeskPlace("desk", "vlag", _("Nu te doen")),
        DeskPlace("desk_calls", "telefoontje", _("Terugbellen")),
        DeskPlace("desk_letters", "brief", _("Brieven")),
        DeskPlace("desk_volunteers", "hand", _("Vrijwilligers")),
        DeskPlace("desk_concerns", "let-op", _("Zorgen")),
        DeskPlace("desk_requests", "lijst", _("Hulpvragen")),
        DeskPlace("desk_cards", "plaats", _("Kaartjes")),
        DeskPlace("desk_journal", "kalender", _("Dagboek")),
        DeskPlace("desk_figures", "grafiek", _("Cijfers")),
        DeskPlace("desk_what_if", "anders", _("Wat als?")),
    )
