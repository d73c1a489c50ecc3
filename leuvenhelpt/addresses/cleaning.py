"""From what a browser or a telephone hands us to plain folded text: the first step of reading an address."""

import re

from leuvenhelpt.addresses.wording import fold

LONGEST_TEXT = 250
_DUTCH_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?(?!BE\b)[A-Z]{2}\b(?=[\s,]|$)")
_FOREIGN_POSTCODE = re.compile(
    r"(?<![\d+])\b(?:[dflnch]{1,2}-)?\d{5}\b(?!\d)|\b(?:nl|f|d|l|lu|de|fr)-\d{4,5}\b"
)
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"<[^>]{0,200}>", " "),
        (r"https?://\S+|\S+@\S+", " "),
        (r"[\n\r;|()\[\]\t•·]+|\s[-–—]\s|\s/\s", ","),
        (r"[^a-z0-9,.'/&°#-]+", " "),
        (r"\bbe?[\s-]{1,2}(?=[1-9]\d{3}\b)", " "),
        (r"\b([1-9]\d{3})(?=[a-z]{3,})", r"\1 "),
        (r"\b(?:huis)?(?:nr|nummer|num|numero|number|no|n°|#)\.?\s*(?=\d)", " "),
        (r"\b(?:huisnummer|nummer|numero|number)\b", " "),
        (r"\b\d+\s?(?:ste|e|de|ieme|eme|er|st|nd|rd|th)\.?\s*(?:verd\w*|etage|floor)\b", ","),
        (
            r"\b(?:verdieping|verd\.?|etage|floor)\s*\d*\b|\bgelijkvloers\b|\bglvl?\b|\brez[- ]de[- ]chaussee\b",
            ",",
        ),
        (
            r"\b(?:blok|bloc|gebouw|building|batiment|ingang|toegang|trap|poort nr)\.?\s(?:[a-z]|\d{1,2})\b",
            ",",
        ),
        (r"\b(?:naast|tegenover|vlakbij|dichtbij|near|next to|opposite|en face|a cote|tel|gsm)\b[^,]*", ","),
        (r"\b([a-z]{4,})(\d{1,3}[a-z]?)\b", r"\1 \2"),
    )
)
_BOX = re.compile(
    r"[\s,/-](?:bus|bte|boite|box|app|apt|appt|appartement|apartment|kamer|unit|flat)\.?\s*(?:nr\.?\s*)?"
    r"(\d[\w.]*|[a-z]\d[\w.]*|[a-z])\b"
)
_POST_BOX = re.compile(
    r"\b(?:postbus|p\.?\s?o\.?\s?box|boite postale|antwoordnummer|poste restante)\.?\s*\d*"
)
_LEADS = re.compile(
    r"^(?:(?:mijn|my|mon|het|ons) (?:adres|adresse|address)(?: is| est)?|(?:ik|wij|we) (?:woon|wonen)|"
    r"j'?habite|nous habitons|i live|we live|adres|adresse|address|straat|street)\b[\s:.,]*"
    r"|^(?:in|op|aan|te|at|on|a|au|dans|de|het|la|le|the|der|ik|woon|zit|ben)(?:\s+|$)"
)


def is_foreign(text: str) -> bool:
    """Whether it holds a postcode of another country (the raw text, as capitals tell)."""
    return bool(_DUTCH_POSTCODE.search(text) or _FOREIGN_POSTCODE.search(text.lower()))


def clean(text: str) -> str:
    """Folded text of letters, digits and the signs an address needs; commas where parts were separated."""
    told = fold(text[:LONGEST_TEXT])
    for pattern, put in _STEPS:
        told = pattern.sub(put, told)
    return told.strip(" ,.")


def without_boxes(told: str) -> tuple[str, bool]:
    """Cleaned text without the box of the house, and whether it named a PO box."""
    bare, post_boxes = _POST_BOX.subn(" ", told)
    return _BOX.sub(" ", bare), post_boxes > 0


def without_lead(phrase: str) -> str:
    """A phrase without the words with which one begins to tell an address ("ik woon in de ...")."""
    while (shorter := _LEADS.sub("", phrase, count=1)) != phrase:
        phrase = shorter
    return phrase
