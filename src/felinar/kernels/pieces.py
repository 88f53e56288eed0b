"""Into how many pieces the adverts of each key fall when the key is taken away, and how many own a contact.

Adverts and keys are numbers of 32 bits. The list of an advert holds the keys of it that are looked at, ascending, then
END; key k stands on the adverts whose lists begin at lists[row] for the rows key_starts[k] to key_starts[k + 1] - 1. So
an advert costs one look into memory far away, and so does a key: what is asked of it stands in one line (`NODE` …).

Each key has a small graph of its own: its adverts are the nodes 0 … size - 1, the other keys follow in the order in
which they are met.
"""

from __future__ import annotations

from felinar.kernels.compile import kernel
from felinar.kernels.components import root_of

END = -1
HUB, BUNDLED = -1, -2  # in place of a count: this key holds nothing together
NODE, SIZE, IS_CONTACT, IS_HUB = range(4)  # of a key: its number in the graph of another, or -1; its adverts; marks


@kernel
def write_lists(starts, adverts, number, most_keys, begins, seen, lists):  # type: ignore[no-untyped-def]
    """Write the numbers of the first `most_keys` keys of each advert, by key; those without one (-1) only count.

    The adverts of key k stand at adverts[starts[k]:starts[k + 1]]. `begins` move on to the end of each list.
    """
    for key in range(len(starts) - 1):
        for row in range(starts[key], starts[key + 1]):
            advert = adverts[row]
            if number[key] >= 0 and seen[advert] < most_keys:
                lists[begins[advert]] = number[key]
                begins[advert] += 1
            seen[advert] += 1


@kernel
def contacts_of_ties(key_starts, key_lists, lists, tie, contact, found):  # type: ignore[no-untyped-def]
    """Write into the row of each tie the first contacts, by code, that stand beside it; what is left of the row stays.

    Rows of keys that are no ties stay as they are.
    """
    for key in range(len(key_starts) - 1):
        held = 0
        if not tie[key]:
            continue
        for row in range(key_starts[key], key_starts[key + 1]):
            at = key_lists[row]
            while lists[at] != END:
                if contact[lists[at]] and lists[at] != key:
                    held = keep_smallest(found[key], held, lists[at])
                at += 1


@kernel
def keep_smallest(smallest, held, code):  # type: ignore[no-untyped-def]
    """Put a code into a sorted row of distinct codes, of which the largest falls out; return how many it holds."""
    place = held
    while place > 0 and smallest[place - 1] > code:
        place -= 1
    if place == len(smallest) or (place > 0 and smallest[place - 1] == code):
        return held
    held = min(held + 1, len(smallest))
    for later in range(held - 1, place, -1):
        smallest[later] = smallest[later - 1]
    smallest[place] = code
    return held


@kernel
def count_pieces(  # type: ignore[no-untyped-def]
    key_starts, key_lists, lists, asked, about, beside, rule, key_of, together, parent, owner, found
):
    """Write the pieces, the owned pieces and the other contacts (rows of `found`) of each key asked of enough adverts.

    `about` says of each key what NODE … name. `beside` are the contacts that a tie brings along (`contacts_of_ties`).
    `rule`: the fewest adverts, and how many adverts per hundred make a bundle. Scratch: two rows with a place for each
    key; two with a place for each key and each advert of the largest key.
    """
    fewest, bundle_per_hundred = rule
    pieces, owned, others = found
    for key in range(len(key_starts) - 1):
        first, last = key_starts[key], key_starts[key + 1]
        size = last - first
        if size < fewest or not asked[key]:
            continue
        met, others[key] = meet(key, first, last, key_lists, lists, about, key_of, together), 0
        for node in range(met):
            other = key_of[node]
            is_contact, larger = about[other, IS_CONTACT], max(size, about[other, SIZE])
            others[key] += is_contact
            # A contact that comes with the key on half of the adverts of either is one bundle with it.
            if is_contact and together[node] * 100 >= bundle_per_hundred * larger:
                together[node] = BUNDLED
            elif about[other, IS_HUB]:
                together[node] = HUB
        for node in range(size + met):
            parent[node] = node
            owner[node] = 0
        nodes = met
        left, is_owned = hold(key, first, last, key_lists, lists, about, together, parent, owner)
        if left > 1 or not is_owned:  # else nothing that is brought along can change anything
            nodes = bring_along(key, size, met, beside, about, key_of, together, parent, owner)
            left, is_owned = count_roots(size, nodes, parent, owner)
        pieces[key], owned[key] = left, is_owned
        for node in range(nodes):
            about[key_of[node], NODE] = -1


@kernel
def meet(key, first, last, key_lists, lists, about, key_of, together):  # type: ignore[no-untyped-def]
    """Number the other keys of these adverts and count on how many of them each stands; return how many there are."""
    met = 0
    for row in range(first, last):
        at = key_lists[row]
        while lists[at] != END:
            other = lists[at]
            at += 1
            if other != key:
                if about[other, NODE] < 0:
                    about[other, NODE], key_of[met], together[met] = met, other, 0
                    met += 1
                together[about[other, NODE]] += 1
    return met


@kernel
def hold(key, first, last, key_lists, lists, about, together, parent, owner):  # type: ignore[no-untyped-def]
    """Unite each advert with the keys that hold it; contacts among these own their piece.

    Return how many pieces are left, and whether anything owns one.
    """
    size, is_owned = last - first, 0
    pieces = size
    for i in range(size):
        at = key_lists[first + i]
        while lists[at] != END:
            other = lists[at]
            at += 1
            if other == key or together[about[other, NODE]] < 0:
                continue
            node, mine = size + about[other, NODE], root_of(parent, i)
            if parent[node] == node:  # nobody has met it before
                owner[node] = about[other, IS_CONTACT]
                is_owned = max(is_owned, owner[node])
                parent[node] = mine
                continue
            theirs = root_of(parent, node)
            if theirs != mine:
                parent[theirs] = mine
                pieces -= 1
    return pieces, is_owned


@kernel
def bring_along(key, size, met, beside, about, key_of, together, parent, owner):  # type: ignore[no-untyped-def]
    """Unite each tie with the contacts that it brings, unless they are bundled with the key; return how many nodes
    there are besides the adverts.
    """
    nodes = met
    for node in range(met):
        if together[node] < 0:
            continue
        for other in beside[key_of[node]]:
            if other < 0:
                break
            if other == key or (0 <= about[other, NODE] < met and together[about[other, NODE]] == BUNDLED):
                continue
            if about[other, NODE] < 0:
                about[other, NODE], key_of[nodes], parent[size + nodes] = nodes, other, size + nodes
                nodes += 1
            owner[size + about[other, NODE]] = 1
            parent[root_of(parent, size + about[other, NODE])] = root_of(parent, size + node)
    return nodes


@kernel
def count_roots(size, nodes, parent, owner):  # type: ignore[no-untyped-def]
    """Return how many roots the adverts have, and how many of these stand over an owner; `owner` is used up."""
    for node in range(size, size + nodes):
        if owner[node] == 1:
            owner[root_of(parent, node)] = 2
    pieces, owned = 0, 0
    for i in range(size):
        root = root_of(parent, i)
        if owner[root] >= 0:
            pieces += 1
            owned += owner[root] == 2
            owner[root] = -1
    return pieces, owned
