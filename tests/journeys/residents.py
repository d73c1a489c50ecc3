"""Stories of people who ask for help, for themselves or another."""

from __future__ import annotations

from leuvenhelpt.bootstrap import Runtime
from leuvenhelpt.rendering.language import own_name
from leuvenhelpt.services import aftercare, matches
from leuvenhelpt.storage.models import HelpRequest
from tests import make, people
from tests.journeys.towns import work_off
from tests.journeys.ways import Way

AN = "an.peeters@post.example"
ADDRESS = "Naamsestraat 147, 3000"


def tell(way: Way, words: str, kind: str, *, start: str = "/hulp-vragen") -> None:
    """The words, and the kind of help that fits them."""
    way.go(start)
    way.write("words", words)
    way.press("Verder")
    way.choose("kind", kind)
    way.press("Verder")


def place(way: Way) -> None:
    """As soon as can be, at An's door."""
    way.choose("timing", "soon")
    way.write("address", ADDRESS)
    way.press("Verder")


def send(way: Way) -> str:
    """Check the answers and send them; where the page of the request stands."""
    way.press("Verder")
    way.press("Verstuur mijn vraag")
    assert "/vraag/" in way.path
    return way.path


def asked(way: Way) -> str:
    """An asks for groceries without a slip; where her page stands."""
    tell(way, "Brood en melk, mijn knie wil niet mee.", "groceries")
    place(way)
    way.write("person_name", "An Peeters")
    way.write("phone", "0470 12 34 56")
    return send(way)


def ask_with_slips(way: Way) -> str:
    """An asks, and forgets something on each page; where her page stands."""
    way.go("/")
    way.follow("Ik zoek hulp")
    way.press("Verder")  # no words: the kinds of help
    way.press("Verder")
    way.mend("kind")
    way.choose("kind", "groceries")
    way.press("Verder")
    way.choose("timing", "moments")
    way.press("Verder")
    way.mend("hours")
    way.tick("hours")
    way.mend("address")
    way.write("address", ADDRESS)
    way.press("Verder")
    way.write("person_name", "An Peeters")
    way.press("Verder")
    way.mend("phone")
    way.write("phone", "0470 12 34 56")
    way.write("email", AN)
    return send(way)


def asks_with_slips_and_says_how_it_went(way: Way, runtime: Runtime) -> None:
    people.vera(runtime, languages=(way.language,))  # who asks in a language is helped in it
    own_page = ask_with_slips(way)
    assert way.heading == way.say("Wij hebben uw vraag")
    work_off(runtime)
    with runtime.unit_of_work(make.VOLUNTEER) as uow:
        matches.accept(uow, 1)
        aftercare.finish(uow, 1)
    way.go(own_page)
    way.press("Ja, alles ging goed")
    way.press("Stuur mijn bedankje")
    way.mend("words")
    way.write("words", "Dank u, van harte.")
    way.press("Stuur mijn bedankje")
    assert way.heading == way.say("De hulp is gegeven")


def is_told_whom_to_ring(way: Way, runtime: Runtime) -> None:
    tell(way, "Mijn vader krijgt geen lucht en wil niet meer leven.", "company")
    place(way)
    way.write("person_name", "An Peeters")
    way.write("phone", "0470 12 34 56")
    send(way)


def asks_for_somebody_else(way: Way, runtime: Runtime) -> None:
    way.go("/")
    way.follow("Ik vraag het voor iemand anders")
    way.write("words", "Mijn moeder wil graag wat gezelschap.")
    way.press("Verder")
    way.choose("kind", "company")
    way.press("Verder")
    place(way)
    way.write("asker_name", "Noor Peeters")
    way.write("person_name", "An Peeters")
    way.write("phone", "0470 12 34 56")
    way.press("Verder")
    way.mend("agreed")
    way.tick("agreed")
    send(way)


def comes_back_to_what_was_begun(way: Way, runtime: Runtime) -> None:
    tell(way, "Brood en melk.", "groceries")
    way.go("/")
    way.press("Verder waar u was")
    place(way)
    assert way.heading == way.say("Hoe bereiken wij u?")
    way.press("Terug")
    assert way.heading == way.say("Wanneer en waar?")
    way.press("Wis wat ik schreef")
    way.go("/hulp-vragen")
    assert way.heading == way.say("Vertel in uw eigen woorden wat u kan helpen")


def changes_language_halfway(way: Way, runtime: Runtime) -> None:
    tell(way, "Brood en melk.", "groceries")
    way.write("address", ADDRESS)
    other = "fr" if way.language == "en" else "en"
    way.unfold("Taal:")
    way.press(own_name(other))
    way.language = other
    way.choose("timing", "soon")
    way.press("Verder")  # the address is still there
    assert way.heading == way.say("Hoe bereiken wij u?")


def hears_nothing(way: Way, runtime: Runtime) -> None:
    own_page = asked(way)
    way.press("Ik heb niets gehoord")
    way.go(own_page)
    assert way.say("Ik heb niets gehoord") not in way.text


def changes_and_withdraws(way: Way, runtime: Runtime) -> None:
    own_page = asked(way)
    way.follow("Iets veranderen")
    way.press("Wijzig")
    way.write("words", "Brood en melk.")
    way.press("Verder")
    way.press("Bewaar de wijziging")
    assert make.row_of(runtime, HelpRequest, 1).words == "Brood en melk."
    way.go(own_page)
    way.follow("Ik heb geen hulp meer nodig")
    way.press("Ja, trek in")
    assert make.row_of(runtime, HelpRequest, 1).state == "withdrawn"


def reports_a_concern(way: Way, runtime: Runtime) -> None:
    asked(way)
    way.follow("Voelt iets niet goed? Meld het ons.")
    way.press("Meld dit")
    way.mend("words")
    way.write("words", "Het voelde niet pluis.")
    way.press("Meld dit")
    assert way.heading == way.say("Dank u dat u dit meldt")
    way.go("/")
    way.follow("Meld een zorg")
    way.write("words", "Iemand vroeg mijn bankkaart.")
    way.press("Meld dit")
    assert way.heading == way.say("Dank u dat u dit meldt")
