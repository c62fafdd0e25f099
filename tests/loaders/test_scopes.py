"""Claims in a dossier: what can be tested is kept in its one spelling, and what cannot be read is a fault with its line."""

import pytest

from comity.graph.claims import PROPERTY, Claim
from comity.graph.errors import DossierError
from comity.loaders.dossier import open_bundled, parse_dossier

DOSSIER = """\
dossier: small
title: A drill
sources:
  paper: {title: A newspaper}
actors:
  CLUB: {label: Organization, name: A club}
facts:
  drill:
    kind: drill
    types: [air]
    title: Guardian
    parties: [JPN, GBR]
    accounts:
      - source: paper
        says:
          held: 2016
          scope: SCOPE
"""


def scopes(scope: str) -> tuple[str, ...]:
    (statement,) = parse_dossier(DOSSIER.replace("SCOPE", scope), "small.yaml").statements
    return dict(statement.properties)[PROPERTY]


def test_a_scope_is_kept_in_its_one_spelling() -> None:
    assert scopes("First AIR drill of JPN other than USA, AUS") == (
        "first air drill of JPN with anyone other than AUS, USA",
    )
    assert scopes("[first drill of JPN, 'second drill of JPN after CLUB']") == (
        "first drill of JPN",
        "second drill of JPN with anyone after CLUB",
    )


@pytest.mark.parametrize(
    ("scope", "fault"),
    [
        (
            "first naval drill of JPN",
            "there is no word to stand before 'drill' 'naval'; choose from: bilateral",
        ),
        ("first drill of Japan", "'Japan' is no actor's id; write JPN for Japan; docs/claims.md"),
        ("first drill of JPN with XYZ", "'XYZ' is no actor's id; write one (`comity find TEXT` gives it)"),
        (
            "first agreement of JPN",
            "it is a claim of agreement and the fact's kind is drill; write drill in it",
        ),
        (
            "[first drill of JPN, First drill of JPN with anyone]",
            "the same claim is listed twice; remove one",
        ),
        ("first drill of JPN since yesterday", "docs/claims.md has the words of a claim"),
        ("[]", "an empty list; write at least one claim"),
    ],
)
def test_a_scope_that_cannot_be_tested_is_a_fault_with_its_line(scope: str, fault: str) -> None:
    with pytest.raises(DossierError) as raised:
        parse_dossier(DOSSIER.replace("SCOPE", scope), "small.yaml")
    (told,) = raised.value.faults
    assert told.startswith("small.yaml:17: facts.drill.accounts[0].says.scope")
    assert fault in told


def test_the_scopes_of_the_bundled_dossiers_stand_beside_the_words_of_the_same_account() -> None:
    for name in ("japan-europe", "treaties"):
        for statement in open_bundled(name).statements:
            told = dict(statement.properties)
            for scope in told.get(PROPERTY, ()):
                assert str(Claim.parse(scope, str)) == scope
                assert len(told["claim"]) == len(told[PROPERTY])
