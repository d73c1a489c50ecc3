"""What a colleague says over the phone."""

from __future__ import annotations

import pytest

from leuvenhelpt.bootstrap import Runtime
from tests import make, people
from tests.pages import CheckedClient
from tests.web.staff.test_requests import path_of


@pytest.mark.parametrize(
    ("kind", "said", "not_said"),
    [
        ("groceries", "Aan de deur hoort u het codewoord", "Leg neer"),
        ("phone_call", "U krijgt telefoon van Vera Claes, met dit codewoord", "deur"),
    ],
)
def test_help_over_the_phone_speaks_of_no_door(
    stef: CheckedClient, runtime: Runtime, kind: str, said: str, not_said: str
) -> None:
    about = make.located_request(runtime, kind=kind, email="")
    make.accepted_match(runtime, about, people.vera(runtime))
    stef.get(path_of(runtime, about))
    assert said in stef.page.text
    assert not_said not in stef.page.text
