"""The files with which a city looks like itself, and those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from leuvenhelpt.domain.errors import ConfigurationError
from leuvenhelpt.gateways.look_file import LARGEST, Look, read_look


def test_a_city_without_files_looks_like_us(tmp_path: Path) -> None:
    assert read_look(tmp_path) == Look()


@pytest.mark.parametrize(
    ("svg", "ratio"),
    [
        ('<svg xmlns="x" viewBox="0 0 120 40"/>', 3.0),
        ("<?xml version='1.0'?>\n<svg viewBox='-4,0, 36.5 36.5'></svg>", 1.0),
        ('<svg width="80px" height="40"><path/></svg>', 2.0),
    ],
)
def test_logo_has_a_size(tmp_path: Path, svg: str, ratio: float) -> None:
    (tmp_path / "logo.svg").write_text(svg, encoding="utf-8")
    look = read_look(tmp_path)
    assert (look.logo_ratio, look.files["logo.svg"]) == (ratio, svg.encode())


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("tokens.css", "@import 'https://fonts.example/x.css';", "fetch nothing"),
        ("tokens.css", ":root { --paper: URL (x.png); }", "fetch nothing"),
        ("logo.svg", "<svg/>", "no SVG"),
        ("logo.svg", '<svg width="100%" height="40"/>', "no SVG"),
        ("logo.svg", '<svg viewBox="0 0 40 0"/>', "no SVG"),
        ("logo.svg", "GIF89a", "no SVG"),
        ("icon.svg", "x" * (LARGEST + 1), "larger than 64 kB"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=complaint):
        read_look(tmp_path)
