"""What to read aloud to a resident who rings, in their language and in the one of the colleague."""

from dataclasses import dataclass

from leuvenhelpt.domain.lifecycle import MatchState
from leuvenhelpt.rendering.aloud import three_sentences
from leuvenhelpt.rendering.language import SOURCE, languages
from leuvenhelpt.storage.queries.help_requests import Overview
from leuvenhelpt.storage.queries.suitors import Suitor
from leuvenhelpt.web.current import language, now, runtime


@dataclass(frozen=True)
class Aloud:
    """Three sentences in one language."""

    language: str
    sentences: tuple[str, str, str]


def aloud(request: Overview, suitors: tuple[Suitor, ...]) -> tuple[Aloud, ...]:
    """The sentences in the language of the resident, and again in the colleague's if that is another."""
    helpers = [suitor.name for suitor in suitors if suitor.state == MatchState.ACCEPTED]
    asked = sum(suitor.asked_at is not None for suitor in suitors)
    theirs = request.reader_language if request.reader_language in languages() else SOURCE
    return tuple(
        Aloud(which, three_sentences(request, runtime().city, now(), which, helpers=helpers, asked=asked))
        for which in dict.fromkeys((theirs, language()))
    )
