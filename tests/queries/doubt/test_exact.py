import pytest
from hypothesis import given, settings

from comity.queries.doubt import exact
from comity.queries.doubt.model import Choices, everything
from comity.queries.measures import MEASURES, measure_of
from comity.queries.ranks import ranks
from tests.queries.doubt.networks import open_networks, values


@pytest.mark.parametrize("name", [measure.name for measure in MEASURES.values() if measure.grows])
@given(choices=open_networks())
@settings(max_examples=60)
def test_value_ranges_equal_brute_force(name: str, choices: Choices) -> None:
    measure = measure_of(name)
    found = values(measure, choices, everything(choices.number))
    least, most = exact.value_ranges(measure, choices)
    assert (least == found.min(axis=0)).all()
    assert (most == found.max(axis=0)).all()


@pytest.mark.parametrize("name", [measure.name for measure in MEASURES.values() if measure.counts])
@pytest.mark.parametrize("tried", [0, 1, 8])
@given(choices=open_networks())
@settings(max_examples=60)
def test_rank_ranges_equal_brute_force(name: str, tried: int, choices: Choices) -> None:
    measure = measure_of(name)
    found = ranks(values(measure, choices, everything(choices.number)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "TRIED", tried)
        best, worst, sure = exact.rank_ranges(measure, choices)
    assert (best == found.min(axis=0))[sure].all()
    assert (worst == found.max(axis=0))[sure].all()
    if tried == 8:
        assert sure.all()
