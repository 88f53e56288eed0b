"""Addresses of crypto-currencies whose checksum is right.

Bitcoin and Litecoin (base58check, bech32, bech32m), Dogecoin, TRON (base58check), Ethereum (EIP-55), Monero (Keccak).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import reduce
from operator import xor

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.keccak import keccak_256
from felinar.kernels.fold import Folded

_CANDIDATE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{26,106}(?![A-Za-z0-9])")
_HINT = re.compile(r"[0-489bBlLMDT](?<![A-Za-z0-9].)[A-Za-z0-9]{25}")
_BASE58 = {c: i for i, c in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}
# First character -> chain and the version bytes that it may have.
_BASE58CHECK: dict[str, tuple[str, tuple[int, ...]]] = {
    "1": ("bitcoin", (0x00,)), "3": ("bitcoin", (0x05,)), "T": ("tron", (0x41,)), "D": ("dogecoin", (0x1E,)),
    "L": ("litecoin", (0x30,)), "M": ("litecoin", (0x32,)),
}  # fmt: skip
_SEGWIT = {"bc": "bitcoin", "ltc": "litecoin"}
_MONERO_BYTES = {11: 8, 7: 5}
_BECH32 = {c: i for i, c in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
# What the five highest bits of a checksum add to it when they are moved out.
_CARRIED = tuple(reduce(xor, (g for i, g in enumerate(_GENERATORS) if bits >> i & 1), 0) for bits in range(32))


def find(text: Folded, context: Context) -> Iterator[Found]:
    """Return the addresses as `chain:address`; Ethereum and bech32 in lower case, where case means nothing."""
    if not _HINT.search(text.original):
        return
    for match in _CANDIDATE.finditer(text.original):
        value = read(match.group())
        if value:
            yield Found(match.start(), match.end(), value, display=match.group(), confidence=99)


def read(address: str) -> str:
    """Return `chain:address` for an address with a right checksum, else the empty string."""
    if re.fullmatch(r"0x[0-9a-fA-F]{40}", address):
        return f"ethereum:{address.lower()}" if _ethereum(address[2:]) else ""
    for prefix, chain in _SEGWIT.items():
        if address[: len(prefix) + 1].lower() == f"{prefix}1" and len(address) <= 90:
            return f"{chain}:{address.lower()}" if _bech32(address, prefix) else ""
    if len(address) in (95, 106) and address[0] in "48":
        return f"monero:{address}" if _monero(address) else ""
    chain, versions = _BASE58CHECK.get(address[0], ("", ()))
    return f"{chain}:{address}" if chain and len(address) <= 35 and _base58check(address, versions) else ""


def _base58check(address: str, versions: tuple[int, ...]) -> bool:
    number = 0
    for character in address:
        if character not in _BASE58:
            return False
        number = number * 58 + _BASE58[character]
    if number >> 200:
        return False
    content = number.to_bytes(25, "big")
    check = hashlib.sha256(hashlib.sha256(content[:21]).digest()).digest()[:4]
    return content[0] in versions and check == content[21:]


def _bech32(address: str, prefix: str) -> bool:
    """Return whether the checksum is right (BIP 173 for version 0, BIP 350 for later ones)."""
    letters = address[len(prefix) + 1 :].lower()
    if address not in (address.lower(), address.upper()) or not _BECH32.keys() >= set(letters):
        return False
    data = [_BECH32[c] for c in letters]
    total = 1
    for value in [*(ord(c) >> 5 for c in prefix), 0, *(ord(c) & 31 for c in prefix), *data]:
        total = (total & 0x1FFFFFF) << 5 ^ value ^ _CARRIED[total >> 25]
    return total == (1 if data[0] == 0 else 0x2BC830A3)


def _monero(address: str) -> bool:
    """Return whether the last four bytes are the Keccak hash of the others; eleven characters are eight bytes."""
    content = b""
    for block in (address[i : i + 11] for i in range(0, len(address), 11)):
        number = 0
        for character in block:
            if character not in _BASE58:
                return False
            number = number * 58 + _BASE58[character]
        size = _MONERO_BYTES[len(block)]
        if number >> 8 * size:
            return False
        content += number.to_bytes(size, "big")
    return content[0] in (18, 19, 42) and keccak_256(content[:-4])[:4] == content[-4:]


def _ethereum(digits: str) -> bool:
    """Return whether the capitals are the checksum of EIP-55; without mixed case there is none to check."""
    if digits in (digits.lower(), digits.upper()):
        return len(set(digits.lower())) > 4
    check = keccak_256(digits.lower().encode()).hex()
    return all(not c.isalpha() or c.isupper() == (h > "7") for c, h in zip(digits, check, strict=False))


WALLET = Extractor(
    "wallet",
    kind="wallet",
    version=2,
    find=find,
    examples=(
        ("BTC 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", ("bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",)),
        (
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            ("bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",),
        ),
        (
            "eth: 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            ("ethereum:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",),
        ),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", ()),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", ()),
        (
            "XMR 44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
            ("monero:44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",),
        ),
        (
            "LTC ltc1q7p3ska4ffawz05ey5f2nua9z99p6jcrsl3g5d2, DOGE DT49N3qJGJ4iDQ7ECfhRy7g6pymP2WAHkz",
            (
                "litecoin:ltc1q7p3ska4ffawz05ey5f2nua9z99p6jcrsl3g5d2",
                "dogecoin:DT49N3qJGJ4iDQ7ECfhRy7g6pymP2WAHkz",
            ),
        ),
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", ("tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",)),
    ),
)
