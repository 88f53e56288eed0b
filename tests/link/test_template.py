"""Templates, their slots and what fills them; and `felinar templates`."""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from io import StringIO
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.cli.session import Session
from felinar.cli.templates import templates as command
from felinar.errors import FelinarError
from felinar.link.clusters import clusters
from felinar.link.planned import Before
from felinar.link.template import templates
from felinar.link.text import group_adverts, near_duplicates
from felinar.tables import MENTIONS, SLOT_VALUES, TEMPLATES

TEXT = "Hello, I am {} and I clean flats and offices in the whole town with my own things. Call {} before noon, please."
NUMBERS = ["07700 900123", "07700 900456", "07700 900789", "07700 900111"]
TEXTS = [TEXT.format(name, number) for name, number in zip(["Ana", "Mia", "Eva", "Zoë"], NUMBERS, strict=True)]


def adverts(texts: list[str], titles: list[str] | None = None) -> pa.Table:
    ids = pa.array(range(10, 10 + len(texts)), pa.int64())
    return pa.table({"advert_id": ids, "title": titles or [""] * len(texts), "body": texts})


def made(texts: list[str], mentions: pa.Table | None = None) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    table = adverts(texts)
    found = templates([table], near_duplicates(table), [] if mentions is None else [mentions])
    return found[0].to_pylist(), found[1].to_pylist()


def test_what_differs_is_a_slot_and_what_is_shared_is_the_template() -> None:
    (template,), values = made(TEXTS)
    words = " ".join(template["tokens"])  # type: ignore[call-overload]
    assert words == TEXT.replace(",", "").replace(".", "").format("<*>", "<*>")
    assert template["bits_saved"] > 0  # type: ignore[operator]
    assert [v["value"] for v in values if v["slot"] == 0] == ["Ana", "Mia", "Eva", "Zoë"]
    assert [v["value"] for v in values if v["slot"] == 1] == NUMBERS


def test_slot_values_stand_at_their_span_of_the_original() -> None:
    texts = [text.replace("flats", "ﬂats\u200b") for text in TEXTS]
    _, values = made(texts)
    assert values
    for value in values:
        assert texts[value["advert_id"] - 10][value["start"] : value["end"]] == value["value"]  # type: ignore[operator,index,misc]


def test_the_mentions_that_fill_a_slot_give_it_its_kind() -> None:
    rows = []
    for i, (text, number) in enumerate(zip(TEXTS, NUMBERS, strict=True)):
        start = text.index(number)
        blank: dict[str, object] = {"field": "body", "raw": number, "value": number, "display": "", "region": "GB"}
        more = {"extractor": "phone/1", "confidence": 90, "obscured": False, "evidence": ""}
        rows.append({"advert_id": 10 + i, "start": start, "end": start + 12, "kind": "phone", **blank, **more})
    (template,), _ = made(TEXTS, MENTIONS.from_rows(rows))
    assert [slot["kind"] for slot in template["slots"]] == ["text", "phone"]  # type: ignore[attr-defined]
    assert [template["tokens"][slot["position"]] for slot in template["slots"]] == ["<*>", "<*>"]  # type: ignore[index,attr-defined]


def test_a_slot_in_the_title_has_its_span_in_the_title() -> None:
    titles = ["Ana cleans your flat", "Mia cleans your flat", "Eva cleans your flat"]
    table = adverts(["every day from nine to five, with my own things"] * 3, titles)
    _, values = templates([table], near_duplicates(table), [])
    rows = values.to_pylist()
    assert [(v["field"], v["start"], v["end"], v["value"]) for v in rows] == [("title", 0, 3, n[:3]) for n in titles]


def test_a_text_that_says_a_slot_mark_itself_is_no_slot() -> None:
    (template,), _ = made([text.replace("Hello", "<*> Hello") for text in TEXTS])
    assert template["tokens"].count("<*>") == len(template["slots"]) == 2  # type: ignore[attr-defined,arg-type]


def test_a_group_whose_template_saves_nothing_gets_none() -> None:
    words = [f"{a}{b}" for a in "bdfglmnp" for b in ("an", "er", "il", "os", "ut")]
    left, right = words[:20], words[10:30]
    table = adverts([" ".join(left), " ".join(right)])
    ids = pa.array([10, 11], pa.int64())
    group = pa.array([10, 10], pa.int64())
    groups = pa.table(
        {"advert_id": ids, "group_id": group, "medoid_id": group, "similarity": pa.array([1000, 300], pa.int32())}
    )
    assert templates([table], groups, [])[0].num_rows == 0


def test_no_groups_give_empty_tables() -> None:
    table = adverts([])
    found = templates([table], near_duplicates(table), [])
    assert found == (TEMPLATES.empty(), SLOT_VALUES.empty())


def test_the_order_of_rows_does_not_matter() -> None:
    table = adverts(TEXTS)
    back = table.take(pa.array([3, 1, 0, 2]))
    made = templates([table], near_duplicates(table), [])
    assert templates([back], near_duplicates(back), []) == made
    assert templates([back.slice(0, 1), back.slice(1)], near_duplicates(back), []) == made


def batches(bodies: list[str], cuts: list[int], *, gone: int = 0) -> tuple[pa.Table, pa.Table, pa.Table, Before]:
    """Return pile, templates and slot values after these batches, and what the epoch's first run made.

    `gone`: adverts that leave the pile with the last batch.
    """
    pile = adverts(bodies)
    groups, index = group_adverts(pile.slice(0, cuts[0]))
    made = templates([pile.slice(0, cuts[0])], groups, [])
    begun = before = Before(groups, made[0], index.epoch_groups)
    for end in cuts[1:]:
        now = pile.slice(gone if end == cuts[-1] else 0, end - (gone if end == cuts[-1] else 0))
        groups, index = group_adverts(now, before=index)
        made = templates([now.slice(0, 3), now.slice(3)], groups, [], before=before, values=made[1])
        before = Before(groups, made[0], index.epoch_groups)
    return now, *made, begun._replace(epoch_groups=index.epoch_groups)


PHRASES = [
    "I clean flats",
    "in the whole town",
    "with my own things",
    "every day",
    "call 07700 900123",
    "please ask ana",
]


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.lists(st.sampled_from(PHRASES), min_size=3, max_size=6).map(" and ".join), min_size=8, max_size=24),
    st.integers(1, 7),
    st.integers(0, 6),
)
def test_any_sequence_of_batches_gives_the_templates_of_one_batch(bodies: list[str], first: int, gone: int) -> None:
    whole = len(bodies)
    pile, rows, values, begun = batches(bodies, [first, (first + whole) // 2, whole - 1, whole], gone=gone)
    again = batches(bodies, [first, whole], gone=gone)
    assert (rows, values) == again[1:3]
    assert set(values["advert_id"].to_pylist()) <= set(pile["advert_id"].to_pylist())
    # a group of the epoch has two texts at least
    found = set(begun.epoch_groups.tolist())
    kept = {row["template_id"]: row["tokens"] for row in begun.templates.to_pylist() if row["template_id"] in found}
    assert all(kept.get(row["template_id"], row["tokens"]) == row["tokens"] for row in rows.to_pylist())


def test_who_joins_a_group_of_the_epoch_is_aligned_to_its_template() -> None:
    _, rows, values, begun = batches([*TEXTS, TEXT.format("Ida", "07700 900222")], [4, 5])
    (row,), (was,) = rows.to_pylist(), begun.templates.to_pylist()
    assert (row["tokens"], row["slots"], row["adverts"]) == (was["tokens"], was["slots"], 5)
    assert row["bits_saved"] > was["bits_saved"]
    assert [v["value"] for v in values.to_pylist() if v["advert_id"] == 14] == ["Ida", "07700 900222"]


def test_half_a_character_stops_nobody() -> None:
    assert [row.cluster_id for row in clusters([f"{text} and so on for ever \ud800" for text in TEXTS])] == [0] * 4


def test_short_lines_are_grouped_by_their_pattern() -> None:
    found = clusters(["job 12 done", "no route", "job 7 done", "job 12 failed"])
    assert [(r.cluster_id, r.template) for r in found] == [
        (0, "job <*> done"),
        (None, ""),
        (0, "job <*> done"),
        (None, ""),
    ]


def test_a_word_that_alternates_is_no_slot_and_one_that_changes_is() -> None:
    states = [f"the door {17 * n} of hall 3 is {('open', 'shut')[n % 2]} again" for n in range(80)]
    names = [
        f"the guest {n} of hall 3 is {name} again" for n, name in enumerate(["Ana", "Mia", "Eva", "Ida", "Lea"] * 16)
    ]
    found = {(r.cluster_id, r.template) for r in clusters([*states, *names])}
    assert found == {
        (0, "the door <*> of hall <*> is open again"),
        (1, "the door <*> of hall <*> is shut again"),
        (80, "the guest <*> of hall <*> is <*> again"),
    }
    assert (
        clusters(states[:8])[0].template == "the door <*> of hall <*> is <*> again"
    )  # too few to pay for two patterns


def run(path: Path, *options: str, as_json: bool = False) -> str:
    result = CliRunner().invoke(
        command, [str(path), *options], obj=Session(as_json=as_json, quiet=True), catch_exceptions=False
    )
    return result.stdout


def test_the_command_prints_every_row_once(tmp_path: Path) -> None:
    path = tmp_path / "adverts.jsonl"
    path.write_text(
        "\n".join(json.dumps({"id": i, "text": t}) for i, t in enumerate(["alone among all of these", *TEXTS]))
    )
    rows = list(csv.DictReader(StringIO(run(path))))
    assert [r["row"] for r in rows] == ["0", "1", "2", "3", "4"]
    assert [r["cluster_id"] for r in rows] == ["", "1", "1", "1", "1"]
    assert rows[1]["template"].startswith("Hello I am <*> and I clean")
    assert json.loads(run(path, as_json=True))[0] == {"row": 0, "cluster_id": None, "template": ""}


def test_an_unknown_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "adverts.csv"
    path.write_text("id,Content\n1,hello there\n")
    with pytest.raises(FelinarError, match="Did you mean 'Content'"):
        run(path, "--text-column", "Contnt")


SHARED = Path(os.environ.get("FELINAR_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "templates"


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no LogHub files at {SHARED}; set FELINAR_SHARED")
@pytest.mark.parametrize(
    ("name", "least"), [("Apache", 0.99), ("HDFS", 0.99), ("HealthApp", 0.95), ("Mac", 0.78), ("Proxifier", 0.5)]
)
def test_log_lines_fall_into_their_true_groups(name: str, least: float) -> None:
    with (SHARED / f"{name}_2k.log_structured_corrected.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    true, found = defaultdict(list), defaultdict(list)
    for row in clusters([line["Content"] for line in lines]):
        found[row.row if row.cluster_id is None else row.cluster_id].append(row.row)
        true[lines[row.row]["EventId"]].append(row.row)
    exact = {tuple(rows) for rows in true.values()}
    assert sum(len(rows) for rows in found.values() if tuple(rows) in exact) >= least * len(lines)
