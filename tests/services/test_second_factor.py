"""The six digits: once each, whoever is quicker."""

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.values import MACHINE
from leuvenhelpt.services import accounts
from tests import make
from tests.services.test_matches import at_once


def test_of_the_same_code_twice_at_once_one_is_good(runtime: Runtime) -> None:
    account, code, good = make.staff(runtime), make.totp_code(runtime), list[bool]()

    def signing_in() -> None:
        with runtime.unit_of_work(MACHINE) as uow:
            good.append(accounts.check_second_factor(uow, account, code=code))

    at_once([signing_in] * 8)
    assert sorted(good) == [False] * 7 + [True]


def test_digits_of_another_script_are_just_wrong(runtime: Runtime) -> None:
    account = make.staff(runtime)
    with runtime.unit_of_work(MACHINE) as uow:
        assert not accounts.check_second_factor(uow, account, code="١٢٣٤٥٦")
