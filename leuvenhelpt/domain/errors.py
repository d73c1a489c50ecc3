"""The one tree of errors. Temporary or permanent is a class, never a flag."""


class LeuvenHelptError(Exception):
    """Whatever this system raises on purpose."""


class ConfigurationError(LeuvenHelptError):
    """The installation cannot start; the message lists everything that is wrong, a line each."""


class NotFound(LeuvenHelptError):
    """There is no such row, or this reader may not know of it. Answered with 404."""


class Refused(LeuvenHelptError):
    """It exists but may not happen now. Answered with 409 and what to do next.

    `code` names the refusal for the page that explains it; see rendering/refusals.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SomebodyWasFirst(Refused):
    """A step found the row in another state than it needs: somebody else took one before."""


class TooOften(Refused):
    """The same was asked for too often within the hour. Answered with 429."""


class GatewayFailure(LeuvenHelptError):
    """The world outside did not do what we asked."""


class TemporaryFailure(GatewayFailure):
    """Trying again later may help."""


class PermanentFailure(GatewayFailure):
    """Trying again cannot help; a person must look."""
