import random
from datetime import timedelta

from tests.matching.cities import NOW
from workers.turns import Turns


def test_each_moment_is_told_once_and_in_time() -> None:
    rng = random.Random(5)
    turns, waiting = Turns.none(), []
    for hour in range(300):
        now = NOW + timedelta(hours=hour)
        for _ in range(rng.randrange(3)):
            waiting.append((now + timedelta(minutes=rng.randrange(1, 3000)), rng.randrange(40)))
            turns.note(*waiting[-1])
        if rng.random() < 0.1:
            turns = Turns(*turns.sorted())
        assert turns.over(now) == {who for moment, who in waiting if moment <= now}
        waiting = [one for one in waiting if one[0] > now]
