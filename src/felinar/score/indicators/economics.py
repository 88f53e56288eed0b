"""Prices: the same for all persons of an operation, and pay far above what comparable offers pay."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from felinar.kernels.sorting import values_of
from felinar.score.contract import FULL, AdvertRule, Found, OperationRule
from felinar.score.counting import Bools, Groups, Ints, Ties, count_distinct, join, median, tie
from felinar.score.pile import Pile
from felinar.score.sorting import begins, cells_of, distinct, order_of

LEAST_NAMES = 3  # two persons with one price are a duo or chance
LEAST_UNIFORM = 800  # four of five names at one price, in thousandths
MOST_COMMON = 200  # a price that a fifth of the pile asks is the market's, not a manager's
LEAST_PEERS = 20  # fewer prices in the same unit say nothing about the market
ROBUST_Z = 3  # as the registry says
NO_LIMIT = 1 << 60
MAD_TO_DEVIATION_PERCENT = 148  # the median absolute deviation times 1.48 is one standard deviation of a normal curve

_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?")


def find_uniform(pile: Pile) -> Iterator[Found]:
    """Return operations in which nearly all names go with one price that is not the market's."""
    prices = _service_prices(pile)
    asked = pile.usual.of("prices", lambda: _common(prices))
    advert, price, name = join(prices, pile.names)
    cells = cells_of(pile.operation[advert], price)
    with_price = count_distinct(cells.of, name, len(cells))
    names = count_distinct(pile.operation[advert], name, pile.m)
    operation, code = cells.columns
    order = order_of(operation, -with_price, code)
    rows = Groups(cells.of)
    first = order[begins(operation[order])]
    of_all = names[operation[first]]
    nearly_all = with_price[first] * FULL // np.maximum(of_all, 1) >= LEAST_UNIFORM
    for at in first[(of_all >= LEAST_NAMES) & nearly_all].tolist():
        of = int(names[operation[at]])
        share = int(with_price[at]) * FULL // of
        value = prices.values[int(code[at])]
        common = asked.get(value, 0)
        if common < MOST_COMMON:
            evidence = {"names": int(with_price[at]), "of": of, "price": value, "usual": common}
            yield Found(int(operation[at]), share, evidence, values_of(advert[rows.rows(int(at))]))


def _service_prices(pile: Pile) -> Ties:
    prices = pile.mentioned("price")
    keep = ~pile.is_job[prices.advert]
    return tie(prices.advert[keep], prices.code[keep], prices.values)


def _common(prices: Ties) -> dict[str, int]:
    """Return the prices that a thousandth of the adverts with a price ask, or more, and how many do in thousandths."""
    shares = np.bincount(prices.code, minlength=len(prices.values)) * FULL // max(1, len(distinct(prices.advert)[0]))
    return {prices.values[code]: int(shares[code]) for code in np.flatnonzero(shares)}


def pay_too_good(pile: Pile) -> Bools:
    """Return the job adverts whose pay lies more than 3 robust deviations above the middle of the same unit."""
    prices = pile.mentioned("price")
    amounts, unit, units = _amounts(prices.values)
    keep = pile.is_job[prices.advert] & (amounts[prices.code] > 0) if len(prices) else np.empty(0, dtype=np.bool_)
    advert, amount, unit = prices.advert[keep], amounts[prices.code[keep]], unit[prices.code[keep]]
    most = pile.usual.of("pay", lambda: {units[u]: _most(amount[unit == u]) for u in np.unique(unit).tolist()})
    limit = np.array([most.get(name, NO_LIMIT) for name in units], dtype=np.int64)
    shown = np.zeros(pile.n, dtype=np.bool_)
    shown[advert[amount > limit[unit]]] = True
    return shown


def _most(pay: Ints) -> int:
    """Return the most that is paid in one unit without being too good; few amounts set no limit."""
    if len(pay) < LEAST_PEERS:
        return NO_LIMIT
    middle = median(pay)
    deviation = median(np.abs(pay - middle)) * MAD_TO_DEVIATION_PERCENT
    # Where all pay nearly the same, a tenth of it stands in for the deviation.
    return middle + ROBUST_Z * max(deviation, middle * 10) // 100


def _amounts(values: list[str]) -> tuple[Ints, Ints, list[str]]:
    """Return the whole amount of each price (0: none is read), a code for what stands around it, and these units."""
    found = [_NUMBER.search(value) for value in values]
    amounts = [int(float(m.group())) if m else 0 for m in found]
    around = [_NUMBER.sub("", value, count=1).strip() for value in values]
    units = sorted(set(around))
    codes = {unit: code for code, unit in enumerate(units)}
    return np.array(amounts, dtype=np.int64), np.array([codes[unit] for unit in around], dtype=np.int64), units


UNIFORM = OperationRule("OP_PRICE_UNIFORM", find_uniform)
PAY = AdvertRule("JOB_PAY_TOO_GOOD", pay_too_good)
