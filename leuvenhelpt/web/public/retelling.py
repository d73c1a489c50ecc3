"""A help request turned back into what its forms would send, so that it can be changed."""

from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.availability import cells_of, in_brussels
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.storage.queries.status import Status
from leuvenhelpt.web.forms.ask import OTHER, SELF
from leuvenhelpt.web.forms.fields import Hours


def retold(facts: Status) -> MultiDict[str, str]:
    """What the three forms would have sent for these facts."""
    typed = MultiDict(
        {
            "words": facts.words,
            "kind": facts.kind,
            "whom": OTHER if facts.asker_name else SELF,
            "timing": facts.timing,
            "address": facts.address,
            "postcode": facts.postcode,
            "meant": facts.place_label,
            "person_name": facts.person_name,
            "asker_name": facts.asker_name,
            "phone": facts.phone,
            "email": facts.email,
            "gender_wish": facts.gender_wish,
        }
    )
    if facts.asker_name:
        typed["agreed"] = "y"
    if facts.timing == Timing.BEFORE:
        typed["before"] = in_brussels(facts.wanted_by).date().isoformat()
    if facts.timing == Timing.MOMENTS:
        typed.setlist("hours", [Hours.value(day, part) for day, part in cells_of(facts.hours)])
    typed.setlist("languages", list(facts.languages))
    return typed
