"""`explain`: the same answer that matching gives, in sentences, naming nobody."""

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.cli.explain import explain
from leuvenhelpt.cli.verbs import Stop
from leuvenhelpt.storage.models import HelpRequest, Match
from tests import make
from workers.pair import pair

Printed = pytest.CaptureFixture[str]
AS_WISHED = "Past bij de wens"


@pytest.fixture
def wishing(runtime: Runtime) -> tuple[str, int, int]:
    """A request by somebody who would rather have a woman: its reference; a nearer man, and a woman further off."""
    man = make.volunteer(runtime, kinds=("transport",), gender="man", place=make.HERE, vetting=1)
    woman = make.volunteer(runtime, kinds=("transport",), gender="woman", vetting=1)
    request = make.located_request(runtime, kind="transport", gender_wish="woman")
    return make.row_of(runtime, HelpRequest, request).reference, man, woman


def lines(printed: Printed) -> list[str]:
    return printed.readouterr().out.splitlines()


def first_words(some: list[str]) -> list[str]:
    return [line.split()[0] for line in some]


def test_the_shortlist_is_what_pairing_writes_down(
    runtime: Runtime, wishing: tuple[str, int, int], capsys: Printed
) -> None:
    reference, man, woman = wishing
    unable = make.volunteer(runtime, kinds=("homework",))
    explain(runtime, f"{reference[:2]} {reference[2:4]} {reference[4:]}")
    said = lines(capsys)
    assert first_words(said)[:2] == [str(woman), str(man)]
    assert str(unable) not in first_words(said)
    assert [line for line in said if line.startswith("-")]
    pair(runtime)
    with runtime.reading() as db:
        ranked = [match.volunteer_id for match in db.query(Match).order_by(Match.rank)]
    assert ranked == [woman, man]


def test_a_wish_is_told_of_whom_it_speaks_for_only(
    runtime: Runtime, wishing: tuple[str, int, int], capsys: Printed
) -> None:
    reference, man, woman = wishing
    said = {}
    for volunteer_id in (man, woman):
        explain(runtime, reference, volunteer_id)
        said[volunteer_id] = lines(capsys)
    wish = set(said[woman]) - set(said[man])
    assert any(line.startswith("+") and AS_WISHED in line for line in wish), said
    assert not any(AS_WISHED in line for line in said[man])
    assert all(line.startswith("+") for line in said[man])


def test_of_whom_a_rule_leaves_out_the_rule_is_told(
    runtime: Runtime, wishing: tuple[str, int, int], capsys: Printed
) -> None:
    unable = make.volunteer(runtime, kinds=("homework",))
    explain(runtime, wishing[0], unable)
    assert any(line.startswith("-") for line in lines(capsys))


def test_what_is_not_there_is_said_in_one_line(runtime: Runtime, wishing: tuple[str, int, int]) -> None:
    with pytest.raises(Stop, match="Nobody is being searched for"):
        explain(runtime, "00 00 00")
    with pytest.raises(Stop, match="no volunteer 99999"):
        explain(runtime, wishing[0], 99999)
