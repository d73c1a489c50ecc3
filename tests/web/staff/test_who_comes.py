"""Who should rather come, at the desk: taken in over the phone, seen beside the request, unseen by volunteers."""

from __future__ import annotations

import json

from sqlalchemy import select

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from tests import make
from tests.pages import CheckedClient
from tests.web.staff.test_phone import CALLED
from tests.web.staff.test_requests import token
from workers.pair import pair


def test_the_coordinator_sees_the_wish_and_who_grants_it_and_volunteers_see_neither(
    stef: CheckedClient, runtime: Runtime, client: CheckedClient
) -> None:
    make.volunteer(runtime, vetting=2, name="Wim", email="wim@post.example")
    vera = make.volunteer(runtime, vetting=2, name="Vera", email="vera@post.example", gender="woman")
    request = make.located_request(runtime, kind="company", gender_wish="woman")
    pair(runtime)
    reference = make.row_of(runtime, HelpRequest, request).reference
    stef.get(f"/balie/hulpvragen/{reference}")
    assert "Wie er helptliever een vrouw" in stef.page.text
    assert stef.page.text.count("Past bij de wens over wie er helpt.") == 1
    assert stef.page.text.index("Past bij de wens") < stef.page.text.index("Wim")
    with runtime.reading() as db:
        first = db.scalars(select(Match).order_by(Match.rank)).first()
    assert first is not None
    assert first.volunteer_id == vera
    assert "woman" not in json.dumps(first.reasons)
    stef.get(f"/balie/vrijwilligers/{make.row_of(runtime, Volunteer, vera).public_id}")
    assert "Man of vrouwvrouw" in stef.page.text
    stef.post(f"/balie/hulpvragen/{reference}/vraag", data={"only": first.id, "csrf_token": token(stef)})
    client.get(f"/uitnodiging/{runtime.links.token(Purpose.ASK, first.public_id)}")
    assert "vrouw" not in client.page.text
    assert "wens" not in client.page.text


def test_it_is_taken_in_over_the_phone_where_it_may_be(stef: CheckedClient, runtime: Runtime) -> None:
    kept = []
    for kind in ("company", "groceries"):
        stef.get("/balie/nieuwe-oproep", follow_redirects=True)
        assert "Telt alleen bij: Telefoontje, Klusje, Vervoer, Gezelschap en Computerhulp." in stef.page.text
        facts = stef.page.form("/balie/nieuwe-oproep") | CALLED
        stef.post("/balie/nieuwe-oproep", data=facts | {"kind": kind, "gender_wish": "woman"})
        with runtime.reading() as db:
            kept.append(db.scalars(select(HelpRequest.gender_wish).where(HelpRequest.kind == kind)).one())
    assert kept == ["woman", ""]
