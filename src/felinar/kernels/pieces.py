"""Into how many pieces the adverts of each key fall when the key is taken away, and how many own a contact.

Adverts and keys are codes. The keys of advert a stand at advert_keys[advert_starts[a]:advert_starts[a + 1]], of which
the first `most_keys` are looked at; the adverts of key k likewise. Each key has a small graph of its own: its adverts
are the nodes 0 … size - 1, the other keys follow in the order in which they are met.
"""

from __future__ import annotations

from felinar.kernels.compile import kernel
from felinar.kernels.components import root_of

HUB, BUNDLED = -1, -2  # in place of a count: this key holds nothing together


@kernel
def contacts_of_ties(  # type: ignore[no-untyped-def]
    key_starts, key_adverts, advert_starts, advert_keys, tie, contact, most_keys, found
):
    """Write into the row of each tie the first contacts, by code, that stand beside it; what is left of the row stays.

    Rows of keys that are no ties stay as they are.
    """
    for key in range(len(key_starts) - 1):
        held = 0
        if not tie[key]:
            continue
        for row in range(key_starts[key], key_starts[key + 1]):
            begin = advert_starts[key_adverts[row]]
            for at in range(begin, min(advert_starts[key_adverts[row] + 1], begin + most_keys)):
                if contact[advert_keys[at]] and advert_keys[at] != key:
                    held = keep_smallest(found[key], held, advert_keys[at])


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
    key_starts, key_adverts, advert_starts, advert_keys, asked, hub, contact, beside, rule, of_keys, of_nodes, found
):
    """Write the pieces, the owned pieces and the other contacts (rows of `found`) of each key asked of enough adverts.

    `beside` are the contacts that a tie brings along (`contacts_of_ties`). `rule`: the fewest adverts, most_keys, and
    how many adverts per hundred make a bundle. Scratch: three rows with -1 for each key; two with a place for each key
    and each advert of the largest key.
    """
    fewest, most_keys, bundle_per_hundred = rule
    pieces, owned, others = found
    node_of, key_of, together = of_keys
    parent, owner = of_nodes
    for key in range(len(key_starts) - 1):
        adverts = key_adverts[key_starts[key] : key_starts[key + 1]]
        size = len(adverts)
        if size < fewest or not asked[key]:
            continue
        others[key] = 0
        met = meet(key, adverts, advert_starts, advert_keys, most_keys, node_of, key_of, together)
        for node in range(met):
            other = key_of[node]
            others[key] += contact[other]
            larger = max(size, key_starts[other + 1] - key_starts[other])
            # A contact that comes with the key on half of the adverts of either is one bundle with it.
            if contact[other] and together[node] * 100 >= bundle_per_hundred * larger:
                together[node] = BUNDLED
            elif hub[other]:
                together[node] = HUB
        for node in range(size + met):
            parent[node] = node
            owner[node] = 0
        nodes = met
        left, is_owned = hold(
            key, adverts, advert_starts, advert_keys, most_keys, contact, node_of, together, parent, owner
        )
        if left > 1 or not is_owned:  # else nothing that is brought along can change anything
            nodes = bring_along(key, size, met, beside, node_of, key_of, together, parent, owner)
            left, is_owned = count_roots(size, nodes, parent, owner)
        pieces[key], owned[key] = left, is_owned
        for node in range(nodes):
            node_of[key_of[node]] = -1


@kernel
def meet(key, adverts, advert_starts, advert_keys, most_keys, node_of, key_of, together):  # type: ignore[no-untyped-def]
    """Number the other keys of these adverts and count on how many of them each stands; return how many there are."""
    met = 0
    for advert in adverts:
        begin = advert_starts[advert]
        for at in range(begin, min(advert_starts[advert + 1], begin + most_keys)):
            other = advert_keys[at]
            if other != key:
                if node_of[other] < 0:
                    node_of[other], key_of[met], together[met] = met, other, 0
                    met += 1
                together[node_of[other]] += 1
    return met


@kernel
def hold(  # type: ignore[no-untyped-def]
    key, adverts, advert_starts, advert_keys, most_keys, contact, node_of, together, parent, owner
):
    """Unite each advert with the keys that hold it; contacts among these own their piece.

    Return how many pieces are left, and whether anything owns one.
    """
    size, is_owned = len(adverts), 0
    pieces = size
    for i in range(size):
        begin = advert_starts[adverts[i]]
        for at in range(begin, min(advert_starts[adverts[i] + 1], begin + most_keys)):
            other = advert_keys[at]
            if other == key or together[node_of[other]] < 0:
                continue
            node, mine = size + node_of[other], root_of(parent, i)
            if parent[node] == node:  # nobody has met it before
                owner[node] = contact[other]
                is_owned = max(is_owned, owner[node])
                parent[node] = mine
                continue
            theirs = root_of(parent, node)
            if theirs != mine:
                parent[theirs] = mine
                pieces -= 1
    return pieces, is_owned


@kernel
def bring_along(key, size, met, beside, node_of, key_of, together, parent, owner):  # type: ignore[no-untyped-def]
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
            if other == key or (0 <= node_of[other] < met and together[node_of[other]] == BUNDLED):
                continue
            if node_of[other] < 0:
                node_of[other], key_of[nodes], parent[size + nodes] = nodes, other, size + nodes
                nodes += 1
            owner[size + node_of[other]] = 1
            parent[root_of(parent, size + node_of[other])] = root_of(parent, size + node)
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
