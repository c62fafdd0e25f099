from datetime import date

import pytest

from comity.graph.errors import AmbiguousActor, UnknownActor
from comity.graph.loading import load
from comity.graph.stores import Store
from comity.loaders.dossier import parse_dossier
from comity.queries.naming import actor_id

OWN = """\
dossier: own
title: An organization nobody else knows
sources: {a: {title: A source}}
actors:
  LEAGUE: {label: Organization, name: The League of Two}
facts:
  league:
    kind: membership
    title: The League
    parties: [{actor: LEAGUE, role: organization}, JPN]
    accounts: [{source: a, says: {in_force: 2000/..}}]
"""


@pytest.fixture
def league(store: Store) -> Store:
    load(store, parse_dossier(OWN, "own.yaml").reading())
    return store


def test_ids_codes_and_names(league: Store) -> None:
    for text in ("JPN", "Japan", "japan", "iso2:JP", "cow:740"):
        assert actor_id(league, text) == "JPN"


def test_actors_that_only_a_dossier_knows(league: Store) -> None:
    for text in ("LEAGUE", "league", "the league of two", "League of Two"):
        assert actor_id(league, text) == "LEAGUE"


def test_names_mean_what_they_meant_on_the_date(league: Store) -> None:
    assert actor_id(league, "Germany") == "DEU"
    assert actor_id(league, "Yemen") == "YEM"
    with pytest.raises(AmbiguousActor, match=r"COW-YAR .*YMD"):
        actor_id(league, "Yemen", date(1980, 1, 1))
    with pytest.raises(AmbiguousActor, match=r"COW-GFR .*DDR"):
        actor_id(league, "Germany", date(1990, 10, 2))


def test_a_name_that_nobody_has_on_the_date_is_looked_for_at_all_times(league: Store) -> None:
    assert actor_id(league, "Prussia") == "DEU"


def test_what_nobody_is_called(league: Store) -> None:
    with pytest.raises(UnknownActor, match=r"did you mean .*JPN \(Japan\).*comity find"):
        actor_id(league, "Japann")
    with pytest.raises(UnknownActor, match="cow code '9999'"):
        actor_id(league, "cow:9999")
