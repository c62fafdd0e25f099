"""Facts by words of their titles, for who writes a few letters into the search box, and for assistants."""

from dataclasses import dataclass

from comity.graph.slices import today
from comity.graph.stores.base import Row, Store
from comity.queries.rules import rules

MOST = 40
"""Facts that are shown of those found, unless another number is asked for."""

WORDS = 12
"""Words of what is looked for that count: no title needs more."""


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact that was found."""

    id: str
    kind: str
    title: str
    status: str
    parties: int


def find_facts(store: Store, text: str, most: int = MOST) -> tuple[list[FoundFact], bool]:
    """Facts one of whose titles has every word of the text, or whose id it is, and whether there are more than are given."""
    wanted = text.lower().split()[:WORDS]
    if not wanted:
        return [], False
    rows: list[Row] = store.read(
        "MATCH (f:Fact) WHERE f.id = $text OR any(title IN f.titles WHERE all(word IN $words WHERE toLower(title) CONTAINS word)) "
        "OPTIONAL MATCH (f)-[p:PARTY]->() RETURN f.id AS id, f.kind AS kind, f.title AS title, "
        f"{rules()['status_on_day']} AS status, "
        "count(p) AS parties ORDER BY id LIMIT $most",
        {"text": text, "words": wanted, "most": most + 1, "day": today().earliest_begin},
    )
    return [FoundFact(**row) for row in rows[:most]], len(rows) > most
