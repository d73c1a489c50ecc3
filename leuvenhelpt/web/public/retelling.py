"""A help request turned back into what its forms would send, so that it can be changed."""

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from leuvenhelpt.domain.availability import cells_of, in_brussels
from leuvenhelpt.domain.kinds import Timing
from leuvenhelpt.domain.values import PlaceLevel
from leuvenhelpt.storage.queries.status import Status
from leuvenhelpt.web.forms.ask import OTHER, SELF
from leuvenhelpt.web.forms.fields import Hours
from leuvenhelpt.web.forms.setting import Setting
from leuvenhelpt.web.public.ask import setting


def setting_of(facts: Status) -> Setting:
    """The world as forms see it; an address that a coordinator put on the map is not asked about again."""
    is_by_hand = facts.place_level == PlaceLevel.BY_HAND
    return replace(setting(), settled=(facts.address, facts.postcode) if is_by_hand else None)


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
