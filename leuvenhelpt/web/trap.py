"""A field that people do not see: a machine fills it in, and so does what fills in forms for people."""

from flask import request

TRAP = "website"


def is_filled() -> bool:
    """Whether to ask once more; the page that does so is without the field, and what it sends counts."""
    return bool(request.form.get(TRAP))
