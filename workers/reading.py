"""Reading what people wrote, in the pairing process: what fits is learned from what volunteers write here."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from leuvenhelpt.domain.messages import Candidate, Need

if TYPE_CHECKING:
    from leuvenhelpt.matching.words import Embed


class Reading:
    """Sorts candidates by their own words too. `embed`: see the seam in matching.words; made here if not given."""

    def __init__(self, embed: "Embed | None" = None) -> None:
        self._embed, self._is_given = embed, embed is not None
        self._learned_from = 0

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
        from leuvenhelpt.matching.words import character_grams  # noqa: PLC0415

        has_outgrown = not self._is_given and len(words) > 1.2 * self._learned_from
        if self._embed is None or has_outgrown:
            self._embed, self._learned_from = character_grams(words.values()), len(words)
        return self._embed
