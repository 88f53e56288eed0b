"""Addresses of crypto-currencies whose checksum is right: Bitcoin (base58check, bech32, bech32m), Ethereum, TRON."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from felinar.extract.contract import Context, Extractor, Found
from felinar.extract.keccak import keccak_256
from felinar.kernels.fold import Folded

_CANDIDATE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]{26,90}(?![A-Za-z0-9])")
_HINT = re.compile(r"[01bB3T](?<![A-Za-z0-9].)[A-Za-z0-9]{25}")
_BASE58 = {c: i for i, c in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}
_BECH32 = {c: i for i, c in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


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
    if address[:3].lower() == "bc1":
        return f"bitcoin:{address.lower()}" if _bech32(address) else ""
    if address[0] in "13" and len(address) <= 35:
        return f"bitcoin:{address}" if _base58check(address, (0x00, 0x05)) else ""
    if address[0] == "T" and len(address) == 34:
        return f"tron:{address}" if _base58check(address, (0x41,)) else ""
    return ""


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


def _bech32(address: str) -> bool:
    """Return whether the checksum is right (BIP 173 for version 0, BIP 350 for later ones)."""
    if address not in (address.lower(), address.upper()) or any(c not in _BECH32 for c in address[3:].lower()):
        return False
    data = [_BECH32[c] for c in address[3:].lower()]
    total = 1
    for value in [3, 3, 0, 2, 3, *data]:  # "bc", expanded
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATORS):
            total ^= generator if top >> i & 1 else 0
    return total == (1 if data[0] == 0 else 0x2BC830A3)


def _ethereum(digits: str) -> bool:
    """Return whether the capitals are the checksum of EIP-55; without mixed case there is none to check."""
    if digits in (digits.lower(), digits.upper()):
        return len(set(digits.lower())) > 4
    check = keccak_256(digits.lower().encode()).hex()
    return all(not c.isalpha() or c.isupper() == (h > "7") for c, h in zip(digits, check, strict=False))


WALLET = Extractor(
    "wallet",
    kind="wallet",
    version=1,
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
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", ("tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",)),
    ),
)
