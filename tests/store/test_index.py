"""The index of words: what it finds is what a scan of every advert finds, however it was written."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.errors import FelinarError, WorkspaceProblem
from felinar.search.snippet import hits_in, one_slip
from felinar.store import index as module
from felinar.store.index import FOLDER, WordIndex, WordsMissing, state_of
from felinar.store.index_documents import MENTION_COLUMNS
from felinar.store.index_query import KIND, LANGUAGE, PLACE, SITE, Clause, Filter, How, WordQuery
from felinar.store.index_words import spans_of, words_of
from felinar.store.index_write import Piece, adverts_to_add, write_index
from felinar.tables import BY_NAME

pytest.importorskip("tantivy", reason="words are searched with the package tantivy (extra desk)")
START = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = ("massage", "masage", "masaj", "masaje", "cleaning", "leeds", "york", "quiet", "flat", "door", "按摩", "Łódź")


def advert(advert_id, text, *, day=0, place="", site="ads.example", language="", kind="service"):
    return {
        "advert_id": advert_id, "site": site, "posted_at": START + timedelta(days=day), "title": "", "body": text,
        "place_text": place, "language": language, "category": kind,
    }  # fmt: skip


def piece(rows, name="one", mentions=()):
    names = ["advert_id", "site", "posted_at", "title", "body", "place_text", "language", "category"]
    schema = pa.schema([BY_NAME["adverts"].schema.field(column) for column in names])
    table = pa.Table.from_pylist(rows, schema=schema)
    said = pa.table([pa.array([m[i] for m in mentions]) for i in range(3)], names=list(MENTION_COLUMNS))
    return Piece(name, len(rows), lambda: (table, said))


def made(folder, *pieces):
    assert write_index(folder / FOLDER, list(pieces))
    return WordIndex.open(folder)


def ids(index, query, limit=1000):
    return [advert_id for advert_id, _ in index.find(query, limit).rows]


def scan(rows, query):
    """The obvious twin: look at every advert."""
    found = set()
    for row in rows:
        day = (row["posted_at"] - datetime(1970, 1, 1, tzinfo=UTC)).days
        holds = [bool(hits_in(row["body"], [Clause(c.words, c.how)])) != c.excluded for c in query.clauses]
        fits = [
            (row[{SITE: "site", KIND: "category", LANGUAGE: "language"}[f.field]] == f.value) != f.excluded
            for f in query.filters
        ]
        first, end = query.first_day, query.end_day
        if all(holds) and all(fits) and (first is None or day >= first) and (end is None or day < end):
            found.add(row["advert_id"])
    return found


_word = st.sampled_from(WORDS)
_texts = st.lists(st.lists(_word, max_size=8).map(" ".join), min_size=1, max_size=12)
_clauses = st.one_of(
    st.builds(
        lambda w, x: Clause(tuple(words_of(" ".join(w))), excluded=x),
        st.lists(_word, min_size=1, max_size=3),
        st.booleans(),
    ),
    st.builds(lambda w: Clause((words_of(w)[0][:3],), How.PREFIX), st.sampled_from(WORDS[:9])),
    st.builds(lambda w: Clause((w,), How.TYPO), st.sampled_from(WORDS[:9])),
)


@settings(max_examples=60)
@given(
    _texts,
    st.lists(_clauses, min_size=1, max_size=3),
    st.lists(
        st.sampled_from([Filter(KIND, "job"), Filter(SITE, "b.example", True), Filter(LANGUAGE, "ro")]), max_size=1
    ),
    st.one_of(st.none(), st.integers(0, 12)),
)
def test_the_index_finds_what_a_scan_of_every_advert_finds(tmp_path_factory, texts, clauses, filters, days):
    rows = [
        advert(
            i,
            text,
            day=i,
            kind=("job", "service")[i % 2],
            site=("a.example", "b.example")[i % 3 == 0],
            language=("ro", "")[i % 2],
        )
        for i, text in enumerate(texts, start=1)
    ]
    first = None if days is None else (START - datetime(1970, 1, 1, tzinfo=UTC)).days + days
    query = WordQuery(tuple(clauses), tuple(filters), first_day=first)
    half = len(rows) // 2
    index = made(tmp_path_factory.mktemp("index"), piece(rows[:half], "a"), piece(rows[half:], "b"))
    if not query.is_empty:
        found = index.find(query, 1000)
        assert {advert_id for advert_id, _ in found.rows} == scan(rows, query)
        assert found.total == len(found.rows)


@pytest.mark.parametrize("typed", ["Łódź", "lodz", "LODZ", "ŁÓDŹ"])
def test_a_word_is_found_with_and_without_its_marks(tmp_path, typed):
    index = made(tmp_path, piece([advert(1, "Masaż w Łódź")]))
    assert ids(index, WordQuery((Clause(tuple(words_of(typed))),))) == [1]


def test_signs_of_a_script_without_blanks_are_found_inside_a_sentence(tmp_path):
    index = made(tmp_path, piece([advert(1, "提供按摩服务"), advert(2, "摩按")]))
    assert ids(index, WordQuery((Clause(tuple(words_of("按摩"))),))) == [1]


def test_places_are_those_that_an_advert_states_or_names(tmp_path):
    rows = [advert(1, "one", place="San Diego"), advert(2, "two"), advert(3, "san marino, diego")]
    index = made(tmp_path, piece(rows, mentions=[(2, "place", "San Diego, US"), (2, "language", "en")]))
    asked = WordQuery((Clause(("san", "diego"), field=PLACE),))
    assert sorted(ids(index, asked)) == [1, 2]
    assert ids(index, WordQuery((), (Filter(LANGUAGE, "en"),))) == [2]


def test_a_site_is_found_under_the_names_above_it(tmp_path):
    index = made(tmp_path, piece([advert(1, "one", site="leeds.ads.example"), advert(2, "two", site="bads.example")]))
    assert ids(index, WordQuery((), (Filter(SITE, "ads.example"),))) == [1]


def test_equally_good_adverts_come_newest_first_and_in_a_total_order_at_every_cut(tmp_path):
    rows = [advert(i, "same words", day=i % 5) for i in range(1, 60)]
    index = made(tmp_path, *(piece(rows[i::7], f"p{i}") for i in range(7)))
    query = WordQuery((Clause(("same",)),))
    everything = ids(index, query)
    assert everything == [
        r["advert_id"] for r in sorted(rows, key=lambda r: (-r["posted_at"].timestamp(), r["advert_id"]))
    ]
    assert all(ids(index, query, cut) == everything[:cut] for cut in (1, 3, 10, 59))


def test_a_batch_is_added_to_what_is_there_and_finds_the_same_as_an_index_made_anew(tmp_path):
    rows = [advert(i, f"{WORDS[i % 5]} {WORDS[i % 7]} number {i}", day=i) for i in range(40)]
    first, second = piece(rows[:30], "a"), piece(rows[30:], "b")
    made(tmp_path / "grown", first)
    assert adverts_to_add(tmp_path / "grown" / FOLDER, [first, second]) == 10
    grown, anew = made(tmp_path / "grown", first, second), made(tmp_path / "anew", first, second)
    for word in ("massage", "leeds", "number"):
        query = WordQuery((Clause((word,)),))
        assert grown.find(query, 7) == anew.find(query, 7)


def test_what_is_gone_from_the_pile_is_gone_from_the_index(tmp_path):
    one, two = piece([advert(1, "one word")], "a"), piece([advert(2, "two words")], "b")
    made(tmp_path, one, two)
    assert ids(made(tmp_path, two), WordQuery((Clause(("one",)),))) == []


def test_an_index_that_is_open_is_read_on_while_the_next_one_is_written(tmp_path):
    one, two = piece([advert(1, "one word")], "a"), piece([advert(2, "two words")], "b")
    old = made(tmp_path, one)
    made(tmp_path, one, two)
    assert ids(old, WordQuery((Clause(("one",)),))) == [1]


def test_damaged_files_are_made_anew_by_the_next_run_and_named_before(tmp_path):
    one, two = piece([advert(1, "one word")], "a"), piece([advert(2, "two words")], "b")
    made(tmp_path, one)
    folder = tmp_path / FOLDER / state_of(tmp_path / FOLDER).folder
    (folder / "meta.json").write_text("{")
    with pytest.raises(WorkspaceProblem, match="delete the folder index"):
        WordIndex.open(tmp_path)
    assert ids(made(tmp_path, one, two), WordQuery((Clause(("two",)),))) == [2]


def test_no_adverts_are_an_index_too(tmp_path):
    assert ids(made(tmp_path, piece([])), WordQuery((Clause(("one",)),))) == []
    assert ids(made(tmp_path / "none"), WordQuery((Clause(("one",)),))) == []


def test_without_an_index_or_the_package_a_sentence_says_what_to_do(tmp_path, monkeypatch):
    with pytest.raises(WordsMissing, match="felinar run"):
        WordIndex.open(tmp_path)
    monkeypatch.setattr(module, "is_installed", lambda: False)
    with pytest.raises(FelinarError, match=r"felinar\[desk\]"):
        WordIndex.open(tmp_path)


def test_an_endless_word_and_odd_characters_do_no_harm(tmp_path):
    rows = [advert(1, "a" * 100_000 + " one"), advert(2, "\x00\ud7ff \u200b one\u200bword"), advert(3, "")]
    index = made(tmp_path, piece(rows))
    assert ids(index, WordQuery((Clause(("one",)),))) == [1]
    assert ids(index, WordQuery((Clause(("oneword",)),))) == [2]


@given(st.text(max_size=60))
def test_the_places_of_words_are_places_of_the_original(text):
    spans = spans_of(text)
    assert [span.word for span in spans] == words_of(text)
    assert all(
        words_of(text[span.start : span.end])[0].endswith(span.word)
        or span.word in "".join(words_of(text[span.start : span.end]))
        for span in spans
    )


@given(st.text("ab", max_size=5), st.text("ab", max_size=5))
def test_one_slip_is_what_the_slow_twin_says(word, other):
    near = {word[:i] + word[i + 1 :] for i in range(len(word))}
    near |= {word[:i] + c + word[i:] for i in range(len(word) + 1) for c in "ab"}
    near |= {word[:i] + c + word[i + 1 :] for i in range(len(word)) for c in "ab"}
    near |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    assert one_slip(word, other) == (other in near and word != other)


_WRITER = """
import sys
from pathlib import Path
import pyarrow as pa
from felinar.store.index_documents import MENTION_COLUMNS
from felinar.store.index_write import Piece, write_index
from felinar.tables import BY_NAME
names = ["advert_id", "site", "posted_at", "title", "body", "place_text", "language", "category"]
schema = pa.schema([BY_NAME["adverts"].schema.field(n) for n in names])
said = pa.table([pa.array([], t) for t in (pa.int64(), pa.string(), pa.string())], names=list(MENTION_COLUMNS))
def piece(first):
    rows = [{"advert_id": first + i, "title": "", "body": f"common word{first + i}"} for i in range(200)]
    return Piece(str(first), 200, lambda: (pa.Table.from_pylist(rows, schema=schema), said))
pieces = []
print("ready", flush=True)
for n in range(1000):
    pieces.append(piece(200 * n))
    write_index(Path(sys.argv[1]), pieces)
    print(len(pieces), flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX matter")
def test_kill_9_leaves_the_old_index_or_the_new_one(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path / FOLDER)], stdout=subprocess.PIPE, text=True
    )
    done = 0
    for line in process.stdout:
        done = int(line) if line.strip().isdigit() else 0
        if done == 4:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    index = WordIndex.open(tmp_path)
    assert index.adverts % 200 == 0
    assert index.adverts >= 200 * done
    assert index.find(WordQuery((Clause(("common",)),)), 1).total == index.adverts
