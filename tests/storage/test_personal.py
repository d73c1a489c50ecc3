"""Every column of every table is declared: erased when a person is forgotten, or kept for a reason that is said."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from leuvenhelpt.storage.models import Base
from leuvenhelpt.storage.personal import OF_NOBODY, OF_RESIDENT, OF_VOLUNTEER

LISTS = {"volunteer": OF_VOLUNTEER, "help_request": OF_RESIDENT}


@pytest.mark.parametrize("person", LISTS)
def test_every_column_is_either_erased_or_kept_for_a_reason(person: str) -> None:
    found, wanted = {}, {}
    for table, columns in LISTS[person].items():
        declared = [*columns.erased, *(name for names in columns.kept.values() for name in names)]
        found[table.__tablename__] = sorted(declared)
        wanted[table.__tablename__] = sorted(table.__table__.columns.keys())
    assert found == wanted


@pytest.mark.parametrize("person", LISTS)
def test_every_table_that_hangs_on_a_person_is_on_the_list(person: str) -> None:
    listed = set(LISTS[person]) | set(OF_NOBODY)
    hanging = {
        mapper.class_
        for mapper in Base.registry.mappers
        if {person, f"{person}_id"} & {mapper.class_.__tablename__, *mapper.columns.keys()}
    }
    assert {table.__tablename__ for table in hanging - listed} == set()


def test_every_table_tells_of_somebody_or_of_nobody() -> None:
    listed: Mapping[type[Base], object] = {**OF_VOLUNTEER, **OF_RESIDENT, **OF_NOBODY}
    assert {table.__tablename__ for table in listed} == set(Base.metadata.tables)
    assert all(OF_NOBODY.values())


def test_every_reason_is_said() -> None:
    assert all(reason for lists in LISTS.values() for columns in lists.values() for reason in columns.kept)
