"""Every message that can be queued reads well, leads somewhere, and tells its reader no more than it may."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.domain.errors import PermanentFailure
from leuvenhelpt.domain.kinds import TO_REQUESTER, Telling
from leuvenhelpt.domain.messages import Email
from leuvenhelpt.gateways.clock import SetClock
from leuvenhelpt.gateways.mailer import as_message
from leuvenhelpt.rendering.language import translations
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.rendering.messages import compose
from leuvenhelpt.services import accounts, aftercare, closing, matches, notifications, promises
from leuvenhelpt.storage.models import HelpRequest, Match, Notification
from leuvenhelpt.storage.queries.notifications import MessageFacts, message_facts
from leuvenhelpt.storage.unit_of_work import UnitOfWork
from leuvenhelpt.web.routes import TABLE
from tests import make, people
from tests.services.test_concerns import reported

PURPOSES = {
    **dict.fromkeys(TO_REQUESTER, Purpose.STATUS),
    **dict.fromkeys(set(Telling) - TO_REQUESTER, Purpose.TASK),
    Telling.ASK: Purpose.ASK,
    Telling.SIGN_IN: Purpose.SIGN_IN,
    Telling.CONFIRM_ADDRESS: Purpose.CONFIRM,
    Telling.STILL_WITH_US: Purpose.STAY,
}
WITHOUT_BUTTON = {Telling.ASK_FILLED, Telling.ASK_CANCELLED, Telling.TASK_CANCELLED}


NOT_FOR_LATER = re.compile(
    r"\b(?:gisteren|vandaag|morgen|(?:zon|maan|dins|woens|donder|vrij|zater)dag\b(?! \d))"
)


@pytest.fixture
def runtime(sqlite_url: str, tmp_path_factory: pytest.TempPathFactory, clock: SetClock) -> Iterator[Runtime]:
    from tests.runtimes import runtime_for, settings_for  # noqa: PLC0415

    built = runtime_for(settings_for(tmp_path_factory.mktemp("data"), sqlite_url), clock)
    yield built
    built.engine.dispose()


def facts_of(runtime: Runtime, kind: Telling) -> MessageFacts:
    """The facts of the newest message of a kind."""
    with runtime.reading() as db:
        facts = message_facts(db, make.notifications(runtime, kind)[-1].id, runtime.clock())
    assert facts is not None
    return facts


def sent(runtime: Runtime) -> None:
    """Every message that waits was sent."""
    for row in make.notifications(runtime):
        if row.state == "queued" and row.channel == "email":
            with runtime.unit_of_work(make.MACHINE) as uow:
                notifications.record_sent(uow, row.id)


def asked(runtime: Runtime) -> int:
    """Vera was asked to help An, and has the mail."""
    match_id = make.asked_match(runtime, make.located_request(runtime, people.an()), people.vera(runtime))
    sent(runtime)
    return match_id


def request_of(runtime: Runtime, match_id: int) -> int:
    return int(make.row_of(runtime, Match, match_id).help_request_id)


def come_about(runtime: Runtime, kind: Telling) -> MessageFacts:
    """Let happen what makes this message, and read its facts."""
    match_id = asked(runtime)
    if kind == Telling.ASK_FILLED:
        somebody_else_is_first(runtime)
    elif kind in {Telling.REQUEST_RECEIVED, Telling.CONFIRM_ADDRESS}:
        make.help_request(runtime, people.an(idempotency_key="another"))
        make.applicant(runtime)
    with runtime.unit_of_work(people.RESIDENT) as uow:
        if kind in AFTER_YES:
            matches.accept(uow, match_id)
        happen = deeds(uow, match_id, request_of(runtime, match_id))
        happen.get(kind, lambda: None)()
    return facts_of(runtime, kind)


AFTER_YES = {
    Telling.REQUEST_MATCHED,
    Telling.REQUEST_REOPENED,
    Telling.TASK_ACCEPTED,
    Telling.TASK_CANCELLED,
    Telling.AFTERCARE_REQUESTER,
    Telling.AFTERCARE_VOLUNTEER,
}


def deeds(uow: UnitOfWork, match_id: int, request_id: int) -> dict[Telling, Callable[[], None]]:
    """What is done so that a message is queued."""
    return {
        Telling.REQUEST_REJECTED: lambda: closing.reject(uow, request_id, words="Dit doet een dokter."),
        Telling.REQUEST_REFERRED: lambda: closing.refer(uow, request_id, service="gp", words="Bel hen."),
        Telling.REQUEST_UNRESOLVED: lambda: closing.give_up(uow, request_id, words="Het is vakantie."),
        Telling.STILL_LOOKING: lambda: promises.keep(uow, uow.session.get_one(HelpRequest, request_id)),
        Telling.MOMENT_PASSED: lambda: promises.keep(uow, once_past(uow, request_id)),
        Telling.ASK_CANCELLED: lambda: closing.withdraw(uow, request_id),
        Telling.TASK_CANCELLED: lambda: closing.withdraw(uow, request_id),
        Telling.REQUEST_REOPENED: lambda: matches.drop(uow, match_id),
        Telling.AFTERCARE_REQUESTER: lambda: aftercare.finish(uow, match_id),
        Telling.AFTERCARE_VOLUNTEER: lambda: aftercare.finish(uow, match_id),
        Telling.STILL_WITH_US: lambda: notifications.ask_to_stay(uow, vera_of(uow, match_id)),
        Telling.SIGN_IN: lambda: accounts.request_link(uow, email="vera@post.example"),
    }


def once_past(uow: UnitOfWork, request_id: int) -> HelpRequest:
    row = uow.session.get_one(HelpRequest, request_id)
    row.wanted_by = uow.now
    return row


def vera_of(uow: UnitOfWork, match_id: int) -> int:
    return int(uow.session.get_one(Match, match_id).volunteer_id)


def somebody_else_is_first(runtime: Runtime) -> None:
    """Wim and Otto were asked, both have the mail, and Otto says yes."""
    volunteer_ids = [people.wim(runtime), people.otto(runtime)]
    _wims, ottos = make.shortlist(runtime, make.located_request(runtime), volunteer_ids)
    sent(runtime)
    with runtime.unit_of_work(people.ANYBODY) as uow:
        matches.accept(uow, ottos)


def composed(runtime: Runtime, facts: MessageFacts) -> Email:
    return compose(facts, runtime.city, runtime.links)


def as_words(markup: str) -> str:
    """What a reader of the HTML reads, links by their address."""
    body = markup[markup.index("<body>") :]
    body = re.sub(r'<a class="button" href="([^"]+)">(.*?)</a>', r"\2: \1", body)
    body = re.sub(r'<a href="(http[^"]+)">(.*?)</a>', r"\2: \1", body)
    words = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(a|strong)\b[^>]*>", "", body)))
    return " ".join(words.split())


@pytest.mark.parametrize("kind", list(Telling))
def test_every_message_comes_about_and_reads_alike_in_text_and_html(runtime: Runtime, kind: Telling) -> None:
    facts = come_about(runtime, kind)
    assert not facts.is_stale
    email = composed(runtime, facts)
    assert (email.to, email.language) == (facts.to, "nl")
    assert 5 < len(email.subject) < 60
    assert max(len(line) for line in email.text.splitlines() if "http" not in line) <= 72
    plain = " ".join(email.text.split()).replace(" -- ", " ")
    assert as_words(email.html).casefold() == plain.casefold()
    as_message(email, "hallo@stad.example")


@pytest.mark.parametrize("kind", sorted(set(Telling) - WITHOUT_BUTTON))
def test_the_button_of_every_message_leads_where_it_says(runtime: Runtime, kind: Telling) -> None:
    facts = come_about(runtime, kind)
    found = re.search(rf"http://localhost/{PURPOSES[kind].value}/(\S+)", composed(runtime, facts).text)
    assert found
    about = facts.request or facts.task or facts.link
    assert about is not None
    assert runtime.links.read(PURPOSES[kind], found[1]) == about.public_id


@pytest.mark.parametrize("kind", list(Telling))
def test_every_message_says_where_to_report_a_concern_in_the_language_of_its_reader(
    runtime: Runtime, kind: Telling
) -> None:
    facts = come_about(runtime, kind)
    for language, words in (("nl", "Meld een zorg"), ("fr", translations("fr").gettext("Meld een zorg"))):
        email = composed(runtime, replace(facts, language=language))
        assert f"\n{words}: http://localhost/meld-een-zorg\n" in email.text
        assert f'<a href="http://localhost/meld-een-zorg">{words}</a>' in email.html
    assert ("/meld-een-zorg", "concern") in {(route.rule, route.endpoint) for route in TABLE}


@pytest.mark.parametrize("kind", list(Telling))
def test_no_subject_and_nothing_before_the_yes_tells_who_or_where(runtime: Runtime, kind: Telling) -> None:
    email = composed(runtime, come_about(runtime, kind))
    everything = email.text + email.html
    said = everything if kind not in TO_REQUESTER else email.subject
    assert [secret for secret in people.AN_SECRETS if secret in said or secret in email.subject] == []
    assert "Vera" not in email.subject


@pytest.mark.parametrize("kind", list(Telling))
def test_each_day_in_a_message_is_still_true_when_it_is_read_later(runtime: Runtime, kind: Telling) -> None:
    email = composed(runtime, come_about(runtime, kind))
    for said in (email.text, as_words(email.html)):
        assert NOT_FOR_LATER.findall(said) == []


def test_the_check_for_secrets_would_find_one(runtime: Runtime) -> None:
    email = composed(runtime, come_about(runtime, Telling.REQUEST_RECEIVED))
    assert "Peeters" in email.text


def test_an_ask_says_what_when_where_and_why_and_how_to_be_left_alone(runtime: Runtime) -> None:
    facts = come_about(runtime, Telling.ASK)
    email = composed(runtime, facts)
    assert email.subject == "Kunt u helpen? Boodschappen"
    for words in (
        "Wat: boodschappen doen",
        "Wanneer: zo snel het lukt, ten laatste donderdag 26 november",
        "Waar: Leuven centrum, op minder dan 1 km",
        "U bent nieuw.",
        "Antwoorden kan tot dinsdag 24 november 13.00 uur.",
    ):
        assert words in " ".join(email.text.split())
    assert facts.task is not None
    assert email.unsubscribe_url is not None
    token = email.unsubscribe_url.rsplit("/", 1)[1]
    assert runtime.links.read(Purpose.UNSUBSCRIBE, token) == facts.task.volunteer_public_id


def test_the_resident_learns_who_comes_and_by_which_word(runtime: Runtime) -> None:
    email = composed(runtime, come_about(runtime, Telling.REQUEST_MATCHED))
    word = make.row_of(runtime, HelpRequest, request_of(runtime, 1)).code_word
    for words in ("Wie komt: Vera Claes", "Telefoon: 0471 00 00 00", f"Codewoord: {word}", "bankkaart"):
        assert words in email.text


def test_while_a_concern_is_looked_into_nobody_says_that_more_are_asked(runtime: Runtime) -> None:
    more = "Wij vragen er nog meer."
    facts = come_about(runtime, Telling.STILL_LOOKING)
    assert f"Wij vroegen al 1 buur. {more}" in composed(runtime, facts).text
    reported(runtime, request_of(runtime, 1))
    email = composed(runtime, facts_of(runtime, Telling.STILL_LOOKING))
    assert "Wij vroegen al 1 buur." in email.text
    assert [part for part in (email.text, email.html) if more in part] == []


def test_who_asked_for_somebody_else_is_told_to_whom_the_word_goes(runtime: Runtime) -> None:
    pass_it_on = "Zeg dit codewoord ook aan An Peeters."
    assert pass_it_on not in composed(runtime, come_about(runtime, Telling.REQUEST_MATCHED)).text
    other = make.located_request(runtime, people.an(asker_name="Noor", idempotency_key="other"))
    make.accepted_match(runtime, other)
    email = composed(runtime, facts_of(runtime, Telling.REQUEST_MATCHED))
    assert pass_it_on in email.text
    assert pass_it_on in as_words(email.html)


def test_help_over_the_phone_speaks_of_no_address(runtime: Runtime) -> None:
    request = make.located_request(runtime, people.an(kind="phone_call"))
    make.accepted_match(runtime, request, people.vera(runtime))
    ask, accepted = (
        composed(runtime, facts_of(runtime, kind)) for kind in (Telling.ASK, Telling.TASK_ACCEPTED)
    )
    assert "Naam en telefoonnummer krijgt u pas als u ja zegt." in " ".join(ask.text.split())
    assert "Wie hulp vroeg, kent uw naam en telefoonnummer." in " ".join(accepted.text.split())
    assert "Naam en telefoonnummer staan niet in deze mail." in " ".join(accepted.text.split())
    written = [part for email in (ask, accepted) for part in (email.text, email.html)]
    assert [part for part in written if "adres" in part or "komt" in part] == []
    assert "Wie er helpt: Vera Claes" in composed(runtime, facts_of(runtime, Telling.REQUEST_MATCHED)).text


def test_a_message_keeps_its_id_over_every_attempt(runtime: Runtime) -> None:
    facts = come_about(runtime, Telling.ASK)
    ids = {composed(runtime, facts).message_id, composed(runtime, replace(facts, name="Vera")).message_id}
    assert ids == {composed(runtime, facts).message_id}
    assert composed(runtime, replace(facts, dedupe_key="another")).message_id not in ids


@pytest.mark.parametrize("to", ["vera@post.example\r\nBcc: x@evil.example", "a@post.example, b@evil.example"])
def test_a_second_recipient_never_slips_in(runtime: Runtime, to: str) -> None:
    facts = replace(come_about(runtime, Telling.ASK), to=to)
    with pytest.raises(PermanentFailure):
        as_message(composed(runtime, facts), "hallo@stad.example")


def test_what_somebody_typed_stays_text(runtime: Runtime) -> None:
    facts = replace(come_about(runtime, Telling.ASK), name="<b>Vera</b> & co")
    email = composed(runtime, facts)
    assert "Dag <b>Vera</b> & co," in email.text
    assert "Dag &lt;b&gt;Vera&lt;/b&gt; &amp; co," in email.html


def stale(runtime: Runtime, kind: Telling) -> bool:
    return facts_of(runtime, kind).is_stale


def test_what_is_not_true_any_more_is_not_sent(runtime: Runtime, clock: SetClock) -> None:
    match_id = asked(runtime)
    assert not stale(runtime, Telling.ASK)
    assert not stale(runtime, Telling.REQUEST_RECEIVED)
    clock.move(hours=20)
    assert stale(runtime, Telling.ASK), "the time to answer is over"
    clock.move(hours=-20)
    with runtime.unit_of_work(people.ANYBODY) as uow:
        matches.accept(uow, match_id)
    assert stale(runtime, Telling.ASK), "already answered"
    assert not stale(runtime, Telling.REQUEST_MATCHED)
    with runtime.unit_of_work(people.ANYBODY) as uow:
        matches.drop(uow, match_id)
    assert stale(runtime, Telling.REQUEST_MATCHED), "nobody comes any more"


def test_who_answered_is_not_asked_how_it_went(runtime: Runtime) -> None:
    match_id = make.done_match(runtime)
    assert not stale(runtime, Telling.AFTERCARE_REQUESTER)
    assert not stale(runtime, Telling.AFTERCARE_VOLUNTEER)
    with runtime.unit_of_work(people.RESIDENT) as uow:
        aftercare.answer_as_requester(uow, request_of(runtime, match_id), went_well=True)
        aftercare.answer_as_volunteer(uow, match_id, went_well=True)
    assert stale(runtime, Telling.AFTERCARE_REQUESTER)
    assert stale(runtime, Telling.AFTERCARE_VOLUNTEER)


def test_who_never_got_the_ask_does_not_hear_that_it_is_over(runtime: Runtime) -> None:
    match_id = make.asked_match(runtime)
    with runtime.unit_of_work(people.RESIDENT) as uow:
        closing.withdraw(uow, request_of(runtime, match_id))
    assert stale(runtime, Telling.ASK_CANCELLED)


def test_a_link_that_was_used_or_is_too_old_is_not_sent(runtime: Runtime, clock: SetClock) -> None:
    people.vera(runtime)
    with runtime.unit_of_work(people.RESIDENT) as uow:
        accounts.request_link(uow, email="vera@post.example")
    assert not stale(runtime, Telling.SIGN_IN)
    clock.now += timedelta(hours=1)
    assert stale(runtime, Telling.SIGN_IN)


def test_a_notification_that_is_not_there_has_no_facts(runtime: Runtime) -> None:
    with runtime.reading() as db:
        assert message_facts(db, 99, runtime.clock()) is None
        assert db.get(Notification, 99) is None
