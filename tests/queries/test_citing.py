"""What to cite, in each style."""

import json
from pathlib import Path

import pytest

from comity.graph.curation import decide
from comity.graph.errors import UnknownName
from comity.graph.facts import read_facts
from comity.graph.loading import load
from comity.graph.model import Source
from comity.graph.slices import read_history, take
from comity.graph.statements import read_sources
from comity.graph.stores import open_store
from comity.queries.asking import question_of
from comity.queries.citing import citations, cite, live_sources, sources_of
from tests.graph.facts import reading, stated

DATA = Source(
    "set:a", "Treaties & more", publisher="A house", date="2002", version="5.1", url="https://example.org/a_b",
    citation="Author, A. 2002. Treaties & more.",
)  # fmt: skip
PAGE = Source("mine:page", "A page", publisher="A ministry", date="2016-10~")


def test_text_is_one_citation_a_line_and_each_once() -> None:
    assert cite([DATA, PAGE, DATA]) == "Author, A. 2002. Treaties & more.\nA ministry, “A page”, 2016-10~"


def test_bibtex_escapes_what_it_must() -> None:
    text = cite([DATA], "bibtex")
    assert isinstance(text, str)
    assert text.startswith("@misc{set:a,\n  title = {Treaties \\& more},")
    assert "year = {2002}" in text
    assert "url = {https://example.org/a\\_b}" in text


def test_csl_is_json_with_dates_as_parts() -> None:
    [item] = json.loads(json.dumps(cite([PAGE], "csl")))
    assert item == {
        "id": "mine:page", "type": "document", "title": "A page", "publisher": "A ministry", "issued": {"date-parts": [[2016]]},
    }  # fmt: skip


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(UnknownName, match="text, bibtex, csl"):
        cite([DATA], "mla")


def test_only_sources_of_ties_that_count_are_cited(tmp_path: Path) -> None:
    told = [
        stated("early", "FRA GBR", ["in_force 1900/1905"], source="a"),
        stated("late", "FRA GBR", ["in_force 1910-07-01/1912-06-30"], source="b"),
        stated("doubtful", "FRA ITA", ["in_force 1907~/1907~"], source="c"),
        stated("later-still", "FRA RUS", ["in_force 1950/.."], source="d"),
    ]
    with open_store(str(tmp_path / "store")) as store:
        load(store, reading(told))
        ties = read_history(store).ties

        def cited(*years: str, **how: str) -> list[str]:
            asked = [question_of(year, types="all", **how) for year in years]  # type: ignore[arg-type]
            found = citations(store, ties, asked)
            # The same as asking every tie in every year.
            counted = {
                source for tie in ties if any(one.counts(tie) for one in asked) for source in tie.sources
            }
            assert found == [read_sources(store)[id].cite() for id in sorted(counted)]
            return found

        assert len(cited("1904", "1907", "1911")) == 2
        assert len(cited("1904", "1907", "1911", certainty="possible")) == 3
        assert cited("1906", "1908", "1913") == []
        assert cited("1910", convention="first-day") == []
        assert len(cited("1910", convention="last-day")) == 1
        assert cited() == []


def test_who_decided_is_no_source(tmp_path: Path) -> None:
    told = [stated("pact", "FRA GBR", ["in_force 1900/.."]), stated("pact", "FRA GBR", ["in_force 1901/.."], source="b")]  # fmt: skip
    with open_store(str(tmp_path / "store")) as store:
        load(store, reading(told))
        decide(store, "test:pact", {"in_force": "1900"}, reason="the text", by="the desk")
        (fact,) = read_facts(store)
        assert (len(fact.statements), fact.sources) == (3, ("test:a", "test:b"))
        assert (set(live_sources(store)), sources_of(take(store, question_of("1950")))) == (
            {"test:a", "test:b"},
            {"test:a", "test:b"},
        )
