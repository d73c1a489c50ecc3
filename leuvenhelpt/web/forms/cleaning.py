"""Typed text made plain: one way of writing each letter, and nothing that cannot be seen."""

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

# Control characters and those that turn the direction of text or hide in it; line ends are kept.
_INVISIBLE = frozenset({"Cc", "Cs", "Co"})
_TRICKS = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


def _is_kept(letter: str) -> bool:
    if letter in _TRICKS or _is_never_a_letter(ord(letter)):
        return False
    return letter == "\n" or unicodedata.category(letter) not in _INVISIBLE


def _is_never_a_letter(code: int) -> bool:
    """A noncharacter of Unicode. What has no category yet is another thing: an emoji younger than this Python."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def clean_text(typed: str | None) -> str:
    """Text of several lines: NFC, no control or direction characters, no blank ends."""
    plain = (typed or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(letter for letter in unicodedata.normalize("NFC", plain) if _is_kept(letter))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def clean_line(typed: str | None) -> str:
    """Text of one line, its spaces made one."""
    return " ".join(clean_text(typed).split())


def clean_email(typed: str | None) -> str | None:
    """An address of e-mail as its domain writes it, however it is spelled; None if it is none."""
    try:
        return validate_email(clean_line(typed), check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def plain_digits(text: str) -> str:
    """Its digits in the script of this country: "Naamsestraat ١٤٧" has number 147, for registers and readers here."""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)
