"""One help request, all the way: a neighbour offers, a resident asks, they are brought together, it is done.

Everything goes through pages and messages, as it does for people; nothing here looks behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from leuvenhelpt.cli.pages import Answers, Page
from leuvenhelpt.cli.verbs import Stop
from leuvenhelpt.cli.visitor import Visitor, until

RESIDENT, NEIGHBOUR = "an@controle.example", "vera@controle.example"
# Both speak a language that few others do, so that she is the one who is asked.
QUESTION: Answers = {
    "kind": "groceries",
    "words": "Brood en melk, graag.",
    "timing": "soon",
    "address": "Bondgenotenlaan 20",
    "postcode": "3000",
    "person_name": "An Controle",
    "email": RESIDENT,
    "languages": ["prs"],
}
OFFER: Answers = {
    "name": "Vera Controle",
    "email": NEIGHBOUR,
    "phone": "0470 00 00 01",
    "kinds": ["groceries"],
    "address": "Bondgenotenlaan 1",
    "postcode": "3000",
    "languages": ["prs"],
    "means": "bike",
    "reach_km": "5",
    "hours": [f"{day}-{part}" for day in range(7) for part in range(3)],
    "max_asks_a_week": "7",
    "is_old_enough": "y",
    "has_read": "y",
}
MOST_PAGES = 10
MESSAGES = "/demonstratie/berichten"


class Journey:
    """A way through `site`. `stages` gets what has happened so far, each with its milliseconds."""

    def __init__(self, site: str, stages: dict[str, int]) -> None:
        self._stages = stages
        self._visitor = Visitor(site)
        self._letters: dict[str, str] = {}

    def go(self) -> None:
        """Go all the way; raises `Stop` where it ends too soon."""
        self._offer()
        own_page = self._ask()
        task = self._bring_together(own_page)
        self._finish(own_page, task)

    def _offer(self) -> None:
        with self._stage("offer sent"):
            self._answer_all("/helpen", OFFER)
        with self._stage("address of the neighbour confirmed"):
            self._press(self._link_for(NEIGHBOUR, "/helpen/bevestigen/"), "/helpen/bevestigen/")

    def _ask(self) -> str:
        with self._stage("question sent"):
            own_page = self._answer_all("/hulp-vragen", QUESTION).url
        with self._stage("receipt read"):
            self._link_for(RESIDENT, "/vraag/")
        return own_page

    def _bring_together(self, own_page: str) -> str:
        with self._stage("neighbour found and asked"):
            invitation = self._link_for(NEIGHBOUR, "/uitnodiging/")
        with self._stage("accepted"):
            task = self._press(invitation, "/uitnodiging/", "yes").url
        with self._stage("both told"):
            self._link_for(NEIGHBOUR, "/taak/")
            self._link_for(RESIDENT, "/vraag/", letter=2)
            see(self._press(task, "/adres"), "An Controle", "Bondgenotenlaan 20")
            see(self._visitor.open(own_page), "Vera Controle")
        return task

    def _finish(self, own_page: str, task: str) -> None:
        with self._stage("done"):
            self._press(task, "/klaar")
        with self._stage("both asked how it went"):
            self._link_for(NEIGHBOUR, "/taak/", letter=2)
            self._link_for(RESIDENT, "/vraag/", letter=3)
        with self._stage("both said it went well"):
            self._press(task, "/hoe-ging-het", "yes")
            self._press(own_page, "/hoe-ging-het", "yes")

    @contextmanager
    def _stage(self, name: str) -> Iterator[None]:
        start = monotonic()
        try:
            yield
        except Stop as reason:
            raise Stop(f"{name}: {reason}") from reason
        self._stages[name] = milliseconds_since(start)

    def _answer_all(self, path: str, answers: Answers) -> Page:
        """Fill in page after page, as they come; returns the first that is somewhere else."""
        page = self._visitor.open(path)
        for _ in range(MOST_PAGES):
            if not page.url.endswith(path):
                return page
            form = page.form_asking("csrf_token")
            if form is None:
                break
            forward = page.button("send", "next")
            page = self._visitor.send(page, form, answers, button=forward[1] if forward else None)
        raise Stop(f"The forms of {path} ended at “{page.heading}”.")

    def _press(self, address: str, part: str, value: str = "") -> Page:
        """Open a page and press a button of its form to an address with `part` in it: the one with this value."""
        page = self._visitor.open(address)
        form = page.form_for(part)
        button = next((one for one in form.buttons if one.get("value") == value), None) if form else None
        if form is None or button is None:
            raise Stop(f"“{page.heading}” has no button for {part} {value}: {page.main.words[:400]}")
        return self._visitor.send(page, form, button=button)

    def _link_for(self, whom: str, part: str, *, letter: int = 1) -> str:
        """The link with `part` in it from the latest message to `whom`, once there are `letter` such messages."""
        pattern = re.compile(rf"https?://[^\s<>\"']*{re.escape(part)}[^\s<>\"')]+")

        def look() -> str | None:
            texts = (self._read(address) for address in self._letters_to(whom))
            links = [found[0] for text in texts if (found := pattern.search(text))]
            return links[0] if len(links) >= letter else None

        return until(look, f"message {letter} to {whom} with a link to {part}…")

    def _letters_to(self, whom: str) -> list[str]:
        """Where the messages to somebody can be read, newest first."""
        page = self._visitor.open(MESSAGES)
        rows = (row for row in page.main.inside("tr") if whom in row.words)
        return [link.get("href") for row in rows for link in row.inside("a")]

    def _read(self, address: str) -> str:
        if address not in self._letters:
            self._letters[address] = self._visitor.open(address).main.words
        return self._letters[address]


def see(page: Page, *words: str) -> None:
    """`Stop` unless all these words stand on the page."""
    missing = [word for word in words if word not in page.main.words]
    if missing:
        raise Stop(f"“{page.heading}” lacks {' and '.join(missing)}: {page.main.words[:400]}")


def milliseconds_since(start: float) -> int:
    """From `start`, as `time.monotonic` told it, until now."""
    return round(1000 * (monotonic() - start))
