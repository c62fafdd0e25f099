"""What Cypher and networkx both compute is the same number: on the alliances of 1914, and on random dated networks."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.graph.dates import When
from comity.graph.loading import load
from comity.graph.model import Statement
from comity.graph.slices import Question, take
from comity.graph.stores import Store
from comity.queries.defaults import default_types
from comity.queries.library import run
from comity.queries.measures import measure_of
from comity.queries.networks import to_networkx
from tests.graph.facts import reading, stated
from tests.queries.alliances import (
    BETWEENNESS_IN_DECEMBER,
    BETWEENNESS_IN_JULY,
    DECEMBER,
    FACTS_IN_JULY,
    HARMONIC_IN_JULY,
    JULY,
    PARTNERS_IN_DECEMBER,
    PARTNERS_IN_JULY,
    alliances,
    alliances_1914,
    day,
)

TWICE = (
    "degree", "strength", "harmonic", "closeness", "betweenness", "clustering", "constraint", "effective-size", "facts",
)  # fmt: skip
"""The measures that are also queries."""

DAY = date(1900, 6, 15)
ACTORS = ("DEU", "FRA", "GBR", "ITA", "RUS", "COW-AUH", "ROU")

# Some have expired by the day or have not begun; some may or may not hold on it; some have no end.
TIMES = (
    "1890-01-01/..",
    "1880/1899",
    "1895-03/1900-06",
    "1900-06-15/..",
    "1900/",
    "1900-06-16/1905",
    "1890~/1910",
    "1870/1900-06-14",
)


def facts() -> st.SearchStrategy[list[Statement]]:
    """Up to twelve agreements of two or three of seven actors: parallel ties, expired ones, doubtful ones."""
    one = st.tuples(
        st.lists(st.sampled_from(ACTORS), min_size=2, max_size=3, unique=True),
        st.sampled_from(TIMES),
        st.sampled_from(("defence", "entente")),
    )
    return st.lists(one, max_size=12).map(
        lambda drawn: [
            stated(f"fact-{place:02}", " ".join(parties), [f"in_force {when}"], types=[kind])
            for place, (parties, when, kind) in enumerate(drawn)
        ]
    )


def by_cypher(
    store: Store, name: str, day: date, types: str = "defence", possible: bool = False
) -> dict[str, float]:
    answer = run(store, name, {"day": day, "types": types, "possible": possible})
    return {row["actor"]: row[answer.query.name] for row in answer.rows}


def test_cypher_gives_the_values_worked_by_hand(store: Store) -> None:
    load(store, alliances_1914())
    assert by_cypher(store, "degree", JULY) == PARTNERS_IN_JULY
    assert by_cypher(store, "degree", DECEMBER) == PARTNERS_IN_DECEMBER
    assert by_cypher(store, "strength", JULY) == FACTS_IN_JULY
    assert by_cypher(store, "harmonic", JULY) == pytest.approx(HARMONIC_IN_JULY, abs=1e-9)
    assert by_cypher(store, "betweenness", JULY) == pytest.approx(BETWEENNESS_IN_JULY, abs=1e-9)
    assert by_cypher(store, "betweenness", DECEMBER) == pytest.approx(BETWEENNESS_IN_DECEMBER, abs=1e-9)


def test_both_count_the_same_where_layers_are_mixed(store: Store) -> None:
    drill = stated("drill", "GBR ITA", ["held 1914-07-28"], kind="drill", types=["sea"])
    load(store, reading([*alliances(), drill]))
    layers = ("agreement", "drill")
    question = Question(layers=layers, types=default_types(layers), as_of=day(JULY))
    computed = measure_of("degree").function(to_networkx(take(store, question)))
    answer = run(store, "degree", {"day": JULY, "layer": ",".join(layers)})
    assert {row["actor"]: row["degree"] for row in answer.rows} == computed
    assert computed["GBR"] == 5


def test_defence_counts_among_agreements_alone() -> None:
    assert default_types(["agreement"]) == ("defence",)
    assert default_types(["agreement", "drill"]) == default_types(["talks"]) == default_types([]) == ()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(told=facts(), types=st.sampled_from(("defence", "none")), possible=st.booleans())
def test_cypher_and_networkx_agree_on_dated_networks(
    store: Store, told: list[Statement], types: str, possible: bool
) -> None:
    load(store, reading(told))  # the same collection: each example takes the place of the one before
    question = Question(
        types=() if types == "none" else (types,),
        as_of=When.parse(DAY.isoformat()),
        certainty="possible" if possible else "certain",
    )
    graph = to_networkx(take(store, question))
    for name in TWICE:
        computed = measure_of(name).function(graph)
        assert by_cypher(store, name, DAY, types, possible) == pytest.approx(computed, abs=1e-9), name
