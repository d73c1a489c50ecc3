"""The catalogues of translators, held to the texts that the code and the templates say."""

from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from leuvenhelpt.rendering.language import COMPLETE, path_of

ROOT = Path(__file__).resolve().parents[2]
METHODS = [("leuvenhelpt/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = DEFAULT_KEYWORDS | {"_l": None}
OF_THE_DESK = (
    "templates/staff/",
    "templates/layouts/staff",
    "web/staff/",
    "web/places",
    "forms/staff",
    "forms/what_if",
    "rendering/journal",
)
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def texts() -> Catalog:
    """Every text of the interface, with the files that say it."""
    said = Catalog(charset="utf-8")
    for file, _line, message, _comments, context in extract_from_dir(ROOT, METHODS, keywords=KEYWORDS):
        said.add(message, locations=[(file, 0)], context=context)
    return said


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it stands in its file."""
    with path_of(language).open("rb") as lines:
        return read_po(lines, locale=language)


def follow(language: str, said: Catalog) -> Catalog:
    """Bring the file of a language up to date: new texts come in empty, texts that nobody says go."""
    kept = catalogue(language)
    kept.update(said, no_fuzzy_matching=True)
    kept.obsolete.clear()
    header = HEADER.format(language=language, plurals=kept.plural_forms)
    with path_of(language).open("wb") as lines:
        lines.write(header.encode())
        write_po(lines, kept, width=0, omit_header=True, sort_by_file=True, include_lineno=False)
    return kept


def waiting(kept: Catalog, said: Catalog, language: str) -> list[Message]:
    """The texts that a language owes its readers. Only some languages have the words of the desk."""
    owed = [text for text in said if text.id and (language in COMPLETE or not is_of_the_desk(text))]
    return [text for text in owed if not is_translated(kept.get(text.id, text.context))]


def is_of_the_desk(text: Message) -> bool:
    """Whether only colleagues of the city read it."""
    return all(any(place in file for place in OF_THE_DESK) for file, _line in text.locations)


def is_translated(text: Message | None) -> bool:
    """Whether there are words, in each of the forms of number."""
    if text is None or not text.string:
        return False
    return isinstance(text.string, str) or all(text.string)
