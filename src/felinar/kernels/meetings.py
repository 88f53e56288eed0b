"""Which groups of adverts meet under which keys, and what all keys that two groups share say together."""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel

NEVER = -1


@kernel
def cells_of_keys(starts, group, weight, slot, cell_starts, cell_group, shown, strongest):  # type: ignore[no-untyped-def]
    """Write a cell for each group under each key: how many of its adverts show the key, and the strongest weight.

    The rows of key k begin at starts[k]; its cells will begin at cell_starts[k]. Scratch: slot, NEVER for each group.
    """
    cells = 0
    for key in range(len(starts) - 1):
        cell_starts[key] = cells
        for row in range(starts[key], starts[key + 1]):
            at = slot[group[row]]
            if at < cell_starts[key]:
                at = cells
                slot[group[row]] = at
                cell_group[at], shown[at], strongest[at] = group[row], 0, 0
                cells += 1
            shown[at] += 1
            strongest[at] = max(strongest[at], weight[row])
    cell_starts[len(starts) - 1] = cells


@kernel
def pairs_of_keys(cell_starts, cell_group, shown, judged, all_pairs, first, second, of_key):  # type: ignore[no-untyped-def]
    """Write pairs of cells under one key and return how many: all of them where the key has `all_pairs` cells or fewer.

    Else each cell with the one that shows the key most (of these the first by name), and under keys that a judged group
    shows each also with the next in that order. Empty arrays are not written to: so the pairs are counted before.
    """
    pairs, write = 0, len(first) > 0
    for key in range(len(cell_starts) - 1):
        begin, end = cell_starts[key], cell_starts[key + 1]
        if end - begin <= all_pairs:
            for low in range(begin, end):
                for high in range(low + 1, end):
                    if write:
                        first[pairs], second[pairs], of_key[pairs] = low, high, key
                    pairs += 1
            continue
        lead, apart = begin, judged[cell_group[begin]]
        for cell in range(begin + 1, end):
            apart = apart or judged[cell_group[cell]]
            if shown[cell] > shown[lead] or (shown[cell] == shown[lead] and cell_group[cell] < cell_group[lead]):
                lead = cell
        for cell in range(begin, end):
            if cell != lead:
                if write:
                    first[pairs], second[pairs], of_key[pairs] = lead, cell, key
                pairs += 1
        if apart and write:
            ranked = begin + np.argsort(cell_group[begin:end], kind="mergesort")
            ranked = ranked[np.argsort(-shown[ranked], kind="mergesort")]
            for place in range(2, end - begin):
                first[pairs], second[pairs], of_key[pairs] = ranked[place - 1], ranked[place], key
                pairs += 1
        elif apart:
            pairs += end - begin - 2
    return pairs


@kernel
def add_up(met, cells, size, least, slots, pairs, of_pair):  # type: ignore[no-untyped-def]
    """Add up what all cells of the same two groups say, and return how many pairs of groups there are.

    Rows of `met`: first cell, second cell, key. Rows of `cells`: group, adverts that show the key, strongest weight.
    Rows of `pairs`: left group (the smaller), right group, shown left, shown right, millibits, and the first key that
    all adverts of both groups show and that says `least` alone (NEVER: none). A key says as much as the weaker of both
    sides; what is shown counts by the key that most adverts show. Scratch: slots, a power of two, all NEVER.
    """
    count, mask = 0, len(slots) - 1
    for row in range(met.shape[1]):
        low, high = met[0, row], met[1, row]
        if cells[0, low] > cells[0, high]:
            low, high = high, low
        left, right = cells[0, low], cells[0, high]
        slot = ((left * 0x9E3779B1 + right) * 0x85EBCA6B >> 13) & mask
        while slots[slot] >= 0 and (pairs[0, slots[slot]] != left or pairs[1, slots[slot]] != right):
            slot = (slot + 1) & mask
        pair = slots[slot]
        if pair < 0:
            pair = count
            slots[slot] = pair
            pairs[0, pair], pairs[1, pair], pairs[5, pair] = left, right, NEVER
            count += 1
        pairs[2, pair] = max(pairs[2, pair], cells[1, low])
        pairs[3, pair] = max(pairs[3, pair], cells[1, high])
        said = min(cells[2, low], cells[2, high])
        pairs[4, pair] += said
        if pairs[5, pair] == NEVER and said >= least and cells[1, low] == size[left] and cells[1, high] == size[right]:
            pairs[5, pair] = met[2, row]
        of_pair[row] = pair
    return count
