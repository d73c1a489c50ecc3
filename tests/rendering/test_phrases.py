"""Nothing is left without words: every state, step, trouble and rule has a sentence for its reader."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from leuvenhelpt.bootstrap import load_city
from leuvenhelpt.domain.availability import ALWAYS, DayPart, bit
from leuvenhelpt.domain.kinds import Channel, Telling, Trouble
from leuvenhelpt.domain.lifecycle import STEPS, Subject
from leuvenhelpt.domain.messages import Reason
from leuvenhelpt.rendering import journal, phrases, reasons
from leuvenhelpt.storage.queries.journal import Entry

CITY = load_city("leuven")
SERVICES = Path(__file__).parents[2] / "leuvenhelpt" / "services"
HARD = [
    "kind",
    "language",
    "reach",
    "hours",
    "paused",
    "vetting",
    "notice",
    "excluded",
    "weekly_limit",
    "no_place",
]
WISHES = [
    "near",
    "speaks",
    "free_then",
    "rarely_asked",
    "newcomer",
    "helped_before",
    "went_well",
    "same_area",
    "words",
]
FACTS: dict[str, str | int | float] = {
    "distance_km": 1.234,
    "reach_km": 1.0,
    "band": "from_1_to_2_km",
    "languages": "fr,nl",
    "speaks": "fr",
    "hours": bit(2, DayPart.MORNING),
    "asked_recently": 1,
    "said_yes": 3,
    "area": "Kessel-Lo",
}


def entry(**facts: object) -> Entry:
    """A line of the journal, by a colleague unless told otherwise."""
    known: dict[str, object] = {"actor_kind": "staff", "who": "", "reason": ""}
    rest = {"at": None, "subject_id": 1, "before": None, "after": None, "volunteer_id": None}
    return Entry(**known | rest | facts)  # type: ignore[arg-type]


def written_steps() -> Iterator[tuple[Subject, str]]:
    """What services write in the journal, beside the steps of the table."""
    for path in SERVICES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "journal.write":
                if not isinstance(node.args[1], ast.Attribute):
                    continue  # the one door itself: its steps are those of the table
                subject = Subject[ast.unparse(node.args[1]).removeprefix("Subject.")]
                names = (part.value for part in ast.walk(node.args[3]) if isinstance(part, ast.Constant))
                yield from ((subject, str(name)) for name in names)


def test_every_step_has_a_line_in_the_journal() -> None:
    taken = set(STEPS) | set(written_steps())
    assert (Subject.VOLUNTEER, "vet") in taken
    missing = [pair for pair in taken if pair[1] not in journal.LINES[pair[0]](str)]
    assert missing == []


@pytest.mark.parametrize("rule", HARD + WISHES)
def test_every_rule_has_a_sentence_for_the_coordinator(rule: str) -> None:
    sentence = phrases.reason(Reason(rule, rule in WISHES, FACTS), "coordinator", CITY)
    assert sentence.endswith(".")
    assert "%" not in sentence


def test_a_volunteer_is_told_the_band_and_never_who_asks() -> None:
    told = [phrases.reason(Reason(rule, True, FACTS), "volunteer", CITY) for rule in WISHES]
    assert told == [
        "Het is op 1 tot 2 km van u.",
        "U spreekt dezelfde taal: Frans en Nederlands.",
        "U bent vrij op woensdagvoormiddag.",
        "U kreeg de laatste tijd weinig vragen.",
        "U bent nieuw. Dit kan uw eerste keer zijn.",
        "U hielp al 3 keer.",
        "",
        "Het is in uw eigen buurt, Kessel-Lo.",
        "Het past bij wat u over uzelf schreef.",
    ]


def test_many_hours_are_not_listed() -> None:
    free = Reason("free_then", True, {"hours": ALWAYS})
    assert phrases.reason(free, "volunteer", CITY) == "U bent vrij op het gevraagde moment."


@pytest.mark.parametrize("rule", HARD)
def test_why_not_is_a_number_with_its_reason(rule: str) -> None:
    assert "1 " in phrases.why_not(rule, 1).sentence
    assert "12" in phrases.why_not(rule, 12).sentence


def test_why_not_says_what_would_help() -> None:
    assert phrases.why_not("hours", 12) == reasons.WhyNot(
        "12 zijn dan niet vrij.", "Vraag de hulpvrager of een ander moment ook past."
    )


def test_every_state_choice_and_trouble_has_words() -> None:
    for (subject, _name), step in STEPS.items():
        assert all(phrases.state(subject, state) for state in {*step.before, step.after})
    assert all(phrases.trouble(kind) for kind in Trouble)
    assert all(phrases.telling(kind) for kind in Telling)
    assert all(phrases.channel(name) for name in Channel)
    assert len({phrases.vetting(level) for level in range(4)}) == 4
    assert phrases.means("bike") == "met de fiets"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ("help_request approve staff", "Stef keurde de vraag goed. Er mogen buren gevraagd worden."),
        ("help_request refer staff gp", "Stef verwees door: Huisarts of wachtpost 1733"),
        ("help_request reject staff Onveilig.", "Stef wees de vraag af: “Onveilig.”"),
        ("match accept volunteer", "De vrijwilliger zei ja."),
        ("volunteer sign_in machine", "De vrijwilliger meldde zich aan."),
        ("volunteer locate machine not_found", "Het systeem vond het adres niet."),
    ],
)
def test_the_journal_says_who_did_what_and_why(facts: str, words: str) -> None:
    subject, step, actor_kind, reason = [*facts.split(), ""][:4]
    who = "Stef" if actor_kind == "staff" else ""
    line = entry(subject=subject, step=step, actor_kind=actor_kind, who=who, reason=reason)
    assert phrases.journal_line(line, CITY) == words
