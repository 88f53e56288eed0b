"""The native reader of job terms gives what the plain reader gives."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from felinar.extract.contract import Context
from felinar.extract.job import JOB, NOT, find, job_words
from felinar.extract.native import job
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.readings import about_of
from felinar.extract.native.signs import signs_of
from felinar.kernels.fold import fold

DATA = Path(__file__).parents[1] / "data"
LINES = [
    line.split("\t")[1]
    for name in ("jobs.tsv", "jobs_held_out.tsv")
    for line in (DATA / name).read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SIGNS = ", . : - no\u0302 \u093fno \u092c\u093fna € 5 100 200-300 EUR/hour Ltd SA sa Green Bridge «Дуб» ООО"
PIECES = [*job_words(), *sorted(NOT), *SIGNS.split(), "10 EUR per hour", "no  deposit", *LINES[::7]]
GLUE = st.sampled_from([" ", " ", " ", "", ", ", ". ", "\n", "; ", "\u200b", "\u00a0", "  "])
MIXED = st.lists(st.tuples(st.sampled_from(PIECES), GLUE), max_size=12).map(
    lambda parts: "".join(piece + glue for piece, glue in parts)
)


def natively(texts):
    """Return for each text what the native reader reads, None where it declines."""
    page, contexts = page_of_texts(texts), [Context("body")] * len(texts)
    readings, declined = job.read(page, np.arange(len(texts), dtype=np.int32), about_of(contexts), signs_of(page))
    found = {i: [] for i in range(len(texts))}
    columns = [c.tolist() if isinstance(c, np.ndarray) else c.to_pylist() for c in readings]
    for text, *rest in zip(*columns, strict=True):
        found[text].append(tuple(rest))
    return [None if i in declined else found[i] for i in range(len(texts))]


def plainly(text):
    return [
        (f.start, f.end, f.confidence, f.obscured, f.value, f.display or f.value, f.region, f.evidence)
        for f in find(fold(text), Context("body"))
    ]


def agree(texts):
    for text, found in zip(texts, natively(texts), strict=True):
        assert found is None or found == plainly(text), text


def test_lines_and_examples_are_read_alike_and_are_not_declined():
    texts = [*LINES, *(text for text, _ in JOB.examples), ""]
    agree(texts)
    assert None not in natively(texts)


@settings(max_examples=150, deadline=None)
@given(st.lists(MIXED, min_size=1, max_size=4))
@example(["salary 100 EUR. fee 20 EUR, 5 EUR rent no contract", "", "hiring, without\na deposit no  fee nodeposit"])
def test_mixtures_are_read_alike(texts):
    agree(texts)


def test_a_text_with_very_many_words_and_amounts_is_read_alike():
    agree(["salary 10 EUR, no deposit " * 700, "fee 5 EUR " * 1_500, "Green Ltd is hiring " * 800])


@pytest.mark.skipif(
    not (Path(os.environ.get("FELINAR_WORLD", "")) / "adverts.jsonl").is_file(), reason="no FELINAR_WORLD"
)
def test_a_world_is_read_alike():
    lines = (Path(os.environ["FELINAR_WORLD"]) / "adverts.jsonl").read_text(encoding="utf-8").splitlines()
    agree([json.loads(line)["text"] for line in lines])
