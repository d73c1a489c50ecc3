"""Which words in which language: Dutch is the source, the rest comes from the catalogues."""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

SOURCE = "nl"
COMPLETE = (SOURCE, "fr", "en")  # these have the words of the desk too
CATALOGUES = Path(__file__).resolve().parents[1] / "translations"
PLACE = Path("LC_MESSAGES", "messages.po")


def path_of(language: str) -> Path:
    """The file that the translators of a language edit."""
    return CATALOGUES / language / PLACE


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; the Dutch source texts themselves where there is none.

    Read from the text that translators edit, so that there is nothing to compile and nothing to be stale.
    """
    written = path_of(language)
    if not written.exists():
        return NullTranslations()
    compiled = BytesIO()
    with written.open("rb") as lines:
        write_mo(compiled, read_po(lines))
    compiled.seek(0)
    return Translations(compiled)


@cache
def languages() -> tuple[str, ...]:
    """The languages that interface texts exist in, Dutch first, then as their own names sort."""
    found = sorted((path.parts[-3] for path in CATALOGUES.glob(f"*/{PLACE}")), key=own_name)
    return (SOURCE, *found)


def readers_language(spoken: Iterable[str]) -> str:
    """In which language to write to somebody who speaks these: Dutch if it is among them, else one that we write."""
    ours = [language for language in languages() if language in set(spoken)]
    return ours[0] if ours else SOURCE


@cache
def locale(language: str) -> Locale:
    """How a language is written here: in Europe, with the day before the month."""
    return Locale.parse("en_GB" if language == "en" else language)


def own_name(language: str) -> str:
    """The name of a language as who speaks it writes it: "Français"."""
    name = Locale.parse(language).display_name or language
    return name[0].upper() + name[1:]


@cache
def direction(language: str) -> str:
    """Which way a language is written: "ltr" or "rtl"."""
    return str(Locale.parse(language).text_direction)
