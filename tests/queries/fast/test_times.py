from dataclasses import replace
from datetime import date, timedelta

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.dates import LAST_DAY, When
from comity.graph.slices import CONVENTIONS, ActorNode, Question, Slice
from comity.graph.ties import Tie
from comity.queries.fast.networks import Networks
from comity.queries.fast.times import networks_at
from comity.queries.networks import Network, to_networkx

ACTORS = {actor: ActorNode(actor, "Country", actor) for actor in ("DEU", "FRA", "GBR", "RUS", "USA")}

DAYS = st.dates(date(1900, 1, 1), date(1904, 12, 31))


@st.composite
def ties(draw: st.DrawFn) -> Tie:
    """A tie between 1900 and 1904, or without end; its beginning and its end may be doubtful."""
    left, right = sorted(draw(st.lists(st.sampled_from(sorted(ACTORS)), min_size=2, max_size=2, unique=True)))
    begin = sorted((draw(DAYS), draw(DAYS)))
    end = draw(
        st.just([LAST_DAY, LAST_DAY])
        | st.lists(DAYS, min_size=2, max_size=2).map(lambda two: sorted([*two, begin[1]])[1:])
    )
    types = draw(st.sampled_from([("defence",), ("entente",), ("defence", "entente")]))
    return Tie(
        draw(st.sampled_from("abc")), "agreement", left, right, False, types, "in_force", draw(st.integers(0, 9)) > 0,
        When.of((begin[0], begin[1]), (end[0], end[1])), "every-pair", ("s",), types, draw(st.integers(0, 9)) == 0,
    )  # fmt: skip


QUESTIONS = st.builds(
    lambda types, certainty, convention: Question(
        types=types, certainty=certainty, convention=convention, as_of=When.parse("1900")
    ),
    st.sampled_from([(), ("defence",)]),
    st.sampled_from(["certain", "possible"]),
    st.sampled_from(sorted(CONVENTIONS)),
)


def graph_of(networks: Networks, row: int) -> Network:
    graph: Network = nx.Graph()
    for (left, right), weight in zip(networks.pairs.tolist(), networks.weights[row].tolist(), strict=True):
        if weight:
            graph.add_edge(networks.actors[left], networks.actors[right], weight=weight)
    return graph


def weights(graph: Network) -> dict[frozenset[str], int]:
    return {frozenset((left, right)): data["weight"] for left, right, data in graph.edges(data=True)}


@given(given=st.lists(ties(), max_size=12), question=QUESTIONS, daily=st.booleans())
def test_each_network_is_that_of_its_slice(given: list[Tie], question: Question, daily: bool) -> None:
    if daily:
        days = [date(1899, 12, 31) + timedelta(days=150 * step) for step in range(14)]
        questions = [question.within(day, day) for day in days]
    else:
        questions = [question.within(date(year, 1, 1), date(year, 12, 31)) for year in range(1899, 1906)]
    networks = networks_at(given, questions)
    assert list(networks.actors) == sorted(networks.actors)
    assert (networks.pairs[:, 0] < networks.pairs[:, 1]).all()
    for row, asked in enumerate(questions):
        slice = Slice(asked, tuple(tie for tie in given if asked.counts(tie)), {}, ACTORS)
        assert weights(graph_of(networks, row)) == weights(to_networkx(slice))


def test_a_fact_counts_once_though_it_has_ties_in_both_directions() -> None:
    one = Tie(
        "a", "agreement", "FRA", "RUS", True, ("defence",), "in_force", True, When.parse("1900-01-01/1901-12-31"),
        "pledges", ("s",), ("defence",),
    )  # fmt: skip
    later = replace(one, left="RUS", right="FRA", when=When.parse("1901-06-01/1902-12-31"))
    questions = [Question(as_of=When.parse(str(year))) for year in (1900, 1901, 1902, 1903)]
    assert networks_at([one, later], questions).weights[:, 0].tolist() == [1, 1, 1, 0]


def test_no_question_no_network_and_no_tie_no_actor() -> None:
    assert len(networks_at([], [])) == 0
    networks = networks_at([], [Question(as_of=When.parse("1900"))])
    assert (len(networks), networks.actors) == (1, ())
