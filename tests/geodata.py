"""Real addresses to test with, where they are at hand: beside the project, or where LEUVENHELPT_GEODATA says."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("LEUVENHELPT_GEODATA") or Path(__file__).parents[2] / "shared" / "geodata")


def geodata(name: str) -> Path:
    """The path of a file of test addresses; skips the test, saying so, when it is absent."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{path} is absent: set LEUVENHELPT_GEODATA to the folder with the test addresses")
    return path
