"""The HTML page: one file with style, script, basemap and data inside and a policy that lets it ask nothing of anybody."""

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from string import Template
from typing import Any

SCRIPTS = (
    "page", "words", "time", "links", "sizing", "geometry", "view", "morph", "paint", "labels", "evidence", "standing",
    "search", "controls", "timeline", "table", "address", "cite", "drawing", "saving", "main",
)  # fmt: skip
"""The page's own scripts in the order in which they build on each other."""


def render(data: dict[str, Any]) -> str:
    """The page that shows the data. Equal data gives equal bytes."""
    library, script, style = _library(), _script(), asset("map.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {digest(library)} {digest(script)}",
            f"style-src {digest(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return Template(asset("template.html")).substitute(
        title=html.escape(data["title"]),
        policy=policy,
        style=style,
        library=library,
        script=script,
        data=as_script({name: value for name, value in data.items() if name != "evidence"}),
        evidence=as_script(data["evidence"]),
    )


def as_script(data: Any) -> str:
    """JSON that cannot end the script element it stands in, nor begin another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # A lone half of a surrogate pair is no character and has no UTF-8.
    return re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)


@cache
def _library() -> str:
    """vis-network as published, without the mark that makes debuggers look for its source map on disk."""
    return asset("vis-network.min.js").partition("//# sourceMappingURL")[0]


@cache
def _script() -> str:
    return "\n".join(('"use strict";', *(_without_comments(asset(f"js/{name}.js")) for name in SCRIPTS)))


def _without_comments(script: str) -> str:
    """A script without lines that are comments and without indents: no text in our scripts runs over several lines."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def asset(name: str) -> str:
    """A file of the assets' folder."""
    folder: Traversable = resources.files("comity.viz") / "assets"
    text = folder.joinpath(*name.split("/")).read_text(encoding="utf-8")
    # Browsers read every line end as a line feed before they hash.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def digest(text: str) -> str:
    """How a policy names the script or style that it allows."""
    hashed = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{hashed}'"
