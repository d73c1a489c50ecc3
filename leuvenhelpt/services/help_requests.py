"""What a resident does with a help request, and what becomes of it at the desk."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from leuvenhelpt.domain.city import Asking
from leuvenhelpt.domain.errors import NotFound, Refused
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.domain.kinds import Telling, Timing, Trouble
from leuvenhelpt.domain.lifecycle import LIVE_HELP_REQUEST, Subject
from leuvenhelpt.services import attention, journal, promises
from leuvenhelpt.services.notifications import tell_requester
from leuvenhelpt.storage.inserting import insert_unless_there
from leuvenhelpt.storage.models import HelpRequest
from leuvenhelpt.storage.unit_of_work import UnitOfWork

_MADE_BY = select(HelpRequest.public_id).where(HelpRequest.idempotency_key == bindparam("key"))


@dataclass(frozen=True)
class AskFacts:
    """What a resident told us. `hours`: bits of domain.availability; `phone` E.164 or `email` is set.

    `person_name` is who needs help; `asker_name` is set when somebody else asks for them, who then is the one
    to be reached. `channel`: web, phone or paper. `idempotency_key`: the form's, so that twice is once. `meant`:
    the label of the place that was chosen when the address was not clear. `is_pressing`: the words tell of danger or
    despair, so a person reads them before a volunteer is asked. `gender_wish`: of Gender, or "" if it does not matter.
    """

    idempotency_key: str
    kind: str
    words: str
    person_name: str
    asker_name: str
    phone: str
    email: str
    languages: tuple[str, ...]
    timing: Timing
    wanted_by: datetime
    hours: int
    address: str
    postcode: str
    meant: str = ""
    channel: str = "web"
    reader_language: str = "nl"
    is_pressing: bool = False
    gender_wish: str = ""


def submit(uow: UnitOfWork, *, facts: AskFacts) -> str:
    """Take in a help request and return its public id; the same form sent again gives the same id."""
    while (help_request := insert_unless_there(uow, _new(uow, facts))) is None:
        made = uow.session.scalar(_MADE_BY, {"key": facts.idempotency_key})
        if made is not None:
            return made
        # Then another request has this reference.
    journal.write(uow, Subject.HELP_REQUEST, help_request, "submit", after=help_request.state)
    put_first_if_pressing(uow, help_request.id, facts)
    if help_request.email:
        tell_requester(
            uow, help_request, Telling.REQUEST_RECEIVED, due_by=help_request.promised_by or uow.now
        )
    uow.ring(Bell.LOCATE)
    return help_request.public_id


def complain_unheard(uow: UnitOfWork, help_request_id: int) -> None:
    """The resident has heard nothing: that goes to the top of the desk. Said again, it stays there."""
    help_request = get(uow, help_request_id)
    if help_request.state not in LIVE_HELP_REQUEST:
        raise Refused("already_closed")
    if attention.is_on_desk(uow, help_request_id, {Trouble.UNHEARD}):
        return
    attention.raise_trouble(uow, Trouble.UNHEARD, due_at=uow.now, help_request_id=help_request_id)
    journal.write(uow, Subject.HELP_REQUEST, help_request, "complain_unheard")


def asking_for(uow: UnitOfWork, facts: AskFacts) -> Asking:
    """Who asks the volunteers: as the kind of help says, but never the machine when the words are pressing."""
    return Asking.BY_HAND if facts.is_pressing else uow.city.kinds[facts.kind].asking


def put_first_if_pressing(uow: UnitOfWork, help_request_id: int, facts: AskFacts) -> None:
    """Words that tell of danger or despair are on the desk at once, due now."""
    if facts.is_pressing:
        attention.raise_trouble(uow, Trouble.REVIEW, due_at=uow.now, help_request_id=help_request_id)


def get(uow: UnitOfWork, help_request_id: int) -> HelpRequest:
    """The row, or NotFound."""
    help_request = uow.session.get(HelpRequest, help_request_id)
    if help_request is None:
        raise NotFound("help_request")
    return help_request


def _new(uow: UnitOfWork, facts: AskFacts) -> HelpRequest:
    """With a number and a promise of its own."""
    help_request = HelpRequest(
        reference=_new_reference(),
        idempotency_key=facts.idempotency_key,
        kind=facts.kind,
        words=facts.words,
        asking=asking_for(uow, facts),
        gender_wish=facts.gender_wish,
        person_name=facts.person_name,
        asker_name=facts.asker_name,
        phone=facts.phone,
        email=facts.email,
        languages=list(facts.languages),
        reader_language=facts.reader_language,
        channel=facts.channel,
        timing=facts.timing,
        wanted_by=facts.wanted_by,
        hours=facts.hours,
        address=facts.address,
        postcode=facts.postcode,
        place_label=facts.meant,
        code_word=secrets.choice(uow.city.code_words),
        created_at=uow.now,
        look_at=uow.now,
        place_choices=[],
    )
    promises.promise(uow, help_request)
    return help_request


def _new_reference() -> str:
    return f"{secrets.randbelow(900_000) + 100_000}"
