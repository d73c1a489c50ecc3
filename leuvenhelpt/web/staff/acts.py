"""What a coordinator does to a help request or a volunteer with words of their own: each a page with one form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flask_babel import lazy_gettext as _l

from leuvenhelpt.domain.availability import end_of_day
from leuvenhelpt.services import aftercare, closing, desk, erasure, volunteers
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from leuvenhelpt.web.forms.base import Words
from leuvenhelpt.web.forms.staff import (
    ForgetForm,
    NoteForm,
    PauseForm,
    PlainForm,
    ReferForm,
    SettleForm,
    VettingForm,
    WordsForm,
)


@dataclass(frozen=True)
class Act:
    """One decision: how its page is headed and explained, what the button says, and what it does.

    `do(uow, row_id, form)`; `told` is what the next page says; `step` names the arrow of the lifecycle that it
    takes, if any, so that it is offered only where it can be taken.
    """

    title: Words
    explains: Words
    button: Words
    told: Words
    form: type[PlainForm]
    do: Callable[[UnitOfWork, int, Any], None]
    step: str = ""
    is_grave: bool = False


def _refer(uow: UnitOfWork, row_id: int, form: Any) -> None:
    closing.refer(uow, row_id, service=form.service.data, words=form.words.data)


def _forget_resident(uow: UnitOfWork, row_id: int, form: Any) -> None:
    erasure.forget_resident_on_request(uow, row_id, why=form.how.data)


def _forget_volunteer(uow: UnitOfWork, row_id: int, form: Any) -> None:
    volunteers.forget_on_request(uow, row_id, why=form.how.data)


def _pause(uow: UnitOfWork, row_id: int, form: Any) -> None:
    until: datetime | None = end_of_day(form.until.data) if form.until.data else None
    volunteers.pause(uow, row_id, until=until, reason=form.words.data)


REQUEST: Mapping[str, Act] = MappingProxyType(
    {
        "verwijs-door": Act(
            title=_l("Verwijs door naar een dienst"),
            explains=_l("Wie hulp vroeg, krijgt de naam en het nummer van de dienst, en uw woorden erbij."),
            button=_l("Verwijs door"),
            told=_l("Doorverwezen. Wie hulp vroeg, krijgt bericht."),
            form=ReferForm,
            do=_refer,
            step="refer",
        ),
        "wijs-af": Act(
            title=_l("Wijs deze vraag af"),
            explains=_l(
                "Wie hulp vroeg, leest uw woorden zoals u ze schrijft. Zeg vriendelijk waarom, en wat wel kan."
            ),
            button=_l("Wijs af"),
            told=_l("Afgewezen. Wie hulp vroeg, krijgt bericht."),
            form=WordsForm,
            do=lambda uow, row_id, form: closing.reject(uow, row_id, words=form.words.data),
            step="reject",
            is_grave=True,
        ),
        "geef-op": Act(
            title=_l("Zeg eerlijk dat wij niemand vinden"),
            explains=_l(
                "Wie hulp vroeg, leest uw woorden zoals u ze schrijft. "
                "Zeg wat wij deden, en wie misschien wel kan helpen."
            ),
            button=_l("Zeg het eerlijk"),
            told=_l("Afgesloten. Wie hulp vroeg, krijgt bericht."),
            form=WordsForm,
            do=lambda uow, row_id, form: closing.give_up(uow, row_id, words=form.words.data),
            step="give_up",
            is_grave=True,
        ),
        "trek-in": Act(
            title=_l("Trek de vraag in"),
            explains=_l(
                "Doe dit als wie hulp vroeg aan de telefoon zegt dat het niet meer nodig is. "
                "Buren die wij vroegen, krijgen bericht."
            ),
            button=_l("Trek in"),
            told=_l("Ingetrokken. Buren die wij vroegen, krijgen bericht."),
            form=PlainForm,
            do=lambda uow, row_id, _form: closing.withdraw(uow, row_id),
            step="withdraw",
            is_grave=True,
        ),
        "niemand-kwam": Act(
            title=_l("Er kwam niemand"),
            explains=_l(
                "Zegt wie hulp vroeg dat er niemand kwam? Dan staat de vraag opnieuw open. "
                "Wie zou komen, ziet het adres niet meer. Spreek een ander moment af, of sluit de vraag af."
            ),
            button=_l("Zoek iemand anders"),
            told=_l("De vraag staat opnieuw open."),
            form=PlainForm,
            do=lambda uow, row_id, _form: aftercare.note_nobody_came(uow, row_id),
            step="search_again",
        ),
        "wis": Act(
            title=_l("Wis op verzoek"),
            explains=_l(
                "Doe dit als wie hulp vroeg, daarom vraagt. Naam, adres, telefoon, e-mail en woorden gaan meteen weg. "
                "Loopt de vraag nog? Dan trekken wij ze in. Dit kan niet ongedaan gemaakt worden."
            ),
            button=_l("Wis nu"),
            told=_l("Gewist. In het dagboek staat alleen dat het gevraagd is."),
            form=ForgetForm,
            do=_forget_resident,
            is_grave=True,
        ),
        "nota": Act(
            title=_l("Schrijf een nota"),
            explains=_l("Alleen collega's lezen dit. Schrijf geen namen of adressen."),
            button=_l("Bewaar nota"),
            told=_l("De nota staat in het dagboek."),
            form=NoteForm,
            do=lambda uow, row_id, form: desk.write_note(uow, row_id, words=form.words.data),
        ),
        "handel-af": Act(
            title=_l("Handel dit af"),
            explains=_l("Hebt u het opgelost of aan de telefoon verteld? Dan gaat dit van de balie."),
            button=_l("Handel af"),
            told=_l("Afgehandeld."),
            form=SettleForm,
            do=lambda uow, row_id, form: desk.settle(uow, form.attention_id, row_id, words=form.words.data),
        ),
    }
)

VOLUNTEER: Mapping[str, Act] = MappingProxyType(
    {
        "pauzeer": Act(
            title=_l("Zet op pauze"),
            explains=_l("Zolang de pauze duurt, vragen wij deze vrijwilliger niets."),
            button=_l("Zet op pauze"),
            told=_l("Op pauze gezet."),
            form=PauseForm,
            do=_pause,
            step="pause",
        ),
        "hervat": Act(
            title=_l("Stop de pauze"),
            explains=_l("Vanaf nu mogen wij deze vrijwilliger weer vragen."),
            button=_l("Stop de pauze"),
            told=_l("De pauze is gedaan."),
            form=PlainForm,
            do=lambda uow, row_id, _form: volunteers.resume(uow, row_id),
            step="resume",
        ),
        "laat-niet-toe": Act(
            title=_l("Laat niet meer toe"),
            explains=_l(
                "Wij sturen deze persoon naar niemand meer, en zoeken iemand anders voor wat afgesproken was. "
                "Schrijf waarom: collega's lezen het."
            ),
            button=_l("Laat niet meer toe"),
            told=_l("Niet meer toegelaten."),
            form=WordsForm,
            do=lambda uow, row_id, form: volunteers.block(uow, row_id, reason=form.words.data),
            step="block",
            is_grave=True,
        ),
        "laat-weer-toe": Act(
            title=_l("Laat weer toe"),
            explains=_l("De vrijwilliger staat daarna op pauze en beslist zelf wanneer te beginnen."),
            button=_l("Laat weer toe"),
            told=_l("Weer toegelaten, en op pauze."),
            form=WordsForm,
            do=lambda uow, row_id, form: volunteers.unblock(uow, row_id, reason=form.words.data),
            step="unblock",
        ),
        "kennismaking": Act(
            title=_l("Noteer de kennismaking"),
            explains=_l("Dit geldt een jaar. Bewaar nooit het document zelf, alleen dat u het zag."),
            button=_l("Bewaar"),
            told=_l("De kennismaking is genoteerd."),
            form=VettingForm,
            do=lambda uow, row_id, form: volunteers.vet(
                uow, row_id, level=int(form.level.data), reason=form.words.data
            ),
        ),
        "wis": Act(
            title=_l("Stop en wis op verzoek"),
            explains=_l(
                "Doe dit als de vrijwilliger wil stoppen of gewist wil worden. Wie op hen rekende, krijgt bericht. "
                "Naam, adres, telefoon, e-mail en woorden gaan meteen weg, of zodra een open zorg is afgehandeld. "
                "Dit kan niet ongedaan gemaakt worden."
            ),
            button=_l("Wis nu"),
            told=_l("Gestopt en gewist. Loopt er nog een zorg? Dan wissen wij zodra die is afgehandeld."),
            form=ForgetForm,
            do=_forget_volunteer,
            is_grave=True,
        ),
        "nota": Act(
            title=_l("Schrijf een nota"),
            explains=_l("Alleen collega's lezen dit."),
            button=_l("Bewaar nota"),
            told=_l("De nota staat in het dagboek."),
            form=NoteForm,
            do=lambda uow, row_id, form: desk.write_volunteer_note(uow, row_id, words=form.words.data),
        ),
        "handel-af": Act(
            title=_l("Handel dit af"),
            explains=_l("Hebt u het opgelost? Dan gaat dit van de balie."),
            button=_l("Handel af"),
            told=_l("Afgehandeld."),
            form=SettleForm,
            do=lambda uow, row_id, form: desk.settle_volunteer(
                uow, form.attention_id, row_id, words=form.words.data
            ),
        ),
    }
)
