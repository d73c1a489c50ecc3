"""The pool of one worker process, kept for its life and fresh at every question."""

import heapq
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from leuvenhelpt.domain.messages import VolunteerOffer
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.storage.queries.offers import OfferNow, all_offers, changes_since, offers_of, settled_mark

REBUILD_ABOVE = 3_000
log = structlog.get_logger()


class Neighbours:
    """Every volunteer who may ever be asked, as `Pool.from_offers(volunteer_offers(db, now), now)` has them.

    Loaded in bulk once; then only who changed, was asked or answered since, and whom the clock alone changed:
    a pause or a vetting that ended, an ask that is more than a week or a month ago by now. For one thread.
    """

    def __init__(self) -> None:
        self._pool: Pool | None = None
        self._mark = 0
        self._seen_at: datetime | None = None
        self._turns: list[tuple[datetime, int]] = []
        self.words: dict[int, str] = {}
        """What volunteers wrote about themselves, by id; of those who wrote anything."""

    def fresh(self, db: Session, now: datetime) -> Pool:
        """The pool as of now: all that was committed before this call is in it."""
        # Taken away while it is renewed: if that fails halfway, the next question loads everything.
        pool, self._pool = self._pool, None
        if pool is None or self._seen_at is None or now < self._seen_at:
            return self._load(db, now)
        changes = changes_since(db, self._mark)
        if changes.mark < self._mark:  # another database stands in its place, or its journal was emptied
            return self._load(db, now)
        wanted = changes.volunteer_ids | self._turned(now)
        if len(wanted) > REBUILD_ABOVE:
            return self._load(db, now)
        self._renew(pool, db, wanted, now)
        self._pool, self._mark, self._seen_at = pool, changes.mark, now
        return pool

    def _load(self, db: Session, now: datetime) -> Pool:
        # The mark first: what commits while we read is found again by the next look.
        mark = settled_mark(db)
        self._turns, self.words = [], {}
        self._pool = Pool.from_offers((self._note(one) for one in all_offers(db, now)), now)
        self._mark, self._seen_at = mark, now
        log.info("pool_loaded", volunteers=len(self._pool))
        return self._pool

    def _note(self, one: OfferNow) -> VolunteerOffer:
        if one.turns_at is not None:
            heapq.heappush(self._turns, (one.turns_at, one.offer.volunteer_id))
        self.words.pop(one.offer.volunteer_id, None)
        if one.offer.words:
            self.words[one.offer.volunteer_id] = one.offer.words
        return one.offer

    def _turned(self, now: datetime) -> set[int]:
        turned = set()
        while self._turns and self._turns[0][0] <= now:
            turned.add(heapq.heappop(self._turns)[1])
        return turned

    def _renew(self, pool: Pool, db: Session, volunteer_ids: set[int], now: datetime) -> None:
        left = set(volunteer_ids)
        for one in offers_of(db, volunteer_ids, now):
            left.discard(one.offer.volunteer_id)
            pool.apply(self._note(one))
        for volunteer_id in left:
            pool.forget(volunteer_id)
            self.words.pop(volunteer_id, None)
