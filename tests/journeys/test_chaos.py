"""Nothing is lost and nobody is asked twice while workers and Valkey are killed: the short form of benchmarks.chaos."""

from pathlib import Path

import pytest

from benchmarks import chaos


@pytest.mark.server
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_killing_loses_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("c")
    found = chaos.run(Path(folder), requests=60, seed=7)
    assert sum(found["kills"].values()) > 5  # type: ignore[attr-defined]
    assert found["ok"], found
