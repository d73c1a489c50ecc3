"""Filling in the pages on which help is asked, as a browser without JavaScript would."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.pages import CheckedClient, sent_by

WHAT = {"words": "Brood en melk, mijn knie wil niet mee.", "kind": "groceries", "whom": "self"}
WHEN = {"timing": "soon", "address": "Naamsestraat 147", "postcode": "3000"}
WHO = {"person_name": "An Peeters", "phone": "0470/12.34.56", "email": "", "languages": "nl"}
STEPS = (WHAT, WHEN, WHO)


def standing(client: CheckedClient) -> MultiDict[str, str]:
    """What the form on the last page would send as it stands."""
    return MultiDict([pair for field in client.page.all("form")[0].iter() if (pair := sent_by(field))])


def press(
    client: CheckedClient, go: str = "next", path: str = "/hulp-vragen", **typed: object
) -> TestResponse:
    """Type into the last page and press one of its buttons."""
    sent = standing(client)
    for name, value in typed.items():
        sent.setlist(name, value if isinstance(value, list) else [str(value)])
    sent["go"] = go
    return client.post(path, data=sent)


def fill_in(client: CheckedClient, start: str = "/hulp-vragen", **changes: object) -> TestResponse:
    """All pages up to the one with the checked answers."""
    answer = client.get(start)
    for step in STEPS:
        typed = {name: changes.get(name, value) for name, value in step.items()}
        extra = {name: value for name, value in changes.items() if name not in WHAT | WHEN | WHO}
        answer = press(client, **typed, **extra)
        assert answer.status_code == 200, client.page.text
    return answer


def errors(client: CheckedClient) -> list[str]:
    """The lines of the list of errors on the last page."""
    summaries = [element for element in client.page.root.iter() if element.get("class") == "summary"]
    return ["".join(link.itertext()) for summary in summaries for link in summary.iter("a")]
