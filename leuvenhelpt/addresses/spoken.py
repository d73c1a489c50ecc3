"""Numbers as they are said, in Dutch, French and English: "honderd en twaalf", "quatre-vingt-deux", "three oh one"."""

import re
from functools import cache

_UNITS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
_TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "fr": "vingt trente quarante cinquante soixante septante quatre-vingt nonante",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_HUNDRED = {"nl": "honderd", "fr": "cent", "en": "hundred"}
_AND = frozenset({"en", "et", "and"})
_MOST_WORDS = 7


@cache
def spoken_numbers() -> dict[str, int]:
    """How the numbers 0 to 999 are said, joined without blanks or hyphens -> the number."""
    said: dict[str, int] = {}
    for language in ("nl", "fr", "en"):
        small = _below_hundred(language)
        for number in range(1000):
            for words in _ways(number, small, _HUNDRED[language]):
                said.setdefault(re.sub("[- ]", "", words), number)
    return said


def _ways(number: int, small: dict[int, tuple[str, ...]], hundred: str) -> list[str]:
    if number < 100:
        return list(small[number])
    hundreds, rest = divmod(number, 100)
    heads = [hundred] if hundreds == 1 else []
    heads += [f"{count}{hundred}" for count in small[hundreds]]
    tails = small[rest] if rest else ("",)
    return [
        head + link + tail
        for head in heads
        for tail in tails
        for link in ("", "en", "and")
        if tail or not link
    ]


def _below_hundred(language: str) -> dict[int, tuple[str, ...]]:
    units = _UNITS[language].split()
    ways: dict[int, tuple[str, ...]] = {number: (word,) for number, word in enumerate(units)}
    for ten, word in enumerate(_TENS[language].split(), 2):
        for unit in range(10):
            ways[ten * 10 + unit] = _with_ten(language, word, units[unit]) if unit else (word,)
    if language == "fr":
        for unit in range(10, 20):
            ways[60 + unit] += ("soixante" + units[unit], "soixanteet" + units[unit])
            ways[80 + unit] += ("quatrevingt" + units[unit],)
        ways[80] += ("quatrevingts",)
    return ways


def _with_ten(language: str, ten: str, unit: str) -> tuple[str, ...]:
    if language == "nl":
        return (unit + "en" + ten,)
    return (ten + unit, ten + "et" + unit) if language == "fr" else (ten + unit,)


def with_digits(told: str, *, only_last: bool = False) -> str:
    """The text with the numbers that were said written in digits: "tiensestraat vijf en zestig" -> "... 65".

    Four digits said one by one or as a thousand ("drie nul nul nul", "drieduizend tien") become one number.
    `only_last`: of each part between commas only the last, as "De vier vaantjes twaalf" is a street.
    """
    return ",".join(_segment_with_digits(segment, only_last=only_last) for segment in told.split(","))


def _segment_with_digits(segment: str, *, only_last: bool) -> str:
    words, index = segment.split(), 0
    runs: list[tuple[list[str], str | None]] = []
    while index < len(words):
        number, used = _number_at(words, index)
        runs.append((words[index : index + used], number))
        index += used
    said = [at for at, (_, number) in enumerate(runs) if number is not None]
    wanted = set(said[-1:] if only_last else said)
    return " ".join(
        number if at in wanted and number else " ".join(run) for at, (run, number) in enumerate(runs)
    )


def _number_at(words: list[str], index: int) -> tuple[str | None, int]:
    digits = _digits_at(words, index)
    if digits:
        return digits, len(digits)
    for used in range(min(_MOST_WORDS, len(words) - index), 0, -1):
        run = words[index : index + used]
        if run[0] in _AND or run[-1] in _AND:
            continue
        number = _number_of("".join(run).replace("-", ""))
        if number is not None:
            return str(number), used
    return None, 1


def _number_of(joined: str) -> int | None:
    said = spoken_numbers()
    for thousand in ("duizend", "mille", "thousand"):
        head, found, tail = joined.partition(thousand)
        if found and said.get(head, 0) in range(1, 10):
            rest = said.get(tail.removeprefix("en").removeprefix("and"), None) if tail else 0
            return None if rest is None else said[head] * 1000 + rest
    return said.get(joined)


def _digits_at(words: list[str], index: int) -> str:
    """Digits said one by one: the last four are a postcode, those before it a house number; "" if fewer."""
    digits = ""
    for word in words[index:]:
        digit = spoken_numbers().get(word, 10)
        if digit > 9:
            break
        digits += str(digit)
    return digits[:-4] or digits if len(digits) >= 4 else ""
