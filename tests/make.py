"""Builders, valid by default, that go through the services as the system itself does.

Each takes a runtime, acts in a unit of work of its own at the moment its clock shows, and returns an id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pyotp
from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.availability import ALWAYS
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.messages import Candidate, Reason
from leuvenhelpt.domain.values import MACHINE, Actor, ActorKind, Located, Place, PlaceLevel
from leuvenhelpt.services import accounts, aftercare, help_requests, locating, matches, pairing, volunteers
from leuvenhelpt.storage.models import Account, HelpRequest, Match, Notification

RESIDENT, VOLUNTEER = Actor(ActorKind.RESIDENT), Actor(ActorKind.VOLUNTEER)
PASSWORD = "vijf groene fietsen staan stil"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HERE = Place(50.8720, 4.7010, PlaceLevel.HOUSE, 10, "Naamsestraat 147, 3000 Leuven", "3000", "Leuven centrum")
POINTED_AT = Place(50.87, 4.70, PlaceLevel.BY_HAND, 100, "Naamsestraat", "", "")
NEARBY = Place(50.8765, 4.7020, PlaceLevel.HOUSE, 10, "Parkstraat 5, 3000 Leuven", "3000", "Leuven centrum")

_numbers = count(1)


def ask_facts(**changes: Any) -> help_requests.AskFacts:
    """What a resident might tell; `wanted_by` may be given as timedelta from the clock in `help_request`."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "idempotency_key": f"form-{number}",
        "kind": "groceries",
        "words": "Brood, melk en aardappelen. Mijn knie wil niet mee.",
        "person_name": f"Resident Number{number}",
        "asker_name": "",
        "phone": "+32470000000",
        "email": f"resident{number}@post.example",
        "languages": ("nl",),
        "timing": Timing.SOON,
        "wanted_by": timedelta(days=2),
        "hours": ALWAYS,
        "address": "Naamsestraat 147",
        "postcode": "3000",
    }
    return help_requests.AskFacts(**facts | changes)


def offer_facts(**changes: Any) -> volunteers.OfferFacts:
    """What a volunteer might offer: everything, always, within five kilometres."""
    facts: dict[str, Any] = {
        "name": "Neighbour",
        "phone": "+32471000000",
        "address": "Parkstraat 5",
        "postcode": "3000",
        "kinds": ("groceries", "pharmacy", "dog", "phone_call", "odd_job", "company"),
        "words": "",
        "will_not": "",
        "languages": ("nl", "fr"),
        "means": "bike",
        "reach_km": 5.0,
        "hours": ALWAYS,
        "max_asks_a_week": 7,
    }
    return volunteers.OfferFacts(**facts | changes)


def help_request(runtime: Runtime, facts: help_requests.AskFacts | None = None, **changes: Any) -> int:
    """A request that was just submitted: its address is not looked at yet."""
    facts = facts or ask_facts(**changes)
    if isinstance(facts.wanted_by, timedelta):
        facts = replace(facts, wanted_by=runtime.clock() + facts.wanted_by)
    with runtime.unit_of_work(RESIDENT) as uow:
        public_id = help_requests.submit(uow, facts=facts)
        return uow.session.scalars(select(HelpRequest.id).where(HelpRequest.public_id == public_id)).one()


def located_request(
    runtime: Runtime,
    facts: help_requests.AskFacts | None = None,
    *,
    place: Place | None = HERE,
    **changes: Any,
) -> int:
    """A request whose address was looked for: open, or in review (delicate, or no place)."""
    help_request_id = help_request(runtime, facts, **changes)
    with runtime.unit_of_work(MACHINE) as uow:
        located = Located(place, 1.0, is_accepted=True) if place else None
        locating.record_help_request(uow, help_request_id, located)
    return help_request_id


def volunteer(
    runtime: Runtime, *, email: str = "", vetting: int = 3, place: Place = NEARBY, **changes: Any
) -> int:
    """An active volunteer with a known place, vetted for `vetting`."""
    email = email or f"neighbour{next(_numbers)}@post.example"
    volunteer_id = applicant(runtime, email=email, **changes)
    with runtime.unit_of_work(MACHINE) as uow:
        locating.record_volunteer(uow, volunteer_id, Located(place, 1.0, is_accepted=True))
        volunteers.confirm(uow, volunteer_id)
        if vetting:
            volunteers.vet(uow, volunteer_id, level=vetting, reason="kennismaking")
    return volunteer_id


def applicant(runtime: Runtime, *, email: str = "", **changes: Any) -> int:
    """A volunteer who offered help and did not confirm the address yet."""
    email = email or f"neighbour{next(_numbers)}@post.example"
    with runtime.unit_of_work(VOLUNTEER) as uow:
        volunteers.offer(uow, email=email, facts=offer_facts(**changes))
        account = uow.session.scalars(select(Account).where(Account.email == email)).one()
        assert account.volunteer_id is not None
        return account.volunteer_id


def candidate(volunteer_id: int, *, distance_km: float | None = 0.6, score: float = 0.8) -> Candidate:
    """A candidate with the usual reasons."""
    reasons = (
        Reason("near", facts={"distance_km": distance_km, "band": "under_1_km"}),
        Reason("speaks", facts={"languages": "nl"}),
        Reason("newcomer"),
    )
    return Candidate(volunteer_id, score, distance_km, reasons)


def shortlist(
    runtime: Runtime, help_request_id: int, volunteer_ids: Sequence[int], *, wave_size: int = 9
) -> list[int]:
    """Let matching propose these volunteers, best first; ids of the matches, asked or only proposed."""
    with runtime.unit_of_work(MACHINE) as uow:
        candidates = [candidate(volunteer_id) for volunteer_id in volunteer_ids]
        pairing.record_candidates(uow, help_request_id, candidates=candidates, wave_size=wave_size)
        which = select(Match.id).where(Match.help_request_id == help_request_id).order_by(Match.rank)
        return list(uow.session.scalars(which))


def asked_match(runtime: Runtime, help_request_id: int = 0, volunteer_id: int = 0) -> int:
    """A volunteer was asked and may answer; the id of the match."""
    help_request_id = help_request_id or located_request(runtime)
    volunteer_id = volunteer_id or volunteer(runtime)
    (match_id,) = shortlist(runtime, help_request_id, [volunteer_id])
    return match_id


def accepted_match(runtime: Runtime, help_request_id: int = 0, volunteer_id: int = 0) -> int:
    """A volunteer said yes; the id of the match."""
    match_id = asked_match(runtime, help_request_id, volunteer_id)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        matches.accept(uow, match_id)
    return match_id


def done_match(runtime: Runtime, help_request_id: int = 0, volunteer_id: int = 0) -> int:
    """The help was given; both are asked how it went. The id of the match."""
    match_id = accepted_match(runtime, help_request_id, volunteer_id)
    with runtime.unit_of_work(VOLUNTEER) as uow:
        aftercare.finish(uow, match_id)
    return match_id


def staff(runtime: Runtime, *, email: str = "", name: str = "Colleague", role: str = "coordinator") -> int:
    """Somebody at the city, with PASSWORD and TOTP_SECRET; the id of the account."""
    with runtime.unit_of_work(MACHINE) as uow:
        return accounts.add_staff(
            uow,
            email=email or f"colleague{next(_numbers)}@stad.example",
            name=name,
            role=role,
            password=PASSWORD,
            totp_secret=TOTP_SECRET,
        )


def totp_code(runtime: Runtime) -> str:
    """The six digits that staff made here must type now."""
    return pyotp.TOTP(TOTP_SECRET).at(runtime.clock())


def row_of(runtime: Runtime, table: type[Any], row_id: int) -> Any:
    """A row as the database has it now, for looking at."""
    with runtime.reading() as db:
        return db.get_one(table, row_id)


def notifications(runtime: Runtime, kind: str = "") -> list[Notification]:
    """What was queued for somebody to hear, oldest first."""
    with runtime.reading() as db:
        which = select(Notification).order_by(Notification.id)
        return [row for row in db.scalars(which) if kind in {"", row.kind}]
