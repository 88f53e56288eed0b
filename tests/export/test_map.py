"""The map: where places lie, what of the land is drawn, how arrows stand in the order of dates."""

import re

import numpy as np
import pytest

from felinar.export.borders import View, _rings, land
from felinar.export.map import HEIGHT, MOST_ARROWS, MOST_PLACES, WIDTH, drawn
from felinar.export.moves import Move, Place
from felinar.extract.coordinates import where
from felinar.extract.gazetteer import load


def seen(name, adverts=3):
    return Place(name, adverts, "2026-01-01", "2026-02-01")


def test_known_towns_lie_where_they_are():
    found = where(["Leeds, GB", "Chisinau, MD", "Sydney, AU", "Nowhere, XX"])
    assert found["Leeds, GB"] == pytest.approx((53.80, -1.55), abs=0.06)
    assert found["Chisinau, MD"] == pytest.approx((47.01, 28.86), abs=0.06)
    assert found["Sydney, AU"] == pytest.approx((-33.87, 151.21), abs=0.06)
    assert "Nowhere, XX" not in found


def test_every_town_of_the_gazetteer_lies_on_the_globe():
    names = [line.partition("\t")[0] for line in load().places]
    found = where(names)
    assert len(found) == len(set(names))
    points = np.array(list(found.values()))
    assert np.abs(points).max(axis=0) == pytest.approx((90, 180), abs=40)
    assert (np.abs(points) <= (90, 180)).all()


def inside(rings, longitude, latitude):
    """Whether a point lies in one of the rings, counted ray by ray: the slow way round."""
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def rings_of(path):
    """The rings of an SVG path of relative steps."""
    for start, steps in re.findall(r"M(-?\d+ -?\d+)l([^zM]*)z", path):
        moves = np.array(steps.split(), dtype=int).reshape(-1, 2)
        yield np.cumsum(np.vstack([np.array(start.split(), dtype=int), moves]), axis=0)


@pytest.mark.parametrize("place", ["Madrid, ES", "Warsaw, PL", "Nairobi, KE", "Ürümqi, CN", "Phoenix, US"])
def test_an_inland_town_lies_on_the_land_that_is_drawn(place):
    found = drawn([seen(place)], [])
    dot = found.dots[0]
    assert (dot.x, dot.y) == (pytest.approx(WIDTH / 2, abs=1), pytest.approx(HEIGHT / 2, abs=1))
    assert inside(list(rings_of(found.land)), dot.x, dot.y)


def test_the_open_sea_is_no_land():
    view = View(-40.0, 45.0, 40.0, 50.0, WIDTH, HEIGHT)
    assert not inside(list(rings_of(land(view))), *view.point(40.0, -35.0))


def test_a_thinned_border_stays_within_a_few_units_of_the_whole_one():
    view = View(-12.0, 60.0, 60.0, 90.0, WIDTH, HEIGHT)
    thin = np.vstack(list(rings_of(land(view))))
    points, _, _ = _rings()
    whole = np.column_stack([(points[:, 0] + 12.0) * 60.0, (60.0 - points[:, 1]) * 90.0])
    whole = whole[((whole > 0) & (whole < (WIDTH, HEIGHT))).all(axis=1)]
    assert len(whole) > 500
    nearest = [np.abs(thin - point).max(axis=1).min() for point in whole[::7]]
    assert max(nearest) <= 4


def test_all_places_are_within_the_picture_whatever_the_extent():
    for names in (["Leeds, GB"], ["Leeds, GB", "Bradford, GB"], ["Sydney, AU", "Anchorage, US", "Tromsø, NO"]):
        dots = drawn([seen(name) for name in names], []).dots
        assert len(dots) == len(names)
        assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in dots)


def test_north_is_up_and_east_is_right():
    london, berlin, madrid = drawn([seen("London, GB"), seen("Berlin, DE"), seen("Madrid, ES")], []).dots
    assert london.x < berlin.x
    assert madrid.y > london.y


def test_arrows_are_numbered_in_the_order_of_dates_and_rare_ones_go_first():
    names = ["Leeds, GB", "York, GB", "Sheffield, GB", "Derby, GB", "Bath, GB", "Luton, GB"]
    ways = [(a, b) for a in names for b in names if a != b]
    moves = [Move(a, b, [f"2026-01-{n + 1:02}"] * (2 if n == 29 else 1), ["x"]) for n, (a, b) in enumerate(ways)]
    found = drawn([seen(name) for name in names], moves)
    assert (len(found.arrows), found.more_arrows) == (MOST_ARROWS, len(moves) - MOST_ARROWS)
    assert [arrow.number for arrow in found.arrows] == sorted(arrow.number for arrow in found.arrows)
    assert found.arrows[-1].number == 30, "the most frequent move stays, late as it is"
    assert found.arrows[0].age == 1
    assert found.arrows[-1].age == 4


def test_there_and_back_bend_to_different_sides():
    moves = [Move("Leeds, GB", "London, GB", ["2026-01-01"]), Move("London, GB", "Leeds, GB", ["2026-01-02"])]
    there, back = drawn([seen("Leeds, GB"), seen("London, GB")], moves).arrows
    assert abs(there.x - back.x) > 10


def test_the_tip_of_an_arrow_touches_the_dot_that_it_leads_to():
    found = drawn([seen("Leeds, GB"), seen("London, GB")], [Move("Leeds, GB", "London, GB", ["2026-01-01"])])
    leeds, london = found.dots
    point = [float(number) for number in found.arrows[0].tip.split("L")[1].split()]
    assert np.hypot(point[0] - london.x, point[1] - london.y) == pytest.approx(london.radius, abs=0.2)
    assert np.hypot(point[0] - leeds.x, point[1] - leeds.y) > leeds.radius


def test_many_places_are_cut_and_counted_and_unknown_ones_too():
    names = [line.partition("\t")[0] for line in load().places[:80]]
    found = drawn([seen("Nowhere, XX"), *map(seen, names)], [Move("Nowhere, XX", names[0], ["2026-01-01"])])
    assert (len(found.dots), found.more_places) == (MOST_PLACES, 21)
    assert (found.arrows, found.more_arrows) == ((), 1)
    assert drawn([seen("Nowhere, XX")], []) is None
    assert drawn([], []) is None
