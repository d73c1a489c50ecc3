"""The pool of one worker process, kept for its life and fresh at every question."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from leuvenhelpt.domain.messages import VolunteerOffer
from leuvenhelpt.matching.pool import Pool
from leuvenhelpt.storage.queries.offers import (
    OfferNow,
    all_offers,
    changes_since,
    genders_told,
    goes_on_from,
    newest_line,
    offers_of,
    settled_mark,
    words_written,
)
from workers.kept_pool import KeptPool, read_pool, write_pool
from workers.turns import Turns

REBUILD_ABOVE, REBUILD_SHARE = 3_000, 50
KEPT_FROM = 20_000  # fewer volunteers are read in a second: then nothing about them stands in a file
KEPT_AFTER, KEPT_EVERY = 1_000, timedelta(days=1)
log = structlog.get_logger()


class Neighbours:
    """Every volunteer who may ever be asked, as `Pool.from_offers(volunteer_offers(db, now), now)` has them.

    Loaded in bulk once, or from the file at `path`, written by a worker before; then only who changed, was
    asked or answered since, and whom the clock alone changed: a pause or a vetting that ended, an ask that is
    more than a week or a month ago by now. For one thread.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._pool: Pool | None = None
        self._mark = 0
        self._seen_at: datetime | None = None
        self._turns = Turns.none()
        self._changed, self._kept_at = 0, datetime.min.replace(tzinfo=UTC)
        self.words: dict[int, str] = {}
        """What volunteers wrote about themselves, by id; of those who wrote anything."""
        self.genders: dict[int, str] = {}
        """What volunteers said of themselves, by id; of those who said it."""

    def fresh(self, db: Session, now: datetime) -> Pool:
        """The pool as of now: all that was committed before this call is in it."""
        # Taken away while it is renewed: if that fails halfway, the next question loads everything.
        pool, self._pool = self._pool or self._taken_up(db), None
        if pool is None or self._seen_at is None or now < self._seen_at:
            return self._load(db, now)
        changes = changes_since(db, self._mark)
        if changes.mark < self._mark:  # another database stands in its place, or its journal was emptied
            return self._load(db, now)
        wanted = changes.volunteer_ids | self._turns.over(now)
        if len(wanted) > max(REBUILD_ABOVE, len(pool) // REBUILD_SHARE):
            return self._load(db, now)
        self._renew(pool, db, wanted, now)
        self._pool, self._mark, self._seen_at = pool, changes.mark, now
        self._changed += len(wanted)
        if self._changed >= KEPT_AFTER or (self._changed and now - self._kept_at >= KEPT_EVERY):
            self._keep(pool, db, now)
        return pool

    def _taken_up(self, db: Session) -> Pool | None:
        kept = read_pool(self._path) if self._path and self._seen_at is None else None
        if kept is None or not goes_on_from(db, kept.line, kept.mark):
            return None
        self._mark, self._turns = kept.mark, kept.turns
        self._seen_at = self._kept_at = kept.seen_at
        self.words, self.genders = words_written(db), genders_told(db)
        log.info("pool_taken_up", volunteers=len(kept.pool), kept_at=kept.seen_at.isoformat())
        return kept.pool

    def _keep(self, pool: Pool, db: Session, now: datetime) -> None:
        self._changed, self._kept_at = 0, now
        if self._path and len(pool) >= KEPT_FROM:
            write_pool(self._path, KeptPool(pool, self._turns, self._mark, newest_line(db), now))

    def _load(self, db: Session, now: datetime) -> Pool:
        # The mark first: what commits while we read is found again by the next look.
        mark = settled_mark(db)
        self._turns, self.words, self.genders = Turns.none(), {}, {}
        self._pool = Pool.from_offers((self._note(one) for one in all_offers(db, now)), now)
        self._mark, self._seen_at = mark, now
        log.info("pool_loaded", volunteers=len(self._pool))
        self._keep(self._pool, db, now)
        return self._pool

    def _note(self, one: OfferNow) -> VolunteerOffer:
        if one.turns_at is not None:
            self._turns.note(one.turns_at, one.offer.volunteer_id)
        self._note_beside(one.offer.volunteer_id, one.offer.words, one.gender)
        return one.offer

    def _note_beside(self, volunteer_id: int, words: str, gender: str) -> None:
        """What stands beside the pool; nothing of who said nothing, or left."""
        for known, said in ((self.words, words), (self.genders, gender)):
            known.pop(volunteer_id, None)
            if said:
                known[volunteer_id] = said

    def _renew(self, pool: Pool, db: Session, volunteer_ids: set[int], now: datetime) -> None:
        left = set(volunteer_ids)
        for one in offers_of(db, volunteer_ids, now):
            left.discard(one.offer.volunteer_id)
            pool.apply(self._note(one))
        for volunteer_id in left:
            pool.forget(volunteer_id)
            self._note_beside(volunteer_id, "", "")
