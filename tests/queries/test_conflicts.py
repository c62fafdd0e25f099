import json
import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from comity.graph.accounts import Policy
from comity.graph.curation import decide, withdraw
from comity.graph.loading import load
from comity.graph.stores import Store
from comity.loaders.dossier import open_bundled
from comity.queries.conflicts import Conflict, find_conflicts
from comity.queries.texts import Found
from tests.graph.facts import reading, stated

DRILL = "japan-europe:guardian-north-16"


@pytest.fixture
def japan(store: Store) -> Store:
    load(store, open_bundled("japan-europe").reading())
    return store


def conflicts_of_drill(store: Store, policy: str = "strict") -> dict[str, Conflict]:
    found = find_conflicts(store, facts=[DRILL], policy=Policy.parse(policy))
    return {conflict.property: conflict for conflict in found.rows}


def test_the_drill_of_2016_shows_arrival_and_start_with_all_accounts(japan: Store) -> None:
    found = conflicts_of_drill(japan)
    said = {
        name: [(account.value, account.source.partition(":")[2]) for account in conflict.accounts]
        for name, conflict in found.items()
    }
    assert said["arrival"] == [
        ("2016-10-21", "jt-2016-10-16"),
        ("2016-10-22", "aircosmos-2016"),
        ("2016-10-22", "article"),
        ("2016-10-22", "diplomat-2016"),
        ("2016-10-22", "raf-2016"),
        ("2016-10-23", "jakartagreater-2016"),
    ]
    assert said["begin"] == [
        ("2016-10-23", "diplomat-2016"),
        ("2016-10-24", "article"),
        ("2016-10-24", "copybook-2016"),
    ]
    assert found["arrival"].by_policy == {
        "majority": "2016-10-22",
        "earliest": "2016-10-21",
        "latest": "2016-10-23",
    }
    assert found["begin"].by_policy == {
        "majority": "2016-10-24",
        "earliest": "2016-10-23",
        "latest": "2016-10-24",
    }
    assert found["begin"].value == "[2016-10-23..2016-10-24]"
    assert found["begin"].settled_by == ""


@pytest.mark.parametrize(
    ("policy", "arrival", "begin"),
    [
        ("majority", "2016-10-22", "2016-10-24"),
        ("earliest", "2016-10-21", "2016-10-23"),
        ("latest", "2016-10-23", "2016-10-24"),
        ("trusted:japan-europe:diplomat-2016", "2016-10-22", "2016-10-23"),
        ("trusted:japan-europe:jakartagreater-2016,japan-europe:copybook-2016", "2016-10-23", "2016-10-24"),
    ],
)
def test_each_policy_gives_its_date(japan: Store, policy: str, arrival: str, begin: str) -> None:
    found = conflicts_of_drill(japan, policy)
    assert (found["arrival"].value, found["begin"].value) == (arrival, begin)
    for conflict in found.values():
        if conflict.property in ("arrival", "begin"):
            # Of the trusted sources it says which one was followed.
            assert conflict.settled_by in (
                policy,
                *(f"trusted:{name}" for name in policy.partition(":")[2].split(",")),
            )


def test_a_decision_settles_and_is_one_of_the_accounts(japan: Store) -> None:
    before = find_conflicts(japan)
    (statement,) = decide(japan, DRILL, {"arrival": "2016-10-22"}, reason="four of six", by="somebody")
    arrival = conflicts_of_drill(japan)["arrival"]
    assert (arrival.value, arrival.settled_by) == ("2016-10-22", "decision")
    (own,) = (account for account in arrival.accounts if account.method == "decision")
    assert (own.words.text, own.source) == ("four of six", "decisions:somebody")
    after = find_conflicts(japan)
    assert (len(after.rows), after.unsettled) == (len(before.rows), before.unsettled - 1)
    assert "decisions:somebody" in after.sources
    withdraw(japan, statement.id)
    assert find_conflicts(japan) == before


def test_the_answer_is_plain_json_and_counts(japan: Store) -> None:
    document = find_conflicts(japan, kinds=["drill"]).to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["conflicts"] == document["unsettled"] == len(document["rows"])
    assert {row["kind"] for row in document["rows"]} == {"drill"}


def test_facts_without_disagreement_have_none(store: Store) -> None:
    told = stated("pact", "FRA RUS", ["in_force 1936/.."])
    load(store, reading([told, replace(told, source="test:b")]))
    found = find_conflicts(store)
    assert (found.rows, found.facts, found.unsettled) == ((), 1, 0)


def test_the_advice_is_never_to_decide_for_the_vague_date(store: Store) -> None:
    days = {"a": "2016-10", "b": "2016-10-23", "c": "2016-10-24"}
    load(
        store,
        reading(
            stated("drill", "GBR JPN", [f"under_way {day}"], kind="drill", types=["air"], source=source)
            for source, day in days.items()
        ),
    )
    [conflict] = find_conflicts(store).rows
    assert "under_way=2016-10-23 " in conflict.remedy
    assert "trusted:test:b" in conflict.remedy


def test_the_advice_settles_every_conflict_of_the_bundled_dossiers(bundled_store: Store) -> None:
    store = bundled_store
    rows = find_conflicts(store).rows
    assert {conflict.property for conflict in rows} >= {"begin", "end", "parties", "signed", "personnel"}
    for conflict in rows:
        words = shlex.split(conflict.remedy)
        policy = Policy.parse(words[words.index("--policy") + 1])
        settled = {
            row.property: row for row in find_conflicts(store, facts=[conflict.fact], policy=policy).rows
        }
        assert settled[conflict.property].settled_by == str(policy)
        for account in conflict.accounts:
            name, _, value = account.decide.partition("=")
            made = decide(store, conflict.fact, {name: value}, reason="to see", by="somebody")
            after = {row.property: row for row in find_conflicts(store, facts=[conflict.fact]).rows}
            assert after[conflict.property].settled_by == "decision", account
            for statement in made:
                withdraw(store, statement.id)
        assert words[:3] == ["comity", "decide", conflict.fact]
        assert words[3] in {account.decide for account in conflict.accounts}
    assert find_conflicts(store).rows == rows


def test_the_words_of_the_accounts_are_shown_where_the_text_is_at_hand(
    japan: Store, data_folder: Path
) -> None:
    text = (data_folder / "mission" / "article.txt").read_bytes().decode()
    for texts, found in ((None, Found.NOT_AT_HAND), (data_folder / "mission", Found.EXACT)):
        (begin,) = (
            row for row in find_conflicts(japan, facts=[DRILL], texts=texts).rows if row.property == "begin"
        )
        (account,) = (one for one in begin.accounts if one.source == "japan-europe:article")
        assert account.words.found == found
        assert account.words.text == (text[2558:3647] if texts else "")
