"""What a panel costs: seven measures of the ATOP network, all pledges, in each of 204 years and on every day on which it changes,
against the loops of igraph, rustworkx and networkx, all in one run.

Everyone starts from a list of ties. comity's is that of the record, all ties of all years with their dates; the others are spared
finding out which ties hold when, and get for each network its actors as numbers and every pair once. The best of several rounds
counts, as the machine disturbs but never helps, and values are compared before times are taken.

    python -m benchmarks.panel [panel|doubt|growth|million ...]
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks import growth
from benchmarks.contenders import SEVEN, Edges, Loop, by_igraph, by_networkx, by_rustworkx, edges_of
from benchmarks.doubt import by_year
from benchmarks.figures import report, timed
from comity.graph.dates import LAST_DAY, When, day_after
from comity.graph.loading import load
from comity.graph.reading import Reading
from comity.graph.slices import History, Question, read_history
from comity.graph.stores import open_store
from comity.queries.doubt.choices import choices_of
from comity.queries.doubt.model import Choices, Settlements, everything, sampled
from comity.queries.doubt.ranges import SAMPLES
from comity.queries.fast.engine import compute
from comity.queries.fast.networks import Networks
from comity.queries.fast.times import networks_at
from comity.queries.measures import measure_of
from comity.queries.panels import panel
from tests import published

FIRST, LAST = 1815, 2018
ROUNDS = 15
IN_DOUBT = ("degree", "eigenvector")


def main() -> None:
    """Measure and print."""
    parts = sys.argv[1:] or ["panel", "doubt", "growth", "million"]
    data = Path(os.environ["COMITY_DATA"])
    if "panel" in parts:
        history = _history(published.atop(data))
        _panel(history)
        _changes(history)
    if "doubt" in parts:
        _doubt(published.atop(data))  # whose records can be gone through once
    if "growth" in parts:
        growth.random_networks()
        growth.events(data / "events" / "icews_events_named.csv.gz")
    if "million" in parts:
        growth.million()


def _history(reading: Reading) -> History:
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/store") as store:
        load(store, reading)
        return read_history(store, ("agreement",))


def _yearly() -> list[Question]:
    asked = Question(as_of=When.parse(str(FIRST)))
    return [asked.within(date(year, 1, 1), date(year, 12, 31)) for year in range(FIRST, LAST + 1)]


def _panel(history: History) -> None:
    questions = _yearly()
    networks = networks_at(history.ties, questions)
    edges = _edges(networks)
    of = f"{len(questions)} years of ATOP, all pledges, {len(networks.pairs)} pairs of {networks.size} actors, {len(SEVEN)} measures"
    loops = {"igraph": by_igraph, "rustworkx": by_rustworkx, "networkx": by_networkx}
    for name, loop in loops.items():
        found = loop(edges)
        _compare(networks, edges, found)
        if name != "igraph":
            report(f"panel_eigenvectors_not_found_by_{name}", found.not_found, "years", of)
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in loops}
    for turn in range(ROUNDS):
        ours.append(timed(_seven, history, questions))
        for name, loop in loops.items():
            if turn < (2 if name == "networkx" else 7):
                theirs[name].append(timed(loop, edges))
    report("panel_seconds", min(ours), "s", of)
    for name, times in theirs.items():
        report(f"panel_{name}_seconds", min(times), "s", of)
        report(f"panel_ratio_to_{name}", min(ours) / min(times), "ratio", of)


def _changes(history: History) -> None:
    """On the days on which an alliance began or ended, and on those on which any of its ties did, as members come and go too."""
    yearly = _yearly()
    alliances = _days(fact.span for fact in history.facts if fact.span)
    ties = _days(tie.when for tie in history.ties if tie.in_effect)
    asked = {
        "alliances": [yearly[0].within(day, day) for day in alliances],
        "ties": [yearly[0].within(day, day) for day in ties],
    }
    year: list[float] = []
    days: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        year.append(timed(_seven, history, yearly))
        for name, questions in asked.items():
            days[name].append(timed(_seven, history, questions))
    for name, questions in asked.items():
        networks = networks_at(history.ties, questions)
        of = f"the yearly panel; {len(questions)} days on which {name} of ATOP began or ended, {len(networks.distinct()[0])} different networks"
        report(f"panel_change_of_{name}_ratio_to_yearly", min(days[name]) / min(year), "ratio", of)
        report(f"panel_change_of_{name}_seconds", min(days[name]), "s", of)
    edges = _edges(networks_at(history.ties, asked["alliances"]))
    igraph = min(timed(by_igraph, edges) for _ in range(2))
    report(
        "panel_change_of_alliances_ratio_to_igraph",
        min(days["alliances"]) / igraph,
        "ratio",
        "its loop over the same days",
    )
    for number in (50, 100, 200, 400, len(alliances)):
        some = asked["alliances"][-number:]  # the last ones, as networks of early days are small
        took = min(timed(_seven, history, some) for _ in range(3))
        report(f"panel_of_the_last_{number}_changes_seconds", took, "s", "growth with the number of changes")


def _days(spans: Iterable[When]) -> list[date]:
    days = set()
    for when in spans:
        days.add(when.earliest_begin)
        if when.latest_end != LAST_DAY:
            days.add(day_after(when.latest_end))
    return sorted(day for day in days if date(FIRST, 1, 1) <= day <= date(LAST, 12, 31))


def _doubt(reading: Reading) -> None:
    """Degree and eigenvector of the whole panel with the range of every value and rank, of ATOP with no more than its years."""
    history = _history(by_year(reading))
    # On the first day of a year everything that began in it is in doubt, where only years are known.
    question = Question(convention="first-day")
    measures = [measure_of(name) for name in IN_DOUBT]
    plain_panel = panel(history, question, measures, FIRST, LAST)
    possible = [replace(period.of(question), certainty="possible") for period in plain_panel.periods]
    drawn = [_settled(choices_of(history.at(each))[0]) for each in possible]
    of = (
        f"the same panel without doubt; {sum(choices.number > 0 for choices, _ in drawn)} of {len(drawn)} years are in doubt, "
        f"{SAMPLES} samples"
    )

    def measured() -> None:
        for choices, settlements in drawn:
            compute(choices.networks(settlements), IN_DOUBT)

    plain = min(timed(panel, history, question, measures, FIRST, LAST) for _ in range(ROUNDS))
    alone = min(timed(measured) for _ in range(3))
    ours = min(timed(lambda: panel(history, question, measures, FIRST, LAST, doubt=True)) for _ in range(2))
    report("panel_doubt_measures_alone_ratio_to_plain", alone / plain, "ratio", of)
    report("panel_doubt_ratio_to_plain", ours / plain, "ratio", of)
    report("panel_doubt_seconds", ours, "s", of)


def _settled(choices: Choices) -> tuple[Choices, Settlements]:
    """The settlements that doubt tries: all, or a sample."""
    few = choices.number <= 30 and 1 << choices.number <= SAMPLES
    return choices, everything(choices.number) if few else sampled(choices, SAMPLES, 0)


def _edges(networks: Networks) -> list[Edges]:
    return [
        edges_of([(left, right) for left, right in networks.pairs[tied].tolist()]) for tied in networks.tied
    ]


def _compare(networks: Networks, edges: Sequence[Edges], loop: Loop) -> None:
    """That the loop computes the same, but for eigenvectors, which differ in disconnected networks."""
    ours = compute(networks, SEVEN)
    for row, (_, values) in enumerate(zip(edges, loop.values, strict=True)):
        members = networks.members()[row]
        for name, theirs in values.items():
            if name != "eigenvector":
                near = 1e-4 if name == "pagerank" else 1e-7  # to which theirs is computed
                np.testing.assert_allclose(ours[name][row][members], theirs, rtol=0, atol=near)


def _seven(history: History, questions: Sequence[Question]) -> object:
    return compute(networks_at(history.ties, questions), SEVEN)


if __name__ == "__main__":
    main()
