"""An application over a fresh database, and a client that checks what it gets."""

from tests.apps import app, client, runtime

__all__ = ["app", "client", "runtime"]
