"""How a browser asks: parse, one service call or one read, then a page or a redirect."""

from leuvenhelpt.web.app import create_app

__all__ = ["create_app"]
