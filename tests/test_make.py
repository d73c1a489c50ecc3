"""The builders make what they say, on both databases."""

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.services import accounts
from leuvenhelpt.storage.models import HelpRequest, Match, Volunteer
from tests import make, people


def test_each_builder_makes_what_its_name_says(runtime: Runtime) -> None:
    assert make.row_of(runtime, HelpRequest, make.help_request(runtime, people.an())).state == "submitted"
    assert make.row_of(runtime, HelpRequest, make.located_request(runtime)).state == "open"
    assert make.row_of(runtime, HelpRequest, make.located_request(runtime, place=None)).state == "in_review"
    assert (
        make.row_of(runtime, HelpRequest, make.located_request(runtime, kind="company")).state == "in_review"
    )
    assert make.row_of(runtime, Volunteer, make.applicant(runtime)).state == "applied"
    assert make.row_of(runtime, Volunteer, people.vera(runtime, vetting=2)).vetting == 2
    assert make.row_of(runtime, Match, make.asked_match(runtime)).state == "asked"
    assert make.row_of(runtime, Match, make.accepted_match(runtime)).state == "accepted"
    assert make.row_of(runtime, Match, make.done_match(runtime)).state == "done"


def test_staff_can_sign_in_with_what_the_builder_gave(runtime: Runtime) -> None:
    account_id = people.stef(runtime)
    with runtime.unit_of_work(make.RESIDENT) as uow:
        account = accounts.check_password(uow, email="stef@stad.example", password=make.PASSWORD)
        assert account is not None
        assert account.id == account_id
        assert accounts.check_second_factor(uow, account_id, code=make.totp_code(runtime))
