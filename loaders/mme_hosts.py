"""Which participants of an exercise are its hosts: those in whose country, by the words of its location, it was held.

Only what the words surely say counts. A place at sea, near a border or on the way from one place to another has no host, nor has one
whose words name another participant in a way that is not understood.
"""

import re
from collections.abc import Callable, Sequence

from comity.graph.crosswalk import crosswalk, fold
from comity.loaders.codes import Found, Unknown

Find = Callable[[str], Found | Unknown]
"""Looks up who has a name at the time of the exercise."""

_NOWHERE = re.compile(
    r"\b(?:sea|seas|ocean|oceans|waters|off|straits?|gulf|channel|bay of|border|borders|between|from|to|around|airspace over)\b",
    re.IGNORECASE,
)
"""Words by which a location is at sea, in more than one country, or beside the one it names."""

_APART = re.compile(r"[,;/()\[\]\n]|\b(?:and|in|over)\b|&", re.IGNORECASE)
"""What stands between pieces of a location; an airfield in Honduras is two, and so are the skies over Israel."""

_INSIDE = (
    re.compile(r"['’]s\s.*$", re.IGNORECASE),
    re.compile(
        r"^.*\b(?:part|parts|region|area|province|state|department|city|town|port|capital) of\s+(?=\S)",
        re.IGNORECASE,
    ),
)
"""What is taken away to get at what a place is in: Croatia's Slunj is in Croatia, and the department of Yoro in Yoro."""

_SIDE = re.compile(
    r"^(?:the\s+)?(?:(?:far|north|south|east|west|central|northern|southern|eastern|western|"
    r"(?:north|south)[- ]?(?:east|west)(?:ern)?)[- ]+)+",
    re.IGNORECASE,
)
"""Northern Norway lies in Norway."""

_SHORTEST = 4
"""Letters of a name that may stand for a country: shorter ones are states of the United States and other codes as well."""

_SHORT = frozenset({"uk", "usa", "us", "uae", "frg", "gdr"})

_NO_COUNTRY = frozenset({"america", "ireland"})
"""What is left of South America or of Northern Ireland once the side is taken away is another country."""

_PARTS = {
    "alaska": "United States",
    "california": "United States",
    "florida": "United States",
    "guam": "United States",
    "hawaii": "United States",
    "nevada": "United States",
    "new mexico": "United States",
    "north carolina": "United States",
    "puerto rico": "United States",
    "virginia": "United States",
    "england": "United Kingdom",
    "great britain": "United Kingdom",
    "northern ireland": "United Kingdom",
    "scotland": "United Kingdom",
    "wales": "United Kingdom",
    "new caledonia": "France",
    "new south wales": "Australia",
    "northern territory": "Australia",
    "queensland": "Australia",
    "western australia": "Australia",
    "british columbia": "Canada",
    "alberta": "Canada",
    "hokkaido": "Japan",
    "okinawa": "Japan",
}
"""Parts of countries that locations name instead of them, and that no other country has the name of."""


def hosts_of(location: str, actors: Sequence[str], find: Find) -> frozenset[str]:
    """Those of the actors in whose country the location lies, as far as its words are sure."""
    if _NOWHERE.search(location):
        return frozenset()
    hosts: set[str] = set()
    rest: list[str] = []
    for piece in _APART.split(location):
        actor = _country(piece, find)
        if actor in actors:
            hosts.add(actor)
        else:
            rest.append(piece)
    if hosts and any(_names(piece, actor) for piece in rest for actor in actors if actor not in hosts):
        return frozenset()
    return frozenset(hosts)


def _country(piece: str, find: Find) -> str:
    """The country that the piece of a location is, or is inside of; empty where it is none."""
    text = piece.strip(" .")
    low = text.casefold().removeprefix("the ")
    if low in _PARTS:
        return _found(_PARTS[low], find)
    if len(low) < _SHORTEST and low.replace(".", "") not in _SHORT:
        return ""
    actor = _found(text, find)
    if actor:
        return actor
    bare = _SIDE.sub("", text)
    if bare != text and bare.casefold() not in _NO_COUNTRY:
        return _country(bare, find)
    for pattern in _INSIDE:
        inside = pattern.sub("", text)
        if inside != text and (actor := _country(inside, find)):
            return actor
    return ""


def _found(name: str, find: Find) -> str:
    found = find(name)
    return found.actor if isinstance(found, Found) else ""


def _names(piece: str, actor: str) -> bool:
    """Whether some name of the actor stands among the words of the piece."""
    words = f" {fold(piece)} "
    return any(
        len(name.text) >= _SHORTEST and f" {fold(name.text)} " in words
        for name in crosswalk().actor(actor).names
    )
