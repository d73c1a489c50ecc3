"""The tables, one aggregate a file. Importing this package knows them all."""

from leuvenhelpt.storage.models.account import Account, SignInLink, SignInSession
from leuvenhelpt.storage.models.attention import Attention
from leuvenhelpt.storage.models.base import Base
from leuvenhelpt.storage.models.concern import Concern
from leuvenhelpt.storage.models.geocoder_answer import GeocoderAnswer
from leuvenhelpt.storage.models.help_request import HelpRequest
from leuvenhelpt.storage.models.journal import JournalEntry
from leuvenhelpt.storage.models.learned_yes import LearnedYes
from leuvenhelpt.storage.models.letterbox_card import LetterboxCard
from leuvenhelpt.storage.models.match import Match
from leuvenhelpt.storage.models.notification import Notification
from leuvenhelpt.storage.models.periodic import Heartbeat, PeriodicRun
from leuvenhelpt.storage.models.rather_not import RatherNot
from leuvenhelpt.storage.models.volunteer import Volunteer
from leuvenhelpt.storage.models.what_if import WhatIf

__all__ = [
    "Account",
    "Attention",
    "Base",
    "Concern",
    "GeocoderAnswer",
    "Heartbeat",
    "HelpRequest",
    "JournalEntry",
    "LearnedYes",
    "LetterboxCard",
    "Match",
    "Notification",
    "PeriodicRun",
    "RatherNot",
    "SignInLink",
    "SignInSession",
    "Volunteer",
    "WhatIf",
]
