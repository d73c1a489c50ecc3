"""The site on a device: installed like an app, honest without connection, and a task that can be read on the way."""

import json
from datetime import datetime

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from leuvenhelpt.web.assets import STATIC, assets, version_of
from leuvenhelpt.web.current import runtime

KEEP = "Keep-On-Device"  # what worker.js obeys: seconds since 1970 until when it keeps a page, or "no"
NO = "no"


def manifest() -> ResponseReturnValue:
    """What a device has to know to install the site."""
    light, _dark = assets().palettes
    facts = {
        "name": runtime().city.service_name,
        "short_name": runtime().city.service_name,
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": light["ground"],
        "theme_color": light["surface"],
        "icons": [
            {"src": url_for("look", name="icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {**_picture(size), "purpose": purpose}
                for size in (192, 512)
                for purpose in ("any", "maskable")
            ),
        ],
    }
    return Response(json.dumps(facts, ensure_ascii=False), mimetype="application/manifest+json")


def _picture(size: int) -> dict[str, str]:
    address = url_for("look", name=f"icon-{size}.png")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png"}


def worker() -> ResponseReturnValue:
    """The script between the pages and the network, with what it keeps of this version of the site."""
    page = url_for("offline")
    shell = [
        page,
        url_for("look", name="site.css"),
        url_for("look", name="icon.svg"),
        url_for("static", filename="icons.svg"),
        url_for("static", filename="offline.js"),
    ]
    if assets().logo_width:
        shell.append(url_for("look", name="logo.svg"))
    version = version_of("".join([*shell, without_connection()]).encode())
    told = {"VERSION": version, "SHELL": shell, "OFFLINE": page}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in told.items()]
    script = "\n".join([*lines, (STATIC / "worker.js").read_text(encoding="utf-8")])
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


def without_connection() -> str:
    """What is shown when there is no connection. It knows nothing of who reads it: it stays on the device."""
    return render_template("public/offline.html")


def kept_until(moment: datetime | None) -> str:
    """The header that lets the worker keep a page until a moment; None: not, and not any longer."""
    return NO if moment is None else str(int(moment.timestamp()))
