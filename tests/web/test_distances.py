"""A distance between places that are not both known to the house says "about", wherever it is shown."""

from __future__ import annotations

import dataclasses

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import Place, PlaceLevel
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.rendering.messages import compose
from leuvenhelpt.storage.models import HelpRequest, Match
from leuvenhelpt.storage.queries.notifications import message_facts
from leuvenhelpt.storage.queries.volunteer_pages import matches
from tests import make
from tests.pages import CheckedClient
from tests.web.staff.conftest import stef

__all__ = ["stef"]

STREET = dataclasses.replace(make.HERE, level=PlaceLevel.STREET, accuracy_m=400)
FOUND = [(make.HERE, make.NEARBY, False), (STREET, make.NEARBY, True), (make.HERE, STREET, True)]


@pytest.mark.parametrize(("asks", "offers", "is_about"), FOUND)
def test_on_the_shortlist(
    stef: CheckedClient, runtime: Runtime, asks: Place, offers: Place, is_about: bool
) -> None:
    about = make.located_request(runtime, place=asks, kind="company")
    make.shortlist(runtime, about, [make.volunteer(runtime, place=offers)])
    stef.get(f"/balie/hulpvragen/{make.row_of(runtime, HelpRequest, about).reference}")
    assert ("Woont op ongeveer 600 m." in stef.page.text) is is_about
    assert ("Woont op 600 m." in stef.page.text) is not is_about


@pytest.mark.parametrize(("asks", "offers", "is_about"), FOUND)
def test_to_the_volunteer(
    client: CheckedClient, runtime: Runtime, asks: Place, offers: Place, is_about: bool
) -> None:
    volunteer_id = make.volunteer(runtime, place=offers)
    match_id = make.asked_match(runtime, make.located_request(runtime, place=asks), volunteer_id)
    where = "Leuven centrum, " + ("op ongeveer 1 km of minder" if is_about else "op minder dan 1 km")
    client.get(
        f"/{Purpose.ASK.value}/{runtime.links.token(Purpose.ASK, make.row_of(runtime, Match, match_id).public_id)}"
    )
    [asked] = make.notifications(runtime, "ask")
    with runtime.reading() as db:
        facts = message_facts(db, asked.id, runtime.clock())
        [mine] = matches(db, volunteer_id)
    assert facts is not None
    message = compose(facts, runtime.city, runtime.links).text
    assert where in client.page.text
    assert where in " ".join(message.split())
    assert mine.is_approximate is is_about
