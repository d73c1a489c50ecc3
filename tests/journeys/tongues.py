"""In which language the words on a page say that they are, and whether that can be true."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from leuvenhelpt.rendering.language import languages, own_name

# The words of a page, each with the language that is said nearest around it; "" where that is said to be unknown.
SAID = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const words = node.data.replace(/\\s+/g, " ").trim(), around = node.parentElement.closest("[lang], script");
    if (words && !around.matches("script")) found.push([words, around.lang]);
  }
  return found;
}"""
SCRIPTS = (  # letters, and which of the city's languages are written in them
    (re.compile("[\u0600-\u06ff]"), {"ar", "fa", "prs", "ps", "ur"}),
    (re.compile("[\u0400-\u04ff]"), {"uk", "ru", "bg"}),
)
DUTCH = re.compile(r"\b(het|een|niet|uw|wij|mijn|wil|naar|voor|maar|zijn|wordt|hulp|vraag)\b", re.IGNORECASE)
NAMES = {own_name(language): language for language in languages()}


def faults_in_language(page: Page) -> list[str]:
    """Words in another language than the page says they are."""
    said: list[tuple[str, str]] = page.evaluate(SAID)
    return [
        f"{words[:60]!r} is said to be {language}" for words, language in said if not _may_be(words, language)
    ]


def _may_be(words: str, language: str) -> bool:
    if not language:
        return True
    if words in NAMES:
        return NAMES[words] == language
    if any(letters.search(words) and language not in written for letters, written in SCRIPTS):
        return False
    return language == "nl" or len(set(DUTCH.findall(words.lower()))) < 2
