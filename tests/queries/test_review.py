from pathlib import Path

import pytest

from comity.graph.curation import judge
from comity.graph.errors import InputError
from comity.graph.facts import read_facts
from comity.graph.identity import Verdict
from comity.graph.loading import load
from comity.graph.stores import Store
from comity.loaders.dossier import read_dossier
from comity.queries.matching import assign, propose
from comity.queries.review import read_decisions, side_by_side, to_judgements, write_proposals
from tests.queries.test_matching import ACSA, DOSSIERS, DRILL, facts_of


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "review.csv"
    path.write_bytes(write_proposals(propose(facts_of("ministry", "press"))).encode())
    return path


def test_a_file_that_is_filled_in_comes_back_as_judgements(written: Path) -> None:
    assert read_decisions(written, by="Ann") == []
    text = written.read_text(encoding="utf-8")
    filled = text.replace(f"{ACSA[0]},{ACSA[1]},,", f"{ACSA[0]},{ACSA[1]},same,one signing")
    assert filled != text
    written.write_text(filled, encoding="utf-8")
    (judgement,) = read_decisions(written, by="Ann")
    assert (judgement.pair, judgement.verdict, judgement.by, judgement.reason) == (
        ACSA,
        Verdict.SAME,
        "Ann",
        "one signing",
    )
    assert judgement.confidence == 1.0
    assert any("the same day" in text for text in judgement.evidence)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("left,right\na,b\n", ":1: the column verdict is missing"),
        (
            "left,right,verdict\na:b,a:c,perhaps\n",
            ":2: the verdict 'perhaps' is none; write same, different, unsure",
        ),
        ("left,right,verdict\na:b,a:b,same\n", ":2: a:b is given twice"),
        ("left,right,verdict\n,a:b,same\n", ":2: left is empty"),
        ("left,right,verdict,confidence\na:b,a:c,same,much\n", ":2: the confidence 'much' is no number"),
        (
            "left,right,verdict\na:b,a:c,same\na:c,a:b,different\n",
            ":3: a:b and a:c are judged in line 2 already",
        ),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_line(tmp_path: Path, rows: str, told: str) -> None:
    path = tmp_path / "review.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_decisions(path, by="Ann")
    assert f"{path}{told}" in str(error.value)


def test_accepted_pairs_become_one_fact_with_all_names(store: Store) -> None:
    for name in ("ministry", "press"):
        load(store, read_dossier(DOSSIERS / f"{name}.yaml").reading())
    proposals = [one for one in propose(read_facts(store)) if one.pair in (ACSA, DRILL)]
    judge(store, to_judgements(assign(proposals, accept_from=0.5).accepted, by="a score"))
    facts = {fact.id: fact for fact in read_facts(store, applied_from=0.5)}
    assert facts[ACSA[0]].ids == ACSA
    assert "Defence Logistics Treaty" in facts[ACSA[0]].titles
    assert set(facts[DRILL[0]].titles) == {
        "Guardian North 16",
        "Northern Guardian",
        "RAF–JASDF fighter exercise",
    }


def test_two_facts_side_by_side() -> None:
    facts = {fact.id: fact for fact in facts_of("ministry", "press")}
    rows = {row.property: row for row in side_by_side(facts[ACSA[0]], facts[ACSA[1]])}
    assert rows["types"].agreement == rows["signed"].agreement == "agree"
    assert rows["title"].agreement == "differ"
    assert rows["in effect"].agreement == "one does not tell"
