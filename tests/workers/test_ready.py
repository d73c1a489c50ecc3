from leuvenhelpt.matching import barriers, loops
from leuvenhelpt.matching.pool import Pool
from tests.matching.cities import NOW
from tests.matching.test_pool import AN, vera
from workers.pair import get_ready


def test_what_is_made_ready_serves_every_question() -> None:
    """Numba compiles anew for arguments of another type, in seconds that somebody would wait."""
    get_ready(NOW)
    pool = Pool.from_offers([vera(number) for number in range(1, 9)], NOW)
    pool.apply(vera(9))
    kept = Pool.from_stored(pool.stored())
    for one in (pool, kept):
        one.apply(vera(2, lat=50.881))
        assert len(one.best(AN)) == len(one.lists([AN, AN])[0]) == 9
        one.why_not(AN)
    assert (len(loops.best_of_each.signatures), len(barriers.forbid.signatures)) == (1, 1)
