"""The declared mapping of CAMEO codes."""

import pytest

from comity.graph.kinds import kind_of
from comity.graph.model import Rejected, Skipped
from comity.loaders.cameo import meaning_of, meanings, read_code
from comity.loaders.tables import Row


@pytest.mark.parametrize(
    ("code", "means"),
    [
        ("036", ("talks", (), "announced", "participant", "participant")),
        ("040", ("talks", (), "held", "participant", "participant")),
        ("041", ("talks", ("phone",), "held", "participant", "participant")),
        ("042", ("talks", ("visit",), "held", "guest", "host")),
        ("043", ("talks", ("visit",), "held", "host", "guest")),
        ("050", ("talks", (), "held", "participant", "participant")),
        ("030", ("agreement", ("other",), "announced", "party", "party")),
        ("0311", ("agreement", ("trade",), "announced", "party", "party")),
        ("057", ("agreement", ("other",), "signed", "party", "party")),
        ("0312", ("drill", (), "announced", "participant", "participant")),
        ("062", ("drill", (), "held", "participant", "participant")),
        ("112", ("dispute", ("verbal",), "held", "initiator", "target")),
        ("1384", ("dispute", ("threat",), "held", "initiator", "target")),
        ("1312", ("dispute", ("verbal",), "held", "initiator", "target")),
        ("154", ("dispute", ("display",), "held", "initiator", "target")),
        ("163", ("dispute", ("coercion",), "held", "initiator", "target")),
        ("190", ("dispute", ("use-of-force",), "held", "initiator", "target")),
        ("2042", ("dispute", ("use-of-force",), "held", "initiator", "target")),
    ],
)
def test_what_a_code_means(code: str, means: tuple[str, tuple[str, ...], str, str, str]) -> None:
    found = meaning_of(code)
    assert found
    assert (found.kind, found.types, found.step, found.source, found.target) == means


@pytest.mark.parametrize(
    "code", ["010", "0231", "0331", "034", "0356", "051", "054", "061", "0841", "090", "141"]
)
def test_what_is_left_out_has_a_reason(code: str) -> None:
    found = meaning_of(code)
    assert found and not found.kind and found.left_out.reason


@pytest.mark.parametrize(
    "code", ["", "4", "36", "40", "211", "999", "---", "04O", "00", "000", "01234", "٠٤٠"]
)
def test_what_is_no_code_is_rejected(code: str) -> None:
    assert meaning_of(code) is None
    found = read_code(code, "2015-10-27", Row(3, ["a", code], {}))
    assert isinstance(found, Rejected) and found.value == code and found.record == f"a,{code}"


def test_every_row_is_in_the_words_of_its_kind_or_has_a_reason() -> None:
    assert {code for code in meanings() if len(code) == 2} == {f"{root:02}" for root in range(1, 21)}
    for found in meanings().values():
        assert bool(found.kind) != bool(found.left_out.reason), found
        assert found.label
        if found.kind:
            kind = kind_of(found.kind)
            assert set(found.types) <= kind.types.keys() and {found.source, found.target} <= kind.roles.keys()
            assert (found.source, found.target) in kind.joins
            # What is only intended is never in effect.
            assert kind.steps[found.step].effective != (found.code.startswith("03") or found.step == "signed")


def test_a_day_that_cannot_be_is_rejected_and_what_is_left_out_needs_none() -> None:
    row = Row(3, ["x"], {})
    wrong = read_code("040", "2015-02-30", row)
    assert isinstance(wrong, Rejected) and wrong.value == "2015-02-30" and wrong.place == "row 3"
    assert isinstance(read_code("010", "2015-02-30", row), Skipped)
