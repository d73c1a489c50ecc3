from pathlib import Path

import numpy as np
import pytest

from leuvenhelpt.gateways.arrays_file import forget_arrays, read_arrays, write_arrays

POINTS = np.array([(1, 2.5), (3, 4.5)], np.dtype([("id", np.uint16), ("x", np.float32)], align=True))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "made" / "on demand.bin"
    assert read_arrays(path) is None
    write_arrays(path, {"mark": 7}, {"points": POINTS, "none": np.empty(0, np.int64)})
    facts, arrays = read_arrays(path) or ({}, {})
    assert facts == {"mark": 7}
    assert list(arrays) == ["points", "none"]
    assert arrays["points"].dtype == POINTS.dtype
    assert arrays["points"].tolist() == POINTS.tolist()
    arrays["points"]["x"] = 9
    forget_arrays(path)
    forget_arrays(path)
    assert read_arrays(path) is None


def test_a_writer_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    write_arrays(path, {}, {"points": POINTS})
    with pytest.raises(ValueError, match="allow_pickle"):
        write_arrays(path, {}, {"points": np.array([object()])})
    assert read_arrays(path) is not None
    assert [one.name for one in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("left", [0, 10, 200, -1])
def test_a_damaged_file_is_told(tmp_path: Path, left: int) -> None:
    path = tmp_path / "a.bin"
    write_arrays(path, {}, {"points": POINTS})
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(ValueError, match="cannot be read"):
        read_arrays(path)


def test_every_flipped_byte_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    write_arrays(path, {"mark": 7}, {"points": POINTS})
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(ValueError, match="cannot be read"):
            read_arrays(path)
    path.write_bytes(whole)
    assert read_arrays(path) is not None


@pytest.mark.parametrize("written", [b"{'descr", b"{(descr", b"[\\descr", b"{'\0escr"])
def test_a_damaged_head_is_told(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "a.bin"
    write_arrays(path, {}, {"points": POINTS})
    head, tail = path.read_bytes().rsplit(b"{'descr", 1)
    path.write_bytes(head + written + b"(" + tail[1:])
    with pytest.raises(ValueError, match="cannot be read"):
        read_arrays(path)
