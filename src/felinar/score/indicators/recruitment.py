"""Job offers and service adverts behind one contact, and one job text for many employers."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from felinar.score.contract import FULL, Found, OperationRule, some, strength
from felinar.score.counting import Groups
from felinar.score.pile import Pile

ONE_OF_EACH = 600  # one job advert and one service advert may be a recycled number; two of each are not
LEAST_EMPLOYERS = 2
LEAST_PLACES = 3
LEAST_TEXT_ADVERTS = 3
PER_EMPLOYER = 250
PER_PLACE = 100
EMPLOYER_COLUMNS = ("company", "employer", "company_name", "hiringOrganization")


def find_both(pile: Pile) -> Iterator[Found]:
    """Return operations in which one contact stands in job offers and in service adverts."""
    ties = pile.contacts
    width = len(ties.values) + 1
    cells, cell = np.unique(pile.operation[ties.advert] * width + ties.code, return_inverse=True)
    jobs = np.bincount(cell, weights=pile.is_job[ties.advert], minlength=len(cells)).astype(np.int64)
    services = np.bincount(cell, weights=pile.is_service[ties.advert], minlength=len(cells)).astype(np.int64)
    both = np.flatnonzero((jobs > 0) & (services > 0))
    order = both[np.lexsort((both, -np.minimum(jobs, services)[both], cells[both] // width))]
    firsts = np.unique(cells[order] // width, return_index=True)[1]
    rows = Groups(cell)
    for at in order[firsts]:
        few = min(int(jobs[at]), int(services[at]))
        evidence = {
            "contact": ties.values[int(cells[at] % width)],
            "jobs": int(jobs[at]),
            "services": int(services[at]),
        }
        yield Found(int(cells[at] // width), FULL if few >= 2 else ONE_OF_EACH, evidence, ties.advert[rows.rows(at)])


def find_same_text(pile: Pile) -> Iterator[Found]:
    """Return operations with one job text for several employers, or in at least three places."""
    keep = pile.is_job[pile.texts.advert]
    advert, text = pile.texts.advert[keep], pile.texts.code[keep]
    width = len(pile.texts.values) + 1
    cells, cell = np.unique(pile.operation[advert] * width + text, return_inverse=True)
    rows = Groups(cell)
    best: dict[int, Found] = {}
    for at in np.flatnonzero(np.bincount(cell, minlength=len(cells)) >= LEAST_TEXT_ADVERTS):
        adverts = advert[rows.rows(int(at))]
        employers = {name for name in (employer(pile, a) for a in adverts.tolist()) if name}
        places = {p for p in pile.place[adverts].tolist() if p >= 0}
        if len(employers) < LEAST_EMPLOYERS and len(places) < LEAST_PLACES:
            continue
        share = strength(1, PER_EMPLOYER * max(len(employers) - 1, 0) + PER_PLACE * max(len(places) - 1, 0))
        evidence = {
            "adverts": len(adverts),
            "employers": len(employers),
            "places": len(places),
            "examples": some(employers or (pile.place_names[p] for p in places)),
        }
        found = Found(int(cells[at] // width), share, evidence, adverts)
        if found.operation not in best or share > best[found.operation].share:
            best[found.operation] = found
    yield from best.values()


def employer(pile: Pile, advert: int) -> str:
    """Return the employer that the source names in a column of its own, folded to lower case; else empty."""
    extra = pile.extra[advert]
    if not extra or not any(name in extra for name in EMPLOYER_COLUMNS):  # reading JSON costs far more than looking
        return ""
    try:
        columns = json.loads(extra)
    except ValueError:
        return ""
    given = (columns.get(name) for name in EMPLOYER_COLUMNS) if isinstance(columns, dict) else ()
    return next((str(value).strip().casefold() for value in given if value), "")


BOTH = OperationRule("OP_JOBS_AND_SERVICES", find_both)
SAME_TEXT = OperationRule("JOB_SAME_TEXT_MANY_EMPLOYERS", find_same_text)
