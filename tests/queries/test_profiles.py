import json
from dataclasses import replace
from datetime import date

import pytest

from comity.graph.errors import UnknownActor
from comity.graph.loading import load
from comity.graph.stores import Store
from comity.queries.profiles import Layer, show
from tests.graph.facts import reading
from tests.queries.alliances import JULY, alliances_1914, nato


def test_the_profile_of_a_country(store: Store) -> None:
    load(store, alliances_1914())
    profile = show(store, "DEU", as_of=JULY)
    assert tuple(replace(layer, by_source=()) for layer in profile.layers) == (
        Layer("agreement", ("COW-AUH", "ITA", "ROU"), ("COW-AUH", "ITA", "ROU"), facts=6),
        Layer("drill", (), (), facts=1),
        Layer("talks", (), (), facts=2),
        Layer("membership", ("UPU",), ("UPU",), facts=1),
    )
    assert [(item.actor, item.when, item.certain) for item in profile.organizations] == [
        ("UPU", "1875-07-01/..", True)
    ]
    assert profile.members == ()
    assert len(profile.facts) == 10
    assert "cow:255" in [code.text for code in profile.codes]


def test_the_profile_of_an_organization_lists_its_members(store: Store) -> None:
    load(store, alliances_1914())
    profile = show(store, "UPU", as_of=JULY)
    assert [item.actor for item in profile.members] == ["DEU", "FRA", "GBR"]
    assert profile.organizations == ()
    assert show(store, "UPU", as_of=date(1870, 1, 1)).members == ()


def test_partners_are_listed_but_not_counted_as_members(store: Store) -> None:
    load(store, reading(nato()))
    profile = show(store, "NATO", as_of=date(1995, 6, 1))
    assert [(item.actor, item.full) for item in profile.members] == [
        ("GBR", True), ("POL", False), ("TUR", True), ("USA", True),
    ]  # fmt: skip
    assert profile.full_members == ("GBR", "TUR", "USA")
    assert show(store, "POL", as_of=date(1995, 6, 1)).full_organizations == ("UPU",)


def test_a_profile_as_json(store: Store) -> None:
    load(store, alliances_1914())
    document = show(store, "GBR", as_of=JULY).to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["layers"][0]["number"] == 4
    assert list(document["sources"]) == ["test:a", "test:b"]


def test_an_actor_without_facts_and_one_that_nobody_knows(store: Store) -> None:
    profile = show(store, "BTN", as_of=JULY)
    assert (profile.actor.name, profile.layers, profile.facts) == ("Bhutan", (), ())
    with pytest.raises(UnknownActor, match="there is no actor 'ATLANTIS'"):
        show(store, "ATLANTIS")
