"""Pictures that behave like photographs, made of numbers alone: no people, no place, nothing that was ever taken.

Ground and sky or a wall with a window, seen at a slant; surfaces with a grain of their own; light from one side; things
in front, what lies behind them out of focus; the lens darkens the corners, the sensor adds noise, the camera a JPEG.
"""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Layer = NDArray[np.float32]
WIDTH, HEIGHT = 600, 800


def photograph(seed: int, width: int = WIDTH, height: int = HEIGHT) -> Image.Image:
    """Return a picture like a photograph, after one pass through a camera's JPEG."""
    rng = np.random.default_rng(10_000 + seed)
    side = max(width, height)
    scene = _room(rng, side) if rng.random() < 0.5 else _ground(rng, side)
    for _ in range(int(rng.integers(2, 6))):
        _thing(scene, rng)
    scene = scene * _light(rng, side)[:, :, None]
    top, left = (side - height) // 2, (side - width) // 2
    scene = scene[top : top + height, left : left + width]
    scene = cv2.GaussianBlur(scene, (0, 0), float(rng.uniform(0.5, 1.2)))
    scene = scene + rng.normal(0, rng.uniform(1, 5), scene.shape).astype(np.float32)
    out = io.BytesIO()
    Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=int(rng.integers(80, 95)))
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")


def _noise(rng: np.random.Generator, side: int, falling: float, coarsest: int = 2) -> Layer:
    """Return clouds of mean 0 and spread 1; the finer the octave the weaker, by `falling`."""
    total = np.zeros((side, side), np.float32)
    cells, weight = coarsest, 1.0
    while cells < side // 2:
        grid = rng.normal(size=(cells + 2, cells + 2)).astype(np.float32)
        total += weight * cv2.resize(grid, (side, side), interpolation=cv2.INTER_CUBIC)
        cells, weight = cells * 2, weight / falling
    return (total - total.mean()) / (total.std() + 1e-6)


def _colour(rng: np.random.Generator, dullness: float = 0.6) -> Layer:
    """Return a colour; most surfaces of the world are rather grey."""
    grey = rng.uniform(50, 210)
    return np.asarray(dullness * grey + (1 - dullness) * rng.uniform(20, 235, 3), dtype=np.float32)


def _surface(rng: np.random.Generator, side: int) -> Layer:
    """Return a surface with its grain: cloth, boards, tiles or plaster."""
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32)
    kind, size = int(rng.integers(4)), float(rng.uniform(18, 90))
    grain = _noise(rng, side, rng.uniform(1.2, 1.9))
    base = _colour(rng)[None, None, :] + grain[:, :, None] * float(rng.uniform(4, 16))
    if kind == 0:
        base = base + (9 * np.sin(columns / size * 6 + 2 * grain) * np.sin(rows / size * 6))[:, :, None]
    elif kind == 1:
        joint = (columns % size < 2) | ((rows + size * (columns // size % 3)) % (4 * size) < 2)
        base = base * (1 - 0.45 * joint[:, :, None]) + ((columns // size * 7919 % 23) - 11)[:, :, None]
    elif kind == 2:
        joint = (columns % size < 3) | (rows % size < 3)
        base = base * (1 - 0.3 * joint[:, :, None])
        base = base + (((rows // size * 31 + columns // size * 17) % 13) - 6)[:, :, None] * 2
    return np.asarray(base, dtype=np.float32)


def _slanted(layer: Layer, rng: np.random.Generator) -> Layer:
    """Return a surface as it looks from the side."""
    side = len(layer)
    corners = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    moved = corners + rng.uniform(-0.28, 0.28, (4, 2)).astype(np.float32) * side
    way = cv2.getPerspectiveTransform(corners, moved)
    return np.asarray(
        cv2.warpPerspective(layer, way, (side, side), borderMode=cv2.BORDER_REFLECT_101), dtype=np.float32
    )


def _ground(rng: np.random.Generator, side: int) -> Layer:
    """Return ground under a sky with clouds."""
    sky = np.linspace(1.15, 0.85, side, dtype=np.float32)[:, None, None] * _colour(rng, 0.4)
    sky = sky + np.maximum(0, _noise(rng, side, 1.9))[:, :, None] * float(rng.uniform(10, 40))
    ground = _slanted(_surface(rng, side), rng)
    horizon = int(side * rng.uniform(0.25, 0.6)) + (_noise(rng, side, 1.8)[0] * side * 0.02).astype(int)
    below = np.arange(side)[:, None] > horizon[None, :]
    return np.where(below[:, :, None], ground, sky).astype(np.float32)


def _room(rng: np.random.Generator, side: int) -> Layer:
    """Return a wall above a floor, with a window or a frame on it."""
    wall, floor = _slanted(_surface(rng, side), rng), _slanted(_surface(rng, side), rng)
    edge = (side * rng.uniform(0.55, 0.8) + np.arange(side) * rng.uniform(-0.2, 0.2)).astype(int)
    scene = np.where((np.arange(side)[:, None] > edge[None, :])[:, :, None], floor, wall).astype(np.float32)
    left, top = (int(side * rng.uniform(0.05, 0.5)) for _ in "xy")
    wide, high = (int(side * rng.uniform(0.15, 0.4)) for _ in "xy")
    frame = _colour(rng)
    cv2.rectangle(scene, (left, top), (left + wide, top + high), frame.tolist(), -1)
    inner = _surface(rng, side)[: high - 16, : wide - 16] * float(rng.uniform(0.8, 1.4))
    scene[top + 8 : top + 8 + len(inner), left + 8 : left + 8 + inner.shape[1]] = inner[
        : max(0, side - top - 8), : max(0, side - left - 8)
    ]
    return scene


def _thing(scene: Layer, rng: np.random.Generator) -> None:
    """Put a round or cornered thing into the scene, with a shadow; what is behind it is a little out of focus."""
    side = len(scene)
    scene[:] = cv2.GaussianBlur(scene, (0, 0), float(rng.uniform(0.3, 0.9)))
    centre = rng.uniform(0.15, 0.9, 2) * side
    count = int(rng.integers(4, 14))
    angles = np.sort(rng.uniform(0, 2 * np.pi, count))
    reach = rng.uniform(0.06, 0.22, count) * side
    corners = np.stack([centre[0] + reach * np.cos(angles), centre[1] + reach * np.sin(angles)], axis=1)
    mask = np.zeros((side, side), np.float32)
    cv2.fillPoly(mask, [(corners + side * 0.02).astype(np.int32)], 1.0)
    scene *= 1 - 0.45 * cv2.GaussianBlur(mask, (0, 0), side * 0.02)[:, :, None]
    mask[:] = 0
    cv2.fillPoly(mask, [corners.astype(np.int32)], 1.0)
    mask = cv2.GaussianBlur(mask, (0, 0), 0.8)
    own = _slanted(_surface(rng, side), rng) * _light(rng, side)[:, :, None]
    scene[:] = scene * (1 - mask[:, :, None]) + own * mask[:, :, None]


def _light(rng: np.random.Generator, side: int) -> Layer:
    """Return how bright it is where: light from one side, darker corners."""
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32) / side - 0.5
    turn = rng.uniform(0, 2 * np.pi)
    slope = rng.uniform(0, 0.7) * (np.cos(turn) * columns + np.sin(turn) * rows)
    corners = 1 - rng.uniform(0.1, 0.7) * (rows**2 + columns**2)
    return np.asarray((1 + slope) * corners, dtype=np.float32)
