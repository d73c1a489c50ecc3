"""Which words in which language: Dutch is the source, the rest comes from the catalogues."""

from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

SOURCE = "nl"
CATALOGUES = Path(__file__).resolve().parents[1] / "translations"


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; the Dutch source texts themselves where there is none."""
    return Translations.load(CATALOGUES, [language])


@cache
def languages() -> tuple[str, ...]:
    """The languages that interface texts exist in, Dutch first."""
    found = sorted(path.parts[-3] for path in CATALOGUES.glob("*/LC_MESSAGES/messages.mo"))
    return (SOURCE, *(language for language in found if language != SOURCE))
