from math import cos, radians

import pytest

from comity.viz.projection import MIDDLE, WIDTH, middle, outline, project, project_unwrapped


def test_the_middle_of_the_page_is_its_origin() -> None:
    spot = project(0, MIDDLE)
    assert (spot.x, spot.y, spot.around) == (0, 0, WIDTH)


def test_north_is_up_and_east_is_right() -> None:
    tokyo, sydney = project(35.68, 139.75), project(-33.87, 151.21)
    assert tokyo.x > 0 > tokyo.y
    assert sydney.y > 0


@pytest.mark.parametrize("latitude", [0, 30, 50, 65, 75])
def test_areas_are_true_at_every_latitude(latitude: float) -> None:
    low, high = project_unwrapped(latitude - 1, 20), project_unwrapped(latitude + 1, 20)
    area = (low.y - high.y) * project_unwrapped(latitude, 0).around
    equator = (project_unwrapped(-1, 0).y - project_unwrapped(1, 0).y) * WIDTH
    assert area / equator == pytest.approx(cos(radians(latitude)), abs=0.02)


def test_the_page_is_cut_in_the_bering_strait() -> None:
    assert project(64.7, -168.9).x < 0 < project(64.7, -169.1).x


def test_a_place_stands_again_once_round() -> None:
    spot = project(40, 100)
    assert project_unwrapped(40, 100 - MIDDLE - 360).x == pytest.approx(spot.x - spot.around, abs=1)


def test_the_outline_is_symmetric() -> None:
    points = outline()
    assert {(-x, y) for x, y in points} == set(points)


def test_the_middle_of_places_goes_over_the_globe() -> None:
    found = middle([(0, 170), (0, -170)])
    assert found is not None
    assert found[0] == pytest.approx(0)
    assert abs(found[1]) == pytest.approx(180)


def test_places_all_round_have_no_middle() -> None:
    assert middle([(0, 0), (0, 180)]) is None
    assert middle([]) is None
