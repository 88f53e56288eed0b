import re

from hypothesis import given
from hypothesis import strategies as st

from felinar.export.highlight import pieces
from felinar.export.report import write_report
from felinar.export.timeline import by_day, timeline
from felinar.store.published import publish


def report(workspace, **options):
    out = workspace.folder / "report.html"
    write_report(workspace.published, out, purpose="Case <17>", **options)
    return out.read_text(encoding="utf-8")


def test_the_report_says_why_each_lead_is_here(workspace):
    page = report(workspace)
    assert "3 different first names stand behind +447700900123" in page
    assert "weakest where nearly the same text" in page
    assert "says nothing about guilt" in page
    assert "someone who may need help, never as a suspect" in page
    assert not {"victim", "trafficker", "probability"} & set(page.lower().split())
    assert "up to 2026-04-24" in page


def test_the_report_shows_the_original_with_what_was_read_in_it(workspace):
    page = report(workspace)
    assert re.search(r'<mark class="k-phone" title="[^"]*">O77OO 9OO123</mark>', page)
    assert '<span class="slot">' in page


def test_the_report_keeps_the_person_behind_the_gate_out(workspace):
    page = report(workspace)
    assert "Report first." in page
    assert "Secretname" not in page
    assert "Bath" not in page
    assert "+447700900789" not in page


def test_the_report_names_the_adverts_behind_a_reason_and_how_to_check_what_an_operation_hangs_on(workspace):
    page = report(workspace)
    assert "Adverts ad-11, ad-12</span>" in page
    assert "Shown by ad-13, ad-14; to check it: felinar show 14 13" in page


def test_r1_the_report_accuses_nobody(workspace):
    assert not re.search(r"traffick|\bvictim|pimp|criminal|guilty|probab|likelihood|offender", report(workspace), re.I)


def test_the_report_loads_nothing_and_runs_nothing(workspace):
    page = report(workspace)
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not re.search(r"<script|<link|<img|<iframe|\bsrc=|url\(|@import|https?://(?!site\.example)", page)


def test_hostile_text_is_escaped(workspace):
    assert "Case &lt;17&gt;" in report(workspace)
    assert "Case <17>" not in report(workspace)


def test_only_the_demo_says_that_it_is_synthetic(workspace):
    assert "Synthetic world" in report(workspace, demo=True)
    assert "Synthetic world" not in report(workspace)


def test_the_same_file_gives_the_same_report(workspace):
    assert report(workspace) == report(workspace)


def test_top_limits_the_leads_and_no_leads_are_explained(workspace):
    assert 'id="lead-2"' not in report(workspace, top=1)
    publish(workspace.published, {}, generation=2)
    assert "No operation is a lead" in report(workspace)


def test_a_single_day_has_no_timeline():
    assert timeline([("a", by_day(["2026-03-01T09:00:00Z", None]))]) is None


def test_the_timeline_puts_the_first_day_left_and_the_last_right():
    line = timeline([("a", by_day(["2026-03-01T09:00:00Z", "2026-03-11T00:00:00Z"]))])
    assert [dot.x for dot in line.rows[0].dots] == [line.ticks[0][0], line.ticks[-1][0]]


_spans = st.lists(
    st.fixed_dictionaries(
        {
            "start": st.none() | st.integers(0, 30),
            "end": st.integers(0, 40),
            "kind": st.sampled_from(["phone", "place", "language"]),
            "value": st.text(max_size=3),
            "display": st.just(""),
            "confidence": st.just(90),
        }
    ),
    max_size=5,
)


@given(st.text(max_size=30), _spans, _spans)
def test_the_pieces_joined_are_the_text(text, mentions, slots):
    cut = pieces(text, mentions, slots)
    assert "".join(piece.text for piece in cut) == text
    assert all(piece.text for piece in cut)


def test_the_stronger_kind_wins_where_two_overlap():
    mention = {"value": "v", "display": "", "confidence": 90}
    mentions = [{**mention, "kind": "phone", "start": 2, "end": 4}, {**mention, "kind": "phrase", "start": 0, "end": 6}]
    assert [(p.text, p.kind) for p in pieces("abcdef", mentions, [])] == [
        ("ab", "phrase"),
        ("cd", "phone"),
        ("ef", "phrase"),
    ]
