"""Which sources are loaded, of which layers and which time each of them tells, and which of them an answer uses.

Outside the time of which any of them tells there is no data, which is not the same as no ties.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from comity.graph.accounts import DECISION
from comity.graph.dates import When
from comity.graph.errors import ChooseSource, NoData, UnknownName
from comity.graph.model import DOSSIERS
from comity.graph.statements import described_on, live_on
from comity.graph.stores.base import Store

Coverage = Mapping[str, Mapping[str, str]]
"""For each kind the sources that tell of it, and of which time (EDTF; empty where they do not say)."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A source that is loaded: its id, its collection, whether that is a data set (else a dossier), a kind and of which time it tells."""

    id: str
    collection: str
    data_set: bool
    kind: str = ""
    coverage: str = ""


def coverage_of(loaded: Iterable[Loaded], chosen: Iterable[str] | None = None) -> Coverage:
    """Of which kinds and times these collections or sources tell; None: all that are loaded."""
    names, found = set(chosen or ()), dict[str, dict[str, str]]()
    for source in loaded:
        if chosen is None or {source.id, source.collection} & names:
            found.setdefault(source.kind, {})[source.id] = source.coverage
    return found


def untold(coverage: Coverage, layers: Iterable[str], first: date, last: date) -> list[str]:
    """The layers of which some source tells, but none at any time of the span."""
    return [
        layer
        for layer in layers
        if layer in coverage
        and not any(
            not span or When.parse(span).possibly_within(first, last) for span in coverage[layer].values()
        )
    ]


def check_told(coverage: Coverage, layers: Iterable[str], first: date, last: date, when: str) -> None:
    """`NoData` where of a layer no source tells at any time of the span, which `when` writes."""
    for layer in untold(coverage, layers, first, last):
        raise NoData(
            f"nobody tells of {layer} in {when}: {told_of(coverage, [layer])}; ask for a time of which they tell"
        )


def told_of(coverage: Coverage, layers: Iterable[str]) -> str:
    """In words, which sources tell of these layers, and of which time."""
    spans = {source: span for layer in layers for source, span in coverage.get(layer, {}).items()}
    return ", ".join(f"{source} of {span}" for source, span in sorted(spans.items())[:5])


def choose_sources(
    loaded: Iterable[Loaded], sources: Sequence[str], layers: Sequence[str]
) -> tuple[str, ...]:
    """The collections or sources that a slice uses.

    Those that were asked for; else of each kind all dossiers where no data set covers it; else the one data set, where there is no
    dossier. The same alliance coded by several of them is several facts, so otherwise nothing is chosen silently:
    `ChooseSource` lists what there is.
    """
    loaded = list(loaded)
    dossiers = sorted({source.collection for source in loaded if not source.data_set})
    data_sets = sorted({source.collection for source in loaded if source.data_set})
    if sources:
        names = {name for source in loaded for name in (source.collection, source.id)}
        unknown = [name for name in sources if name not in names | {DOSSIERS}]
        if unknown:
            raise UnknownName(
                f"loaded source of {_listed(layers)}", unknown[0], [*dossiers, *data_sets, DOSSIERS]
            )
        chosen = {name for name in sources if name != DOSSIERS}
        return tuple(sorted(chosen.union(dossiers if DOSSIERS in sources else ())))
    _check_once(loaded)
    return tuple(sorted({*dossiers, *data_sets}))


def _check_once(loaded: Sequence[Loaded]) -> None:
    """`ChooseSource` where a kind is covered by several data sets, or by dossiers and a data set."""
    covering: dict[str, set[str]] = {}
    for source in loaded:
        covering.setdefault(source.kind, set()).add(source.collection if source.data_set else DOSSIERS)
    twice = sorted(kind for kind, names in covering.items() if len(names) > 1)
    if not twice:
        return
    names = set[str]().union(*(covering[kind] for kind in twice))
    choices = sorted(names - {DOSSIERS})
    if DOSSIERS in names:
        dossiers = {source.collection for source in loaded if source.kind in twice and not source.data_set}
        choices.insert(0, f"{DOSSIERS} ({', '.join(sorted(dossiers))})")
    raise ChooseSource(
        f"several sources cover {_listed(twice)}, and the same fact in two of them would count twice: "
        f"choose with --source one of {', '.join(choices)}"
    )


def loaded_sources(store: Store, layers: Sequence[str], known_on: date | None = None) -> list[Loaded]:
    """The sources that speak of these kinds, each with each kind, now or at the end of a day in the past of the record."""
    query = (
        "MATCH (s:Statement) WHERE ($past OR s.live) AND (size($kinds) = 0 OR s.kind IN $kinds) AND s.method <> $decision "
        "RETURN s.source AS id, s.collection AS collection, s.method = 'table' AS data_set, s.kind AS kind, "
    )
    parameters = {"kinds": list(layers), "past": known_on is not None, "decision": DECISION}
    if known_on is None:
        rows = store.read(query + "count(*) AS n", parameters)
    else:
        rows = [
            row
            for row in store.read(query + "collect([s.opened, s.closed]) AS lives", parameters)
            if any(live_on(opened, closed, known_on) for opened, closed in row["lives"])
        ]
    described = store.read("MATCH (s:Source) RETURN s.id AS id, s.coverage AS coverage, s.earlier AS earlier")
    spans = {row["id"]: described_on(row, known_on).get("coverage") for row in described}
    return [
        Loaded(row["id"], row["collection"], row["data_set"], row["kind"], spans.get(row["id"]) or "")
        for row in rows
    ]


def _listed(layers: Sequence[str]) -> str:
    return " and ".join(layers) or "anything"
