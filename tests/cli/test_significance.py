from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def rewirable(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A store with a ring of six and a tie across."""
    pairs = ("FRA, GBR", "GBR, JPN", "JPN, USA", "USA, ITA", "ITA, DEU", "DEU, FRA", "FRA, USA")
    facts = "".join(
        f"  p{place}:\n    {{kind: agreement, types: [defence], title: A pact, parties: [{pair}],"
        " accounts: [{source: a, says: {in_force: 1950/..}}]}\n"
        for place, pair in enumerate(pairs)
    )
    Path("ring.yaml").write_text(
        f"dossier: ring\ntitle: A ring\nsources:\n  a: {{title: A}}\nfacts:\n{facts}", encoding="utf-8"
    )
    monkeypatch.setenv("COMITY_STORE", str(tmp_path / "ring"))
    answer = run("load", "dossier", "ring.yaml")
    assert answer.code == 0, answer.err


def test_actors_with_the_null_model_stated(run: Run, rewirable: None) -> None:
    answer = run("significance", "betweenness", "--as-of", "1995-01-01", "--samples", "19", "--seed", "3")
    assert answer.code == 0, answer.err
    assert (
        "against   19 networks with the same numbers of partners (double-edge swaps, seed 3):\n" in answer.out
    )
    assert "70 swaps proposed for each" in answer.out
    rows = run(
        "significance", "betweenness", "--as-of", "1995-01-01", "--samples", "19", "--format", "json", "--limit", "2"
    ).json["rows"]  # fmt: skip
    assert [row["actor"] for row in rows] == ["FRA", "USA"]
    assert set(rows[0]) == {"actor", "name", "rank", "value", "expected", "deviation", "z", "p_high", "p_low"}


def test_a_number_of_the_network(run: Run, rewirable: None) -> None:
    asked = ("significance", "transitivity", "--as-of", "1995-01-01", "--samples", "19")
    document = run(*asked, "--format", "json").json
    assert (document["measure"], document["null_model"], document["proposed"]) == (
        "transitivity", "double-edge swaps", 70,
    )  # fmt: skip
    assert document["rows"][0]["value"] == 0
    assert run(*asked, "--format", "csv").out.startswith("number,value,expected,deviation,z,p_high,p_low\r\n")


def test_errors_name_the_remedy(run: Run, rewirable: None, here: Path) -> None:
    for name, said in (
        ("degree", "ask of another measure"),
        ("fame", "there is no measure or number of a network 'fame'; choose from: eigenvector"),
        ("betweenness", "nothing can be rewired"),
    ):
        answer = run("significance", name, "--as-of", "1980-01-01")
        assert answer.code == 1
        assert said in answer.err
