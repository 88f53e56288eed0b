"""The network of an operation or a key: which contacts, texts and pictures stand on the same adverts, as a picture and
in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from felinar.store.published import Row
from felinar.web.key_name import name_of
from felinar.web.visit import Visit

if TYPE_CHECKING:
    from felinar.export.network import Edge, Network, Node

# Which keys stand together shows on the newest adverts of a giant too; all of them would make everybody wait.
LOOKED_AT = 500
_PARTNERS = 5


def network(
    visit: Visit,
    keys: Sequence[Row],
    advert_ids: Sequence[int],
    *,
    operation_id: int | None = None,
    weakest: Collection[int] = (),
) -> dict[str, Any] | None:
    """Return the picture of these keys (`shown`: on how many of the adverts), each with its address and its partners.

    `weakest` are the numbers of the keys of the operation's weakest link, which are marked. None for fewer than two
    keys.
    """
    from felinar.export.network import Tie, chosen
    from felinar.export.network import network as laid_out

    ties = [Tie(key["key_no"], "", key["shown"], bool(key["hub"]), key["key_no"] in weakest) for key in keys]
    by_number = {key["key_no"]: key for key in keys}
    drawn = [replace(tie, name=name_of(visit, by_number[tie.number], operation_id)) for tie in chosen(ties)]
    newest = advert_ids[-LOOKED_AT:]
    found = laid_out(drawn, ((advert_id, key_no) for key_no, advert_id, _ in visit.reading.weights(newest)))
    if found is None:
        return None
    counts = {"more": len(ties) - len(drawn), "looked_at": len(newest), "in_all": len(advert_ids)}
    return {**_told(found, by_number), **counts}


def _told(found: Network, keys: dict[int, Row]) -> dict[str, Any]:
    partners = _partners(found.edges)
    nodes = [
        _node(node, keys[node.tie.number], found.nodes, partners.get(at, [])) for at, node in enumerate(found.nodes)
    ]
    edges = [
        {
            "x1": found.nodes[edge.start].x,
            "y1": found.nodes[edge.start].y,
            "x2": found.nodes[edge.end].x,
            "y2": found.nodes[edge.end].y,
            "adverts": edge.adverts,
            "width": edge.width,
        }
        for edge in found.edges
    ]
    size = {"width": found.width, "height": found.height, "letters": found.letters}
    return {**size, "nodes": nodes, "edges": edges}


def _partners(edges: Iterable[Edge]) -> dict[int, list[tuple[int, int]]]:
    """Return for each node (adverts in common, other node), most adverts first."""
    found: dict[int, list[tuple[int, int]]] = {}
    for edge in edges:
        found.setdefault(edge.start, []).append((edge.adverts, edge.end))
        found.setdefault(edge.end, []).append((edge.adverts, edge.start))
    return {node: sorted(others, key=lambda one: (-one[0], one[1])) for node, others in found.items()}


def _node(node: Node, key: Row, nodes: Sequence[Node], partners: list[tuple[int, int]]) -> dict[str, Any]:
    others = [{"name": nodes[other].tie.name, "adverts": adverts} for adverts, other in partners[:_PARTNERS]]
    return {
        "key_id": str(key["key_id"]),
        "kind": key["key_kind"],
        "name": node.tie.name,
        "adverts": node.tie.adverts,
        "hub": node.tie.hub,
        "weakest": node.tie.weakest,
        "x": node.x,
        "y": node.y,
        "radius": node.radius,
        "label": node.label._asdict() if node.label else None,
        "with": others,
        "more_with": max(0, len(partners) - _PARTNERS),
    }
