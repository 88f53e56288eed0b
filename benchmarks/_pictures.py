"""Abstract pictures for the benchmarks, and what people do to a picture before posting it again. No people in them."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

Picture = Image.Image
WIDTH, HEIGHT = 800, 600
CUBIC, LINEAR = Image.Resampling.BICUBIC, Image.Resampling.BILINEAR


def abstract(seed: int, width: int = WIDTH, height: int = HEIGHT) -> Picture:
    """Return clouds of colour from coarse to fine, with shapes on them."""
    rng = np.random.default_rng(seed)
    total = np.full((height, width, 3), 128.0)
    for octave in range(2, 8):
        coarse = rng.normal(size=(2**octave * height // width + 2, 2**octave + 2, 3)).astype(np.float32)
        for colour in range(3):
            layer = Image.fromarray(coarse[:, :, colour]).resize((width, height), CUBIC)
            total[:, :, colour] += np.asarray(layer) * (120 / 1.7**octave)
    picture = Image.fromarray(np.clip(total, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(5, 40))):
        ink = tuple(int(c) for c in rng.integers(0, 256, 3))
        x, y, size, shape = (int(rng.integers(0, most)) for most in (width, height, 170, 3))
        box = [x, y, x + size + 10, y + int((size + 10) * rng.uniform(0.4, 1.6))]
        corners = [
            (x + int(rng.integers(-size - 1, size + 1)), y + int(rng.integers(-size - 1, size + 1))) for _ in "1234"
        ]
        (pen.ellipse, pen.rectangle, pen.polygon)[shape]((box, box, corners)[shape], fill=ink)
    return picture


def jpeg(picture: Picture, quality: int = 85) -> bytes:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def scaled(picture: Picture, by: float) -> Picture:
    return picture.resize((int(picture.width * by), int(picture.height * by)), LINEAR)


def crop(picture: Picture, by: float, sides: str = "ltrb") -> Picture:
    wide, high = picture.size
    cut = [by if side in sides else 0 for side in "ltrb"]
    box = (wide * cut[0], high * cut[1], wide * (1 - cut[2]), high * (1 - cut[3]))
    return picture.crop(tuple(map(int, box)))


def border(picture: Picture, by: float, ink: str = "white", above: float | None = None) -> Picture:
    wide, high = picture.size
    left, top = int(wide * by), int(high * (by if above is None else above))
    framed = Image.new("RGB", (wide + 2 * left, high + 2 * top), ink)
    framed.paste(picture, (left, top))
    return framed


def banner(picture: Picture, by: float) -> Picture:
    changed, (wide, high) = picture.copy(), picture.size
    pen, top = ImageDraw.Draw(changed), int(high * (1 - by))
    pen.rectangle([0, top, wide, high], fill=(20, 20, 20))
    pen.text((20, top + 10), "CALL 07700 900123", fill="white", font_size=int(high * by * 0.5))
    return changed


def screenshot(picture: Picture) -> Picture:
    screen = Image.new("RGB", (540, 1080), (245, 245, 247))
    inside = scaled(picture, 496 / picture.width)
    screen.paste(inside, (22, 220))
    pen = ImageDraw.Draw(screen)
    pen.rectangle([0, 0, 540, 90], fill=(30, 60, 140))
    pen.text((20, 30), "Messages", fill="white", font_size=32)
    for line in range(6):
        pen.text((30, 700 + 50 * line), f"lorem ipsum dolor {line}", fill=(40, 40, 40), font_size=24)
    return screen


def collage(picture: Picture) -> Picture:
    sheet = Image.new("RGB", picture.size)
    seed = int(np.asarray(picture)[::50, ::50].sum()) + 10**6
    for place, one in enumerate([picture, *(abstract(seed + k, 400, 300) for k in range(3))]):
        half = scaled(one, picture.width / 2 / one.width)
        sheet.paste(half, (place % 2 * half.width, place // 2 * half.height))
    return sheet


def mirror(picture: Picture) -> Picture:
    return picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def bright(picture: Picture, by: float = 1.25) -> Picture:
    return ImageEnhance.Brightness(picture).enhance(by)


def gamma(picture: Picture, by: float) -> Picture:
    return picture.point([round(255 * (value / 255) ** by) for value in range(256)] * 3)


def tinted(picture: Picture, red: float = 1.15, blue: float = 0.8) -> Picture:
    changed = np.asarray(picture, dtype=np.float32) * np.array([red, 1, blue], dtype=np.float32)
    return Image.fromarray(np.clip(changed, 0, 255).astype(np.uint8))


def noisy(picture: Picture, spread: float = 9) -> Picture:
    noise = np.random.default_rng(7).normal(0, spread, (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


def square(picture: Picture) -> Picture:
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    return picture.crop((left, top, left + side, top + side))


def across(picture: Picture, size: float = 0.08) -> Picture:
    changed = picture.copy()
    place, high = (picture.width // 12, picture.height // 2), int(picture.height * size)
    pen = ImageDraw.Draw(changed)
    pen.text(place, "07700 900123", fill="white", font_size=high, stroke_width=3, stroke_fill="black")
    return changed


def sticker(picture: Picture, share: float = 0.3) -> Picture:
    changed, (wide, high) = picture.copy(), picture.size
    box = [wide * 0.35, high * 0.35, wide * (0.35 + share), high * (0.35 + share)]
    ImageDraw.Draw(changed).ellipse(box, fill=(250, 210, 40))
    return changed


def marked(picture: Picture) -> Picture:
    over = Image.new("RGBA", picture.size)
    pen = ImageDraw.Draw(over)
    for place in range(-picture.height, picture.height, picture.height // 4):
        for right in range(0, picture.width, picture.width // 2):
            pen.text((right, place + right), "example.com", fill=(255, 255, 255, 110), font_size=picture.height // 18)
    return Image.alpha_composite(picture.convert("RGBA"), over).convert("RGB")


def turned(picture: Picture, degrees: float) -> Picture:
    wide, high = picture.size
    inside = 0.94 if degrees < 4 else 0.86
    whole = picture.rotate(degrees, CUBIC)
    left, top = int(wide * (1 - inside) / 2), int(high * (1 - inside) / 2)
    return whole.crop((left, top, wide - left, high - top))


def story(picture: Picture) -> Picture:
    """Return the picture on itself, blurred and enlarged, as applications fill a tall screen."""
    screen = picture.resize((540, 960), CUBIC).filter(ImageFilter.GaussianBlur(24))
    inside = scaled(picture, 540 / picture.width)
    screen.paste(inside, (0, max(0, (960 - inside.height) // 2)))
    return screen


def dark_screenshot(picture: Picture) -> Picture:
    screen = Image.new("RGB", (720, 1280), (18, 18, 20))
    inside = scaled(picture, min(720 / picture.width, 900 / picture.height))
    screen.paste(inside, ((720 - inside.width) // 2, 180))
    pen = ImageDraw.Draw(screen)
    for line, text in enumerate(("12:40", "< Gallery", "Share   Edit   Delete")):
        pen.text((30, (20, 90, 1200)[line]), text, fill="white", font_size=30)
    return screen


def side_by_side(picture: Picture, count: int = 2) -> Picture:
    seed = int(np.asarray(picture)[::50, ::50].sum()) + 10**7
    sheet = Image.new("RGB", (picture.width, picture.height // 2))
    each = picture.width // count
    for place, one in enumerate([picture, *(abstract(seed + k, 600, 800) for k in range(count - 1))]):
        sheet.paste(one.resize((each, int(each * one.height / one.width)), LINEAR), (place * each, 0))
    return sheet


def as_kind(picture: Picture, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


# Kind of edit -> the edits of that kind.
EDITS: dict[str, dict[str, Callable[[Picture], bytes]]] = {
    "recompressed, tone": {
        "quality 30": lambda p: jpeg(p, 30),
        "quality 10": lambda p: jpeg(p, 10),
        "half as large": lambda p: jpeg(scaled(p, 0.5)),
        "brighter": lambda p: jpeg(bright(p)),
        "less contrast": lambda p: jpeg(ImageEnhance.Contrast(p).enhance(0.7)),
        "blurred": lambda p: jpeg(p.filter(ImageFilter.GaussianBlur(1.5))),
        "grey": lambda p: jpeg(p.convert("L")),
        "darker": lambda p: jpeg(gamma(p, 1.6)),
        "warmer": lambda p: jpeg(tinted(p)),
        "noise": lambda p: jpeg(noisy(p)),
        "sharpened": lambda p: jpeg(p.filter(ImageFilter.UnsharpMask(3, 160))),
        "a quarter as large": lambda p: jpeg(scaled(p, 0.25)),
        "WebP": lambda p: as_kind(p, "WEBP"),
    },
    "border, mirror": {
        "white border 5 %": lambda p: jpeg(border(p, 0.05)),
        "black border 10 %": lambda p: jpeg(border(p, 0.1, "black")),
        "letterbox": lambda p: jpeg(border(p, 0, "black", above=0.25)),
        "mirrored": lambda p: jpeg(mirror(p)),
        "mirrored, quality 30": lambda p: jpeg(mirror(p), 30),
        "mirrored, half as large, darker": lambda p: jpeg(gamma(scaled(mirror(p), 0.5), 1.4)),
        "coloured border 8 %": lambda p: jpeg(border(p, 0.08, "#7a2048"), 60),
    },
    "crop, banner, screenshot, collage": {
        "cropped 5 % a side": lambda p: jpeg(crop(p, 0.05)),
        "cropped 10 % a side": lambda p: jpeg(crop(p, 0.1)),
        "cropped 20 % a side": lambda p: jpeg(crop(p, 0.2)),
        "cropped 20 % below": lambda p: jpeg(crop(p, 0.2, "b")),
        "banner 12 %": lambda p: jpeg(banner(p, 0.12)),
        "banner 20 %": lambda p: jpeg(banner(p, 0.2)),
        "screenshot": lambda p: jpeg(screenshot(p)),
        "collage of four": lambda p: jpeg(collage(p)),
        "cropped to a square": lambda p: jpeg(square(p)),
        "cropped 30 % at one side": lambda p: jpeg(crop(p, 0.3, "l")),
        "number across": lambda p: jpeg(across(p)),
        "sticker over a tenth": lambda p: jpeg(sticker(p)),
        "marks all over": lambda p: jpeg(marked(p)),
        "dark screenshot": lambda p: jpeg(dark_screenshot(p), 75),
        "story": lambda p: jpeg(story(p), 75),
        "two side by side": lambda p: jpeg(side_by_side(p)),
        "turned 3 degrees": lambda p: jpeg(turned(p, 3)),
    },
    "combined": {
        "cropped 10 %, small, quality 30": lambda p: jpeg(scaled(crop(p, 0.1), 0.56), 30),
        "mirrored, cropped 10 %": lambda p: jpeg(crop(mirror(p), 0.1)),
        "mirrored, border": lambda p: jpeg(border(mirror(p), 0.05)),
        "banner, brighter, half as large": lambda p: jpeg(scaled(bright(banner(p, 0.12)), 0.5)),
        "banner, border": lambda p: jpeg(border(banner(p, 0.12), 0.05)),
        "screenshot, quality 30": lambda p: jpeg(screenshot(p), 30),
        "mirrored, screenshot": lambda p: jpeg(screenshot(mirror(p))),
        "square, number across, quality 40": lambda p: jpeg(across(square(p)), 40),
        "collage, darker, quality 50": lambda p: jpeg(gamma(collage(p), 1.4), 50),
        "mirrored, banner, half as large": lambda p: jpeg(scaled(banner(mirror(p), 0.12), 0.5)),
        "turned 2 degrees, border": lambda p: jpeg(border(turned(p, 2), 0.05)),
        "dark screenshot of a crop": lambda p: jpeg(dark_screenshot(crop(p, 0.1)), 60),
    },
}
