"""Reading what people wrote, in the pairing process: what fits is learned from what volunteers write here."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from leuvenhelpt.domain.messages import Candidate, Need

if TYPE_CHECKING:
    from leuvenhelpt.matching.words import Embed


class Reading:
    """Sorts candidates by their own words too. `beside`: what understands sentences; see the seam in matching.words."""

    def __init__(self, beside: "Embed | None" = None) -> None:
        self._beside = beside
        self._embed: Embed | None = None
        self._learned_from = 0

    @classmethod
    def named(cls, name: str) -> "Reading":
        """With the function of this name ("module:function"), or with nothing beside the letters."""
        module, _, function = name.partition(":")
        return cls(getattr(import_module(module), function)) if name else cls()

    def sorted_by_words(
        self, need: Need, candidates: Sequence[Candidate], words: Mapping[int, str]
    ) -> list[Candidate]:
        """The candidates, best first; as they were while nobody here wrote anything."""
        if not need.words.strip() or not any(one.volunteer_id in words for one in candidates):
            return list(candidates)
        # scikit-learn takes seconds and 90 MiB: a town where nobody writes need not pay for it.
        from leuvenhelpt.matching.words import with_words  # noqa: PLC0415

        return with_words(need, candidates, words, self._learned(words))

    def _learned(self, words: Mapping[int, str]) -> "Embed":
        from leuvenhelpt.matching.words import character_grams, joined  # noqa: PLC0415

        if self._embed is None or len(words) > 1.2 * self._learned_from:
            grams, self._learned_from = character_grams(words.values()), len(words)
            self._embed = joined(grams, self._beside) if self._beside else grams
        return self._embed
