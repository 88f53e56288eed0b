"""Names beside dots: none covers another, none leaves the picture."""

from hypothesis import given
from hypothesis import strategies as st

from felinar.export.labels import LETTER, Spot, place

SIZE, WIDTH, HEIGHT = 16, 400, 300
spots = st.builds(
    Spot,
    st.integers(0, WIDTH),
    st.integers(0, HEIGHT),
    st.integers(2, 20),
    st.text(alphabet="abcdefgh", min_size=1, max_size=14),
)


def box_of(spot, label):
    """The room that a name takes, told from its anchor alone."""
    wide, high = len(spot.text) * SIZE * LETTER, SIZE * 1.2
    left = {"start": label.x, "middle": label.x - wide / 2, "end": label.x - wide}[label.anchor]
    return left, label.y - 0.8 * high, left + wide, label.y + 0.2 * high


def meet(one, other):
    return (
        one[0] < other[2] - 1e-6 and other[0] < one[2] - 1e-6 and one[1] < other[3] - 1e-6 and other[1] < one[3] - 1e-6
    )


@given(st.lists(spots, max_size=14))
def test_no_name_covers_another_name_or_another_dot_or_leaves_the_picture(found):
    labels = place(found, WIDTH, HEIGHT, SIZE)
    assert len(labels) == len(found)
    boxes = [(n, box_of(spot, label)) for n, (spot, label) in enumerate(zip(found, labels, strict=True)) if label]
    for n, box in boxes:
        assert box[0] >= -1e-6
        assert box[1] >= -1e-6
        assert box[2] <= WIDTH + 1e-6
        assert box[3] <= HEIGHT + 1e-6
        assert not any(meet(box, other) for m, other in boxes if m != n)
        dots = [(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in found]
        assert not any(meet(box, dot) for m, dot in enumerate(dots) if m != n)


def test_a_name_stands_right_of_its_dot_and_goes_elsewhere_where_there_is_no_room():
    alone, at_the_edge = Spot(100, 100, 5, "Leeds"), Spot(390, 200, 5, "Leeds")
    assert [label.anchor for label in place([alone, at_the_edge], WIDTH, HEIGHT, SIZE)] == ["start", "end"]


def test_the_earlier_dot_keeps_its_name_where_two_want_one_place():
    one, other = Spot(100, 100, 5, "a" * 24), Spot(100, 112, 5, "b" * 24)
    first, second = place([one, other], WIDTH, HEIGHT, SIZE)
    assert first is not None
    assert second is None or second.y != first.y
