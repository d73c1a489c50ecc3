"""What time it is; beside it, a clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta


def real_clock() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class SetClock:
    """The fake: shows the moment it was set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        """Let so much time pass, and return what the clock then shows."""
        self.now += timedelta(days=days, hours=hours, minutes=minutes)
        return self.now
