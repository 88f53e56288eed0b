"""Keccak-256 as Ethereum uses it; `hashlib.sha3_256` pads differently. After the Keccak reference, section 1.2."""

from __future__ import annotations

_MASK = (1 << 64) - 1
_RATE = 136  # bytes


def keccak_256(content: bytes) -> bytes:
    """Return the 32 bytes of the Keccak-256 of the content."""
    padded = bytearray(content) + bytes(_RATE - len(content) % _RATE)
    padded[len(content)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for block in range(0, len(padded), _RATE):
        for i in range(_RATE // 8):
            lanes[i % 5][i // 5] ^= int.from_bytes(padded[block + 8 * i : block + 8 * i + 8], "little")
        _permute(lanes)
    return b"".join(lanes[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


def _permute(a: list[list[int]]) -> None:
    register = 1
    for _ in range(24):
        parity = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        for x in range(5):
            mix = parity[(x + 4) % 5] ^ _rotated(parity[(x + 1) % 5], 1)
            a[x] = [lane ^ mix for lane in a[x]]
        x, y, current = 1, 0, a[1][0]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, a[x][y] = a[x][y], _rotated(current, (step + 1) * (step + 2) // 2 % 64)
        for y in range(5):
            row = [a[x][y] for x in range(5)]
            for x in range(5):
                a[x][y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5])
        for bit in range(7):  # the round constant, from its shift register
            register = (register << 1 ^ (register >> 7) * 0x71) % 256
            if register & 2:
                a[0][0] ^= 1 << ((1 << bit) - 1)


def _rotated(lane: int, by: int) -> int:
    return (lane << by | lane >> (64 - by)) & _MASK
