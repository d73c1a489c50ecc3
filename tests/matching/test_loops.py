from leuvenhelpt.matching import loops


def test_what_cannot_be_kept_is_compiled_all_the_same() -> None:
    """As where neither the code nor the home of its user can be written: this function has no file at all."""
    made: dict[str, object] = {}
    exec("def twice(number):\n    return 2 * number", made)  # noqa: S102
    twice = loops.compiled(made["twice"])
    assert twice(21) == 42
    assert twice.nopython_signatures
    assert twice.stats.cache_path is None
