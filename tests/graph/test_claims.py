import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.graph.claims import EXAMPLE, LAST, ONLY, ORDERS, SIZES, Claim, claimable
from comity.graph.crosswalk import crosswalk
from comity.graph.dates import When
from comity.graph.errors import AmbiguousActor, DateError, InputError, UnknownActor


def parse(text: str) -> Claim:
    return Claim.parse(text, lambda name: crosswalk().one(name).id)


def test_every_part_of_a_claim_is_read() -> None:
    assert parse("first air drill of JPN with a country other than USA hosted by JPN") == Claim(
        rank=1,
        kind="drill",
        actor="JPN",
        types=("air",),
        partner_label="Country",
        other_than=("USA",),
        host="JPN",
    )
    assert parse("third logistics agreement of JPN with a country after USA, AUS") == Claim(
        rank=3,
        kind="agreement",
        actor="JPN",
        types=("logistics",),
        partner_label="Country",
        after=("AUS", "USA"),
        order="signed",
    )
    assert parse("only trilateral talks of JPN with USA, KOR since 1991-12-26 before 2020") == Claim(
        rank=ONLY,
        kind="talks",
        actor="JPN",
        size="trilateral",
        partners=("KOR", "USA"),
        since=When.parse("1991-12-26"),
        before=When.parse("2020"),
    )


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (EXAMPLE, EXAMPLE),
        (
            "First AIR drills of the United Kingdom with a country other than the United States",
            "first air drill of GBR with a country other than USA",
        ),
        ("2nd agreement of Trinidad and Tobago with anyone", "second agreement of TTO"),
        ("12th talks of JPN", "12th talks of JPN"),
        ("22nd drill of JPN other than USA", "22nd drill of JPN with anyone other than USA"),
        (
            "last agreement of JPN with an organization by signing",
            "last agreement of JPN with an organization",
        ),
        (
            "first agreement of Republic of Korea by entry into force since 1991 with PRK",
            "first agreement of KOR with PRK since 1991 by entry into force",
        ),
        ("first air field drill of JPN", "first field air drill of JPN"),
        ("second drill of JPN after GBR", "second drill of JPN with anyone after GBR"),
    ],
)
def test_a_claim_has_one_spelling(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical
    assert parse(canonical) == parse(text)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any claim that its words can say."""
    kind = draw(st.sampled_from(list(claimable().values())))
    types = draw(st.sets(st.sampled_from([name for name in kind.types if name not in SIZES]), max_size=3))
    ids = draw(st.lists(st.sampled_from(["JPN", "USA", "GBR", "NATO", "COW-GFR"]), min_size=3, unique=True))
    actor, *others = ids
    named = draw(st.booleans())
    after = () if named or draw(st.booleans()) else (others[0],)
    return Claim(
        rank=len(after) + 1
        if after
        else draw(st.one_of(st.sampled_from([ONLY, LAST]), st.integers(1, 9999))),
        kind=kind.name,
        actor=actor,
        size=draw(st.sampled_from(["", *SIZES])),
        types=tuple(name for name in kind.types if name in types),
        partners=tuple(sorted(others)) if named else (),
        partner_label="" if named else draw(st.sampled_from(["", "Country", "Organization"])),
        other_than=() if named else tuple(sorted(draw(st.sets(st.sampled_from(others[1:]))))),
        host=draw(st.sampled_from(["", actor])) if "host" in kind.roles else "",
        after=after,
        since=draw(st.sampled_from([None, When.parse("1991-12-26"), When.parse("1992")])),
        before=draw(st.sampled_from([None, When.parse("2016-10")])),
        order=draw(st.sampled_from(list(ORDERS.get(kind.name, {"": ""}).values()))),
    )


@given(claims())
def test_what_a_claim_says_reads_as_the_claim(claim: Claim) -> None:
    assert parse(str(claim)) == claim


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "does not say whose it is; write it as: first air drill of JPN"),
        ("first air drill", "does not say whose it is"),
        ("frist drill of JPN", "'frist'; choose from: first, second, third"),
        ("0th drill of JPN", "'0th'; choose from: first"),
        ("first of JPN", "what is it the first of? Write one of: agreement, drill, talks"),
        ("first membership of JPN", "'membership'; choose from: agreement, drill, talks"),
        ("first naval drill of JPN", "'naval'; choose from: bilateral, trilateral, multilateral, field"),
        ("historic first drill of JPN", "'historic'; choose from: first"),
        ("first air air drill of JPN", "'air' is one word too many before 'drill'; remove it"),
        ("first bilateral trilateral drill of JPN", "'trilateral' is one word too many"),
        ("first drill of JPN with", "nothing follows 'with'"),
        ("first drill of JPN with USA,,GBR", "an actor is missing after 'with'"),
        ("first drill of JPN with USA, USA", "USA stands twice after 'with'"),
        ("first drill of JPN with USA with GBR", "'with' stands twice"),
        ("first drill of JPN with USA other than GBR", "partners are named"),
        ("first drill of JPN other than JPN", "JPN stands in two places"),
        ("first agreement of JPN hosted by USA", "agreements have no host; remove 'hosted by'"),
        ("second drill of JPN after USA, AUS", "what comes after AUS, USA is the third, not the second"),
        ("first drill of JPN since ../2000", "cannot follow 'since'; write a day, a month or a year"),
        ("first drill of JPN since 2000 before 2000", "exchange them"),
        ("first drill of JPN by signing", "drills are put in order by when they began; remove 'by signing'"),
        ("first agreement of JPN by handshake", "choose from: by signing, by entry into force"),
        ("first drill of " + "x" * 600, "write at most 500"),
    ],
)
def test_a_fault_names_the_word_and_what_may_stand_there(text: str, says: str) -> None:
    with pytest.raises(InputError) as raised:
        parse(text)
    assert says in str(raised.value)


def test_actors_and_dates_have_their_own_errors() -> None:
    with pytest.raises(UnknownActor, match="Atlantis"):
        parse("first drill of Atlantis")
    with pytest.raises(AmbiguousActor, match="KOR \\(South Korea\\), PRK"):
        parse("first drill of Korea")
    with pytest.raises(DateError, match="the Cold War"):
        parse("first drill of JPN since the Cold War")


def test_the_examples_of_the_page_are_claims() -> None:
    page = (Path(__file__).parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```claims\n(.*?)```", page, re.DOTALL)
    for line in block.splitlines():
        assert str(parse(line)) == line
    for word in [*SIZES, *ORDERS["agreement"], *(f"`{kind}`" for kind in claimable())]:
        assert word in page
