"""The gazetteer as arrays: spellings in a hash table, and the towns of each in the order in which they are asked.

It is read from the file of the plain gazetteer by Arrow and two loops, in about 0.2 s, so there is no second file to
ship; what was read is kept.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pyarrow import csv

from felinar.extract.name import names
from felinar.extract.native.page import page_of, page_of_texts
from felinar.extract.native.town_loops import (
    FILTER,
    NAMED,
    ORDINARY,
    PAIRS,
    REGION,
    Towns,
    fill,
    fill_filters,
    put_named_first,
    write_forms,
    write_spellings,
)
from felinar.extract.place_words import REGIONS, ordinary
from felinar.kernels.kept_tables import kept_table

_BLANK = 32
_SEPARATORS = "'’`-.,/()"  # as in `place_choice.form_of`, beside blanks


class TownNames(NamedTuple):
    """The towns' names (`City, CC`), countries and inhabitants as Arrow strings."""

    names: pa.Array
    countries: pa.Array
    inhabitants: pa.Array


@lru_cache(maxsize=1)
def towns() -> Towns:
    """Return the tables for the loops."""
    return _read()[0]


@lru_cache(maxsize=1)
def town_names() -> TownNames:
    """Return the strings of the towns."""
    return _read()[1]


@kept_table
def _read() -> tuple[Towns, TownNames]:
    packed = resources.files("felinar.extract").joinpath("data/gazetteer.txt.gz").read_bytes()
    places, _, forms = gzip.decompress(packed).partition(b"\n\n")
    names, inhabitants = _columns(places)
    spellings, numbers = _columns(forms)
    texts = TownNames(names, pc.utf8_slice_codeunits(names, -2), inhabitants)
    return _tables(spellings, pc.split_pattern(numbers, " "), texts), texts


def _columns(lines: bytes) -> tuple[pa.Array, pa.Array]:
    """Return the two columns of lines with a tab each."""
    table = csv.read_csv(
        io.BytesIO(lines),
        read_options=csv.ReadOptions(use_threads=False, column_names=["a", "b"]),
        parse_options=csv.ParseOptions(delimiter="\t", quote_char=False),
        convert_options=csv.ConvertOptions(
            column_types={"a": pa.string(), "b": pa.string()}, strings_can_be_null=False
        ),
    )
    return table["a"].combine_chunks(), table["b"].combine_chunks()


def _tables(spellings: pa.Array, numbers: pa.Array, texts: TownNames) -> Towns:
    page = page_of([spellings])
    # Room for all spellings, and for the beginnings of those of several words, many of them more than once.
    room = len(spellings) + int((page.original == _BLANK).sum())
    countries = texts.countries.dictionary_encode()
    found = Towns(
        np.full(1 << (2 * room).bit_length(), -1, dtype=np.int32),
        np.zeros(room, dtype=np.uint64),
        page.original,
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.int32),
        np.zeros(room, dtype=np.uint8),
        numbers.offsets.to_numpy(),
        numbers.flatten().cast(pa.int32()).to_numpy().copy(),
        country_codes(countries.dictionary.to_pylist())[countries.indices.to_numpy()],
        texts.inhabitants.cast(pa.int64()).to_numpy(),
        np.zeros(FILTER, dtype=np.uint64),
        np.zeros(PAIRS, dtype=np.uint64),
    )
    fill(found, page.first, page.last)
    fill_filters(found)
    called = page_of([pc.utf8_slice_codeunits(texts.names, 0, -4)])
    form, at = np.empty(len(called.folded), dtype=np.uint32), np.zeros(len(texts.names) + 1, dtype=np.int64)
    write_forms(called, np.array(list(map(ord, _SEPARATORS)), dtype=np.uint32), form, at)
    put_named_first(found, form, at)
    for bit, words in ((ORDINARY, ordinary()), (NAMED, names()), (REGION, REGIONS)):
        spellings = _spellings(found, sorted(words))
        found.kind[spellings[spellings >= 0]] |= np.uint8(bit)
    return found


def _spellings(found: Towns, words: Sequence[str]) -> NDArray[np.int32]:
    """Return the number of the spelling that each of these words is, or -1."""
    spellings = np.empty(len(words), dtype=np.int32)
    write_spellings(found, page_of_texts(words), spellings)
    return spellings


def country_codes(countries: list[str] | tuple[str, ...]) -> NDArray[np.int16]:
    """Return the numbers of countries: -2 for none, -1 for what is not two capital letters."""
    codes = [
        26 * ord(c[0]) + ord(c[1]) - 27 * 65
        if len(c) == 2 and c.isascii() and c.isalpha() and c.isupper()
        else -1
        if c
        else -2
        for c in countries
    ]
    return np.array(codes, dtype=np.int16)
