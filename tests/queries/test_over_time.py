"""Partners year by year: what is certain, what is possible, and from when on."""

from datetime import date

from comity.graph.resolve import resolve_all
from comity.graph.ties import Tie, derive_ties
from comity.queries.over_time import PartnersByYear, partners_by_year
from tests.graph.facts import stated

LAST = date(2005, 6, 1)


def ties_of(*facts: tuple[str, str, str, str]) -> list[Tie]:
    """The ties of pacts, each with its name, its parties, its time in force and its source."""
    told = [
        stated(name, parties, [f"in_force {when}"], source=source) for name, parties, when, source in facts
    ]
    return list(derive_ties(resolve_all(told)))


def test_a_partner_counts_once_however_many_pacts_tie_it() -> None:
    ties = ties_of(
        ("one", "JPN USA", "2001-05-01/2003-02-01", "a"), ("two", "JPN USA GBR", "2002-01-01/..", "a")
    )
    assert partners_by_year(ties, "JPN", LAST) == (
        PartnersByYear("agreement", 2001, certain=(1, 2, 2, 2, 2), possible=(1, 2, 2, 2, 2)),
    )


def test_what_is_not_known_is_possible_and_not_certain() -> None:
    ties = ties_of(("one", "JPN USA", "[2001-01-01..2002-12-31]/2003-06-01", "a"))
    assert partners_by_year(ties, "JPN", LAST) == (
        PartnersByYear("agreement", 2001, certain=(0, 1, 1, 0, 0), possible=(1, 1, 1, 0, 0)),
    )


def test_where_sources_disagree_it_is_certain_from_when_all_agree() -> None:
    ties = ties_of(("one", "JPN USA", "2002-01-01/..", "a"), ("one", "JPN USA", "2004-01-01/..", "b"))
    (found,) = partners_by_year(ties, "JPN", LAST)
    assert (found.first, found.certain, found.possible) == (2002, (0, 0, 1, 1), (1, 1, 1, 1))


def test_a_tie_without_beginning_counts_from_the_first_year_told_of() -> None:
    ties = ties_of(("one", "JPN USA", "../2003-02-01", "a"), ("two", "JPN GBR", "2002-01-01/..", "a"))
    (found,) = partners_by_year(ties, "JPN", LAST)
    assert (found.first, found.certain) == (2002, (2, 2, 1, 1))


def test_others_and_the_future_do_not_count() -> None:
    ties = ties_of(("one", "GBR USA", "2001-01-01/..", "a"), ("two", "JPN GBR", "2030-01-01/..", "a"))
    assert partners_by_year(ties, "JPN", LAST) == ()
