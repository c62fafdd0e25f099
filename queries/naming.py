"""Which actor of a store someone means who writes an id, a code or a name."""

from collections.abc import Mapping
from datetime import date

from comity.graph.crosswalk import SYSTEMS, crosswalk, fold
from comity.graph.dates import When
from comity.graph.errors import AmbiguousActor, UnknownActor
from comity.graph.slices import today
from comity.graph.stores.base import Row, Store


def actor_id(store: Store, text: str, on: date | When | None = None) -> str:
    """The id of the one actor that the text means on the date (today, unless given).

    An id comes first; then a code with its system (`cow:255`); then every name and code, those of the crosswalk and
    those of actors that only a dossier knows. What nobody is called on the date is looked for at all times. `AmbiguousActor` lists
    all candidates, `UnknownActor` says what may have been meant.
    """
    if text in crosswalk():
        return text
    own = _nodes(store)
    if text in own:
        return text
    system, colon, code = text.partition(":")
    if colon and system in SYSTEMS:
        return crosswalk().one(code, on or today(), system).id
    for when in (on or today(), None):
        found = _called(own, text, when)
        if len(found) == 1:
            return next(iter(found))
        if found:
            several = ", ".join(f"{id} ({name})" for id, name in sorted(found.items()))
            raise AmbiguousActor(f"{text!r} names {several}; write the id of the one that is meant")
    try:
        return crosswalk().one(text).id
    except UnknownActor as error:
        raise UnknownActor(f"{error}; `comity find TEXT` looks a name or code up") from None


def called(store: Store, text: str, on: date | When | None = None) -> dict[str, str]:
    """The name of every actor that the text may mean on the date (at any time, unless given), by id; none where nobody is called so."""
    return _called(_nodes(store), text, on)


def _called(own: Mapping[str, Row], text: str, on: date | When | None) -> dict[str, str]:
    found = {actor.id: actor.name for actor in crosswalk().lookup(text, on)}
    return found | {
        id: row["name"]
        for id, row in own.items()
        if id not in crosswalk() and fold(text) in map(fold, (id, row["name"], *row["names"]))
    }


def _nodes(store: Store) -> dict[str, Row]:
    """The actors of the store by id."""
    query = "MATCH (a:{label}) RETURN a.id AS id, a.name AS name, coalesce(a.names, []) AS names"
    return {
        row["id"]: row
        for label in ("Country", "Organization")
        for row in store.read(query.format(label=label))
    }
