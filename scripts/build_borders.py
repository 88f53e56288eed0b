"""Build src/felinar/export/data/borders.npz, the borders of the maps, from Natural Earth (public domain).

Natural Earth comes by way of the npm package world-atlas (ISC): `npm pack world-atlas@2.0.2`, unpack it, then
`python scripts/build_borders.py package/countries-50m.json`. The same file gives the same bytes. The result holds the
rings of all countries as one row of points in hundredths of a degree, each point less the one before it (small
numbers, which compress well), and where each ring begins.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.int32]

TARGET = Path(__file__).parents[1] / "src/felinar/export/data/borders.npz"


def main(source: Path) -> None:
    """Write the borders and say how large they are."""
    atlas = json.loads(source.read_text(encoding="utf-8"))
    arcs = decoded(atlas)
    kept = [ring for country in atlas["objects"]["countries"]["geometries"] for ring in rings_of(country, arcs)]
    starts = np.cumsum([0, *map(len, kept)], dtype=np.int32)[:-1]
    points = np.concatenate(kept)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int32))
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, starts=starts, steps=steps)
    sys.stdout.write(f"{len(starts)} rings, {len(points)} points, {TARGET.stat().st_size} bytes\n")


def decoded(atlas: dict[str, Any]) -> list[Points]:
    """Return the arcs in hundredths of a degree, longitude first; TopoJSON writes them as steps on a grid."""
    scale, translate = (np.array(atlas["transform"][name]) for name in ("scale", "translate"))
    return [
        np.rint(100 * (np.cumsum(np.array(arc), axis=0) * scale + translate)).astype(np.int32) for arc in atlas["arcs"]
    ]


def rings_of(country: dict[str, Any], arcs: list[Points]) -> Iterator[Points]:
    """Return the closed rings of a country, points that fell together merged, without the smallest islands."""
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    for ring in (ring for polygon in polygons for ring in polygon):
        points = np.concatenate([arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring])
        moved = np.any(np.diff(points, axis=0, prepend=points[:1] - 1), axis=1)
        if moved.sum() >= 4:
            yield points[moved]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
