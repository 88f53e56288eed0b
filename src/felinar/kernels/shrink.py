"""A picture made 64 x 64, as PDQ wants it: twice averaged along rows and columns, then every so many pixels taken.

It is read once, row by row, and never copied as a whole: what is kept are a few rows and 64 columns. Sums are taken in
the order of the reference implementation, in 32-bit floats, so that they are equal to the last bit.
"""

from __future__ import annotations

import numpy as np

from felinar.kernels.compile import kernel

SIDE = 64
TOGETHER = 4  # rows whose running sums are taken at once: one sum alone waits for itself
RED, GREEN, BLUE = np.float32(0.299), np.float32(0.587), np.float32(0.114)
_NONE = np.float32(0)


@kernel
def window(length):  # type: ignore[no-untyped-def]
    """Return how many pixels are averaged along a side of this length."""
    return (length + 2 * SIDE - 1) // (2 * SIDE)


@kernel
def shrink(rgb, small):  # type: ignore[no-untyped-def]
    """Write the picture as 64 x 64 luma: twice averaged along rows and columns, then every so many pixels taken.

    `rgb` has a row for each row of pixels: red, green, blue of one after the other.
    """
    height, width = rgb.shape[0], rgb.shape[1] // 3
    across, down = window(width), window(height)
    half = (down + 2) // 2
    kept = (down + 2 * TOGETHER - 1) // TOGETHER * TOGETHER
    averaged = np.empty((kept, width), dtype=np.float32)  # the last rows, averaged along themselves
    block = np.empty((TOGETHER, width), dtype=np.float32)
    sums = np.zeros(width, dtype=np.float32)
    narrow = np.empty((height, SIDE), dtype=np.float32)
    for step in range(height + half - 1):
        if step < height:
            if step % TOGETHER == 0:
                average_rows(rgb, step, across, averaged, step % kept)
            add_row(averaged, step % kept, sums)
        if step >= down:
            take_row(averaged, (step - down) % kept, sums)
        if step >= half - 1:
            row = step - half + 1
            count = min(step + 1, height) - max(0, step + 1 - down)
            divide_row(sums, np.float32(count), block, row % TOGETHER)
            if row % TOGETHER == TOGETHER - 1 or row == height - 1:
                average_narrow(block, across, narrow, row - row % TOGETHER, row + 1)
    average_columns(narrow, down, small)


@kernel
def average_rows(rgb, first, across, averaged, slot):  # type: ignore[no-untyped-def]
    """Write the luma of the rows from `first` on, averaged along the rows."""
    width = rgb.shape[1] // 3
    half = (across + 2) // 2
    luma = np.empty((TOGETHER, width), dtype=np.float32)
    for k in range(TOGETHER):
        write_luma(rgb[min(first + k, len(rgb) - 1)], luma[k])
    a, b, c, d = luma[0], luma[1], luma[2], luma[3]
    to_a, to_b, to_c, to_d = averaged[slot], averaged[slot + 1], averaged[slot + 2], averaged[slot + 3]
    sum_a = sum_b = sum_c = sum_d = _NONE
    for x in range(half - 1):
        sum_a, sum_b, sum_c, sum_d = sum_a + a[x], sum_b + b[x], sum_c + c[x], sum_d + d[x]
    for x in range(half - 1, across):
        sum_a, sum_b, sum_c, sum_d = sum_a + a[x], sum_b + b[x], sum_c + c[x], sum_d + d[x]
        to = x - half + 1
        to_a[to], to_b[to], to_c[to], to_d[to] = sum_a, sum_b, sum_c, sum_d
    for left in range(np.uint64(width - across)):  # unsigned: no look at whether a place is negative
        right, middle = left + np.uint64(across), left + np.uint64(across - half + 1)
        sum_a = sum_a + a[right] - a[left]
        sum_b = sum_b + b[right] - b[left]
        sum_c = sum_c + c[right] - c[left]
        sum_d = sum_d + d[right] - d[left]
        to_a[middle], to_b[middle], to_c[middle], to_d[middle] = sum_a, sum_b, sum_c, sum_d
    for x in range(width, width + half - 1):
        out, to = x - across, x - half + 1
        sum_a, sum_b, sum_c, sum_d = sum_a - a[out], sum_b - b[out], sum_c - c[out], sum_d - d[out]
        to_a[to], to_b[to], to_c[to], to_d[to] = sum_a, sum_b, sum_c, sum_d
    for k in range(TOGETHER):
        divide_along(averaged[slot + k], across, half)


@kernel
def write_luma(row, luma):  # type: ignore[no-untyped-def]
    """Write how light each pixel of a row is; flat and unsigned places let the compiler take many at once."""
    for x in range(len(luma)):
        at = np.uint64(3 * x)
        luma[x] = (
            RED * np.float32(row[at])
            + GREEN * np.float32(row[at + np.uint64(1)])
            + BLUE * np.float32(row[at + np.uint64(2)])
        )


@kernel
def divide_along(row, across, half):  # type: ignore[no-untyped-def]
    """Divide the sums of a row by how many pixels stood in each window."""
    width = len(row)
    for x in range(across - half + 1):
        row[x] /= np.float32(x + half)
    whole = np.float32(across)
    for x in range(np.uint64(across - half + 1), np.uint64(width - half + 1)):  # unsigned: many at once
        row[x] /= whole
    for x in range(max(width - half + 1, across - half + 1), width):
        row[x] /= np.float32(width - (x + half - across))


@kernel
def add_row(rows, row, sums):  # type: ignore[no-untyped-def]
    """Add a row to the sums of the columns."""
    one = rows[row]
    for x in range(len(sums)):
        sums[x] += one[x]


@kernel
def take_row(rows, row, sums):  # type: ignore[no-untyped-def]
    """Take a row from the sums of the columns."""
    one = rows[row]
    for x in range(len(sums)):
        sums[x] -= one[x]


@kernel
def divide_row(sums, count, rows, row):  # type: ignore[no-untyped-def]
    """Write the averages of the columns."""
    one = rows[row]
    for x in range(len(sums)):
        one[x] = sums[x] / count


@kernel
def average_narrow(block, across, narrow, first, stop):  # type: ignore[no-untyped-def]
    """Write rows averaged along themselves, of each only the 64 pixels that are taken in the end."""
    width = block.shape[1]
    half = (across + 2) // 2
    a, b, c, d = block[0], block[1], block[2], block[3]
    sum_a = sum_b = sum_c = sum_d = _NONE
    step = 0
    found = np.empty((TOGETHER, SIDE), dtype=np.float32)
    for column in range(SIDE):
        last = sampled(column, width) + half - 1  # the step at which the window of this pixel is complete
        for x in range(step, min(last + 1, across)):
            sum_a, sum_b, sum_c, sum_d = sum_a + a[x], sum_b + b[x], sum_c + c[x], sum_d + d[x]
        for x in range(np.uint64(max(step, across)), np.uint64(max(across, min(last + 1, width)))):
            out = x - np.uint64(across)
            sum_a, sum_b = sum_a + a[x] - a[out], sum_b + b[x] - b[out]
            sum_c, sum_d = sum_c + c[x] - c[out], sum_d + d[x] - d[out]
        for x in range(max(step, width), last + 1):
            out = x - across
            sum_a, sum_b, sum_c, sum_d = sum_a - a[out], sum_b - b[out], sum_c - c[out], sum_d - d[out]
        step = last + 1
        count = np.float32(min(last + 1, width) - max(0, last + 1 - across))
        found[0, column], found[1, column] = sum_a / count, sum_b / count
        found[2, column], found[3, column] = sum_c / count, sum_d / count
    for row in range(first, stop):
        one, other = narrow[row], found[row - first]
        for column in range(SIDE):
            one[column] = other[column]


@kernel
def average_columns(narrow, down, small):  # type: ignore[no-untyped-def]
    """Write the 64 rows that are taken of 64 columns, averaged along the columns."""
    height = len(narrow)
    half = (down + 2) // 2
    sums = np.zeros(SIDE, dtype=np.float32)
    step = 0
    for row in range(SIDE):
        last = sampled(row, height) + half - 1
        while step <= last:
            if step < height:
                add_row(narrow, step, sums)
            if step >= down:
                take_row(narrow, step - down, sums)
            step += 1
        count = np.float32(min(last + 1, height) - max(0, last + 1 - down))
        divide_row(sums, count, small, row)


@kernel
def sampled(number, length):  # type: ignore[no-untyped-def]
    """Return the pixel that is taken as this one of 64."""
    return np.int64((number + 0.5) * length / SIDE)
