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
}
MOST_PAGES = 10


class Journey:
    """A way through `site`. `stages` gets what has happened so far, each with its milliseconds."""

    def __init__(self, site: str, stages: dict[str, int]) -> None:
        self._stages = stages
        self._visitor = Visitor(site)
        self._letters: dict[str, str] = {}

    def go(self) -> None:
        """Go all the way; raises `Stop` where it ends too soon."""
        with self._stage("offer sent"):
            self._answer_all("/helpen", OFFER)
        with self._stage("address confirmed"):
            self._press(self._link_for(NEIGHBOUR, "/helpen/bevestigen/"))
        with self._stage("question sent"):
            own_page = self._answer_all("/hulp-vragen", QUESTION).url
        with self._stage("receipt read"):
            self._link_for(RESIDENT, "/vraag/")
        with self._stage("neighbour asked"):
            invitation = self._link_for(NEIGHBOUR, "/uitnodiging/")
        with self._stage("accepted"):
            self._press(invitation, "yes")
        with self._stage("both told"):
            task = self._link_for(NEIGHBOUR, "/taak/")
            self._see(task, "An Controle", "Bondgenotenlaan 20")
            self._see(own_page, "Vera Controle")
        with self._stage("done"):
            self._press(own_page, "yes")

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

    def _press(self, address: str, *values: str) -> Page:
        """Open a page and press its button: the one with one of these values, or the first."""
        page = self._visitor.open(address)
        found = page.button(*values) if values else next(((form, None) for form in page.forms), None)
        if found is None:
            raise Stop(f"There is nothing to press on “{page.heading}”: {page.main.words[:400]}")
        return self._visitor.send(page, found[0], button=found[1])

    def _see(self, address: str, *words: str) -> None:
        """See these words on a page, now or when the workers are done."""

        def missing() -> bool | None:
            read = self._visitor.open(address).main.words
            return all(word in read for word in words) or None

        until(missing, f"{' and '.join(words)} on a page")

    def _link_for(self, whom: str, part: str) -> str:
        """The link with `part` in it from a message to `whom`, as soon as there is one."""
        pattern = re.compile(rf"https?://[^\s\"'<>]*{re.escape(part)}[^\s\"'<>)]+")

        def look() -> str | None:
            self._read_new_letters()
            letters = (letter for letter in self._letters.values() if whom in letter)
            return next((found[0] for letter in letters if (found := pattern.search(letter))), None)

        return until(look, f"a message to {whom} with a link to {part}…")

    def _read_new_letters(self) -> None:
        """Read what was added to the page of sent messages."""
        home = self._visitor.open("/")
        notice = next((p for p in home.root.inside("p") if p.get("class") == "demo"), None)
        link = next(notice.inside("a"), None) if notice else None
        if link is None:
            raise Stop("There is no page of sent messages: is this a demonstration?")
        letters = self._visitor.open(link.get("href"))
        for address in letters.links(link.get("href") + "/"):
            if address not in self._letters:
                self._letters[address] = self._visitor.open(address).root.words


def milliseconds_since(start: float) -> int:
    """From `start`, as `time.monotonic` told it, until now."""
    return round(1000 * (monotonic() - start))
