"""What a resident reads about their own request: how it stands, and what happened, in our words.

`is_remote`: the help is given over the phone, so that nobody comes and nobody needs the address.
"""

from leuvenhelpt.domain.lifecycle import HelpRequestState as State
from leuvenhelpt.domain.lifecycle import Subject
from leuvenhelpt.rendering.formats import joined
from leuvenhelpt.rendering.language import SOURCE, translations


def situation(state: str, helpers: list[str], language: str = SOURCE, *, is_remote: bool = False) -> str:
    """How a request stands, in one sentence that can be a heading. `helpers`: the names of who helps."""
    _ = translations(language).gettext
    if state == State.MATCHED and helpers:
        return _helping(len(helpers), language, is_remote) % {"who": joined(helpers, language)}
    return {
        State.SUBMITTED: _("Wij hebben uw vraag"),
        State.IN_REVIEW: _("Een medewerker leest uw vraag"),
        State.OPEN: _("Wij zoeken een buur voor u"),
        State.MATCHED: _("Er komt iemand helpen"),
        State.DONE: _("De hulp is gegeven"),
        State.REFERRED: _("Een andere dienst kan u beter helpen"),
        State.REJECTED: _("Hier kunnen wij niet bij helpen"),
        State.WITHDRAWN: _("U hebt uw vraag ingetrokken"),
        State.UNRESOLVED: _("Wij vonden niemand. Dat spijt ons."),
    }[State(state)]


def _helping(number: int, language: str, is_remote: bool) -> str:
    ngettext = translations(language).ngettext
    if is_remote:
        return ngettext("%(who)s helpt aan de telefoon", "%(who)s helpen aan de telefoon", number)
    return ngettext("%(who)s komt helpen", "%(who)s komen helpen", number)


def under_way(state: str, asked: int, language: str = SOURCE, *, is_remote: bool = False) -> tuple[str, str]:
    """What we are doing for a request at this moment, and how many neighbours were `asked` so far."""
    _ = translations(language).gettext
    if state != State.OPEN:
        return _("Wij lezen uw vraag") if is_remote else _("Wij lezen uw vraag en kijken het adres na"), ""
    if not asked:
        return _("Wij zoeken een buur"), ""
    pattern = translations(language).ngettext(
        "Wij vroegen het al aan %(num)s buur.", "Wij vroegen het al aan %(num)s buren.", asked
    )
    return _("Wij zoeken een buur"), pattern % {"num": asked}


def ending(state: str, went_well: bool | None, language: str = SOURCE, *, is_remote: bool = False) -> str:
    """What it means for the resident that a request is over; empty where the page says it elsewhere."""
    _ = translations(language).gettext
    if state == State.WITHDRAWN:
        return _("Er komt niemand meer. De buren die wij vroegen, weten dat.")
    if state != State.DONE or went_well is None:
        return ""
    if went_well and is_remote:
        return _("Fijn dat het goed ging. Na een dag ziet uw buur uw naam en nummer niet meer.")
    if went_well:
        return _("Fijn dat het goed ging. Na een dag ziet uw buur uw naam, adres en nummer niet meer.")
    return _("U zei dat het niet goed ging. Een medewerker belt of mailt u. Uw buur hoort dat niet van ons.")


def closing(state: str, language: str = SOURCE) -> str:
    """What stands above the words with which we closed a request."""
    _ = translations(language).gettext
    return _("Dit kunt u doen") if state == State.REFERRED else _("Dit schreven wij u")


def happening(subject: str, step: str, language: str = SOURCE, *, is_remote: bool = False) -> tuple[str, str]:
    """A line of the timeline and, where it helps, a sentence below it."""
    _ = translations(language).gettext
    missed = _("Er belde niemand") if is_remote else _("Er kwam niemand")
    return {
        (Subject.HELP_REQUEST, "submit"): (_("Wij kregen uw vraag"), ""),
        (Subject.HELP_REQUEST, "change"): (_("U veranderde uw vraag"), ""),
        (Subject.HELP_REQUEST, "locate_again"): (
            _("U veranderde uw vraag"),
            _("Wij beginnen opnieuw te zoeken."),
        ),
        (Subject.HELP_REQUEST, "approve"): (_("Een medewerker las uw vraag"), _("Nu zoeken wij een buur.")),
        (Subject.HELP_REQUEST, "refer"): (_("Wij verwezen u door"), ""),
        (Subject.HELP_REQUEST, "reject"): (_("Wij zeiden nee"), ""),
        (Subject.HELP_REQUEST, "withdraw"): (_("U trok uw vraag in"), ""),
        (Subject.HELP_REQUEST, "give_up"): (_("Wij vonden niemand"), ""),
        (Subject.HELP_REQUEST, "finish"): (_("De hulp is gegeven"), ""),
        (Subject.HELP_REQUEST, "complain_unheard"): (
            _("U zei dat u niets hoorde"),
            _("Uw vraag staat nu bovenaan bij een medewerker."),
        ),
        (Subject.HELP_REQUEST, "reopen"): (_("Uw buur kan toch niet"), _("Wij zoeken meteen iemand anders.")),
        (Subject.HELP_REQUEST, "search_again"): (missed, ""),
        (Subject.MATCH, "thank"): (_("U bedankte uw buur"), ""),
        (Subject.MATCH, "accept"): (
            _("Een buur zei ja"),
            _("Nu kent die buur uw naam en nummer. Een dag na de hulp niet meer.")
            if is_remote
            else _("Nu kent die buur uw naam, adres en nummer. Een dag na de hulp niet meer."),
        ),
    }[Subject(subject), step]
