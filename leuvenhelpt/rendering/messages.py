"""Messages as they are sent: subject, text and HTML that say the same, in the language of the reader."""

import re
import textwrap
from hashlib import sha256
from typing import Protocol
from urllib.parse import urlsplit

from leuvenhelpt.domain.city import City
from leuvenhelpt.domain.kinds import Telling
from leuvenhelpt.domain.messages import Email
from leuvenhelpt.rendering.links import Links, Purpose
from leuvenhelpt.rendering.templates import environment_for

WIDTH = 72
LINKS = {
    Telling.SIGN_IN: Purpose.SIGN_IN,
    Telling.CONFIRM_ADDRESS: Purpose.CONFIRM,
    Telling.STILL_WITH_US: Purpose.STAY,
}
CONCERN = "/meld-een-zorg"  # where anybody reports a concern; each message says so


class Named(Protocol):
    """Something a link leads to."""

    @property
    def public_id(self) -> str: ...


class Task(Named, Protocol):
    """The part of a volunteer's message that a link back needs."""

    @property
    def volunteer_public_id(self) -> str: ...


class Facts(Protocol):
    """What storage.queries.notifications tells of a message; the templates read the rest of it."""

    @property
    def kind(self) -> Telling: ...
    @property
    def dedupe_key(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def request(self) -> Named | None: ...
    @property
    def task(self) -> Task | None: ...
    @property
    def link(self) -> Named | None: ...


def compose(facts: Facts, city: City, links: Links) -> Email:
    """One message from its facts. Its Message-ID stays the same however often it is composed."""
    environment, pause_url = environment_for(facts.language), _pause_url(facts, links)
    words = {
        **{name: getattr(facts, name) for name in ("name", "now", "request", "helper", "task", "link")},
        "city": city,
        "url": _url(facts, links),
        "pause_url": pause_url,
        "concern_url": links.page(CONCERN),
    }

    def written(part: str) -> str:
        return environment.get_template(f"messages/{facts.kind}/{part}").render(words)

    return Email(
        to=facts.to,
        subject=" ".join(written("subject.txt").split()),
        text=_wrapped(written("body.txt")),
        html=written("body.html"),
        message_id=message_id(facts.dedupe_key, links.public_url),
        language=facts.language,
        unsubscribe_url=pause_url if facts.kind == Telling.ASK else None,
    )


def message_id(dedupe_key: str, public_url: str) -> str:
    """The Message-ID of a notification: the same for every attempt, and it tells nothing."""
    host = urlsplit(public_url).hostname or "localhost"
    return f"<{sha256(dedupe_key.encode()).hexdigest()}@{host}>"


def _url(facts: Facts, links: Links) -> str:
    """Where the button of a message leads."""
    if facts.request is not None:
        return links.url(Purpose.STATUS, facts.request.public_id)
    if facts.task is not None:
        return links.url(Purpose.ASK if facts.kind == Telling.ASK else Purpose.TASK, facts.task.public_id)
    if facts.link is None:
        raise LookupError("a message about nothing")
    return links.url(LINKS[facts.kind], facts.link.public_id)


def _pause_url(facts: Facts, links: Links) -> str:
    return links.url(Purpose.UNSUBSCRIBE, facts.task.volunteer_public_id) if facts.task is not None else ""


def _wrapped(text: str) -> str:
    """Lines of at most 72 characters; what was indented stays so, and a link is never broken."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if len(line) <= WIDTH:
            lines.append(line.rstrip())
            continue
        indent = line[: len(line) - len(line.lstrip())]
        lines += textwrap.wrap(
            line,
            WIDTH,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"
