"""Texts of a page in the plainer form of `extract/phone_rare.py`, as a page of their own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from felinar.extract.native.characters import characters
from felinar.extract.native.page import Page, text_of
from felinar.extract.native.readings import About
from felinar.extract.phone_rare import plain_form


def plainer_page(page: Page, texts: NDArray[np.int32]) -> Page:
    """Return a page of these texts, with plain digits for signs and without apostrophes in number words."""
    columns = [_plain_text(page, text) for text in texts.tolist()]
    folded, kinds, place = (np.concatenate(column) for column in zip(*columns, strict=True))
    at = np.cumsum([0, *(len(column[0]) for column in columns)], dtype=np.int64)
    return Page(page.original, page.original_kinds, page.first[texts], page.last[texts], folded, kinds, place, at)


def _plain_text(page: Page, text: int) -> tuple[NDArray[np.uint32], NDArray[np.uint16], NDArray[np.int32]]:
    """Return the folded characters of a text, their kinds and their places."""
    own = slice(int(page.at[text]), int(page.at[text + 1]))
    written, gone = plain_form(text_of(page, text))
    folded = np.frombuffer(written.encode("utf-32-le"), dtype=np.uint32)
    kinds = page.kinds[own].copy()
    new = np.flatnonzero(folded != page.folded[own])
    if len(new):
        kinds[new] = characters(folded[new]).kinds[folded[new]]
    place = page.place[own]
    if not gone:
        return folded, kinds, place
    return np.delete(folded, gone), np.delete(kinds, gone), np.delete(place, gone)


def about_texts(about: About, texts: NDArray[np.int32]) -> About:
    """Return what is known around these texts, for a page that has them only."""
    return about._replace(field=about.field[texts], country=about.country[texts], language=about.language[texts])
