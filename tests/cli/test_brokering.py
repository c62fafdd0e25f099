from pathlib import Path

import pytest

from tests.cli.conftest import Run

MODERN = ("--as-of", "2000-01-01")
ASKED = ["layer", "types", "rule", "sources", "as_of", "slice", "policy", "same_from", "revision"]


def test_links_tell_who_joins_the_groups_and_by_which_facts(run: Run, here: Path) -> None:
    answer = run(
        "brokers", "--group", "europe=FRA,Britain,DEU", "--group", "asia=JPN", *MODERN, "--format", "json"
    )
    assert answer.code == 0, answer.err
    assert list(answer.json) == [*ASKED, "groups", "members_from", "linkages"]
    assert answer.json["groups"] == {"europe": ["DEU", "FRA", "GBR"], "asia": ["JPN"]}
    (linkage,) = answer.json["linkages"]
    assert linkage == {
        "left": "europe", "right": "asia", "pairs": 3, "tied": 0, "joined": 3,
        "rows": [
            {
                "actor": "USA", "name": "United States", "group": "others", "left_partners": 3, "right_partners": 1, "pairs": 3,
                "share": 1.0, "left_facts": ["small:club"], "right_facts": ["small:pact"],
            }
        ],
    }  # fmt: skip


def test_links_as_a_table_and_as_rows(run: Run, here: Path) -> None:
    asked = ("brokers", "--group", "europe=FRA,GBR,DEU,ITA", "--group", "asia=JPN", *MODERN)
    lines = run(*asked).out.splitlines()
    assert "group     europe: 3 of 4 actors in the network" in lines
    assert "europe and asia" in lines
    assert "  3 pairs: 0 tied, 3 joined through others, 0 not at all" in lines
    assert lines[-1].split() == [
        "USA",
        "United",
        "States",
        "others",
        "3",
        "1",
        "3",
        "1",
        "small:club;",
        "small:pact",
    ]
    rows = run(*asked, "--format", "csv").out.splitlines()
    assert rows == [
        "left,right,actor,name,group,left_partners,right_partners,pairs,share,left_facts,right_facts",
        "europe,asia,USA,United States,others,3,1,3,1.0,small:club,small:pact",
    ]


def test_roles(run: Run, here: Path) -> None:
    asked = ("brokers", "roles", "--group", "europe=FRA,GBR,DEU", *MODERN)
    answer = run(*asked, "--format", "json").json
    assert list(answer) == [*ASKED, "groups", "members_from", "rows"]
    # Japan to each of the three and back; the United States and Japan are both of the others.
    assert answer["rows"] == [
        {
            "actor": "USA", "name": "United States", "group": "others", "total": 6,
            "coordinator": 0, "itinerant": 0, "gatekeeper": 3, "representative": 3, "liaison": 0,
        }
    ]  # fmt: skip
    assert run(*asked).out.splitlines()[-1].split() == [
        "USA",
        "United",
        "States",
        "others",
        "6",
        "0",
        "0",
        "3",
        "3",
        "0",
    ]


def test_cuts(run: Run, here: Path) -> None:
    answer = run("brokers", "cuts", *MODERN, "--format", "json").json
    assert list(answer) == [*ASKED, "articulation_points", "bridges"]
    part = {"actors": ["JPN"], "facts": ["small:pact"]}
    assert answer["articulation_points"] == [{"actor": "USA", "name": "United States", "parts": [part]}]
    assert answer["bridges"] == [{"left": "USA", "right": "JPN", "part": part}]
    assert run("brokers", "cuts", *MODERN, "--format", "csv").out.splitlines() == [
        "cut,actor,name,cut_off,actors,facts",
        "articulation point,USA,United States,1,JPN,small:pact",
        "bridge,USA JPN,,1,JPN,small:pact",
    ]
    table = run("brokers", "cuts", *MODERN, "--limit", "1")
    assert [line.split()[0] for line in table.out.splitlines()[-2:]] == ["articulation", "bridge"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("brokers",), 2, "links are between groups: name one or more with --group"),
        (("brokers", "roles"), 2, "roles are between groups"),
        (
            ("brokers", "cuts", "--group", "a=JPN"),
            2,
            "cuts are those of the whole network: leave --group out",
        ),
        (("brokers", "--group", "JPN"), 1, "write an organization, or NAME=ACTOR,ACTOR"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Run, here: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    answer = run(*arguments)
    assert answer.code == code
    assert message in answer.err
