"""The declared mapping of PLOVER 0.8, and that it says of an event what that of CAMEO says of its code."""

from pathlib import Path

import pytest

from comity.graph.kinds import kind_of
from comity.loaders import cameo
from comity.loaders.plover import meaning_of, meanings

TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)

DIFFER = {
    # AGREE is an agreement that is announced, whatever it is to lead to: trade, a drill, talks, aid or concessions.
    "0311", "0312", "033", "0331", "0332", "0333", "0334", "034", "0341", "0342", "0343", "0344", "035", "0351", "0352", "0353",
    "0354", "0355", "0356", "036", "038", "039",
    "043",  # a visit is told from the visitor's side
    "050", "057",  # SUPPORT takes in praise, too
    "131", "139",  # THREATEN is told by its mode: none of 131, and the same for an ultimatum as for breaking off talks
    "1712", "175",  # destruction and violent repression moved from COERCE to ASSAULT
}  # fmt: skip
"""Codes of CAMEO that the conversion table makes an event of PLOVER of which less, or something else, is told."""


def test_every_type_and_kind_is_known() -> None:
    assert {type for type, _, _ in meanings()} == set(TYPES)
    for meaning in meanings().values():
        if meaning.kind:
            kind = kind_of(meaning.kind)
            assert set(meaning.types) <= set(kind.types)
            assert meaning.step in kind.steps
            assert {meaning.source, meaning.target} <= set(kind.roles)
        else:
            assert meaning.left_out.reason


@pytest.mark.parametrize(
    ("event", "means"),
    [
        (("AGREE", (), ("military",)), ("agreement", ("other",), "announced", "party")),
        (("CONSULT",), ("talks", (), "held", "participant")),
        (("CONSULT", ("visit",)), ("talks", ("visit",), "held", "guest")),
        (("CONSULT", ("third-party",)), ("talks", (), "held", "participant")),
        (("CONSULT", ("unheard-of", "phone")), ("talks", ("phone",), "held", "participant")),
        (("CONSULT", ("visit",), ("future",)), ("talks", ("visit",), "announced", "guest")),
        (("COOPERATE", (), ("economic", "military")), ("drill", (), "held", "participant")),
        (("THREATEN", ("relations",)), ("dispute", ("verbal",), "held", "initiator")),
        (("THREATEN", ("violence",), ("military",)), ("dispute", ("threat",), "held", "initiator")),
        (("THREATEN", ("restrict",), ("military",)), ("dispute", ("threat",), "held", "initiator")),
        (("COERCE", ("seize",), ("military",)), ("dispute", ("use-of-force",), "held", "initiator")),
        (("COERCE", ("seize",), ("human_security",)), ("dispute", ("coercion",), "held", "initiator")),
    ],
)
def test_what_an_event_means(event: tuple[str], means: tuple[str, tuple[str, ...], str, str]) -> None:
    found = meaning_of(*event)
    assert found
    assert (found.kind, found.types, found.step, found.source) == means


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (
            ("SUPPORT",),
            "support is praise, recognition or a signed agreement, which PLOVER does not tell apart",
        ),
        (("COOPERATE", (), ("economic",)), "material cooperation that is not military is none of the kinds"),
        (("ACCUSE", ("investigate",)), "an investigation is none of the kinds"),
        (("CONSULT", (), ("negation",)), "the event is told as past, hypothetical or negated"),
        (("ASSAULT", (), ("military", "historical")), "the event is told as past, hypothetical or negated"),
        (("ASSAULT", (), ("future",)), "a dispute that is foreseen is none yet"),
    ],
)
def test_what_is_left_out(event: tuple[str], reason: str) -> None:
    found = meaning_of(*event)
    assert found
    assert (found.kind, found.left_out.reason) == ("", reason)


@pytest.mark.parametrize("older", ["DEMAND", "DISAPPROVE", "INVESTIGATE", "FIGHT", "CRIME", "", "None"])
def test_types_of_older_drafts_are_unknown(older: str) -> None:
    assert meaning_of(older) is None


def test_an_event_means_what_its_code_in_cameo_means_but_for_known_differences(data_folder: Path) -> None:
    table = (data_folder / "codebooks" / "CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8")
    same: set[str] = set()
    different: set[str] = set()
    for line in table.splitlines():
        code, _, rest = line.partition(":")
        if len(code) < 3 or not code.isdecimal():
            continue
        type, mode, contexts = (part.strip() for part in rest.partition("#")[0].split(","))
        ours = meaning_of(type, (mode,), tuple(part.strip() for part in contexts.split(";")))
        theirs = cameo.meaning_of(code)
        assert ours and theirs
        both = [(one.kind, one.types, one.step, one.source, one.target) for one in (ours, theirs)]
        (same if both[0] == both[1] else different).add(code)
    assert different == DIFFER
    assert len(same) == 227
