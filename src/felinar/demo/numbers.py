"""Telephone numbers that belong to nobody: ranges reserved for fiction, else prefixes that no network may assign.

The package keeps its own list on purpose: it shares no code with the extractors that are measured on it.
GB: Ofcom; US, CA: 555-01xx; FR: ARCEP; DE: Bundesnetzagentur; SE: PTS; AU: ACMA; IE: ComReg. For the others
the prefixes are of the right length but not assigned ("possible, not valid"); a test checks them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


AREA_CODES_US = _words(
    "201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 "
    "252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 "
    "319 320 321 323 325 330 334 336 337 339 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 "
    "414 415 417 419 423 424 425 430 432 434 435 440 443 469 478 479 480 484 501 502 503 504 505 507 508 509 510 "
    "512 513 515 516 517 518 520 530 540 541 551 559 561 562 563 567 570 571 573 574 580 585 586 601 602 603 605 "
    "606 607 608 609 610 612 614 615 616 617 618 619 620 623 626 630 631 636 641 646 650 651 660 661 662 678 682 "
    "701 702 703 704 706 707 708 712 713 714 715 716 717 718 719 720 724 727 731 732 734 740 754 757 760 763 765 "
    "770 772 773 774 775 781 785 786 801 802 803 804 805 806 808 810 812 813 814 815 816 817 818 828 830 831 832 "
    "843 845 847 848 850 856 857 858 859 860 862 863 864 865 870 901 903 904 906 907 908 909 910 912 913 914 915 "
    "916 917 918 919 920 925 928 931 936 937 940 941 949 951 952 954 956 970 971 972 973 978 979 980 985 989 "
)
AREA_CODES_CA = _words("204 250 289 306 403 416 418 438 450 506 514 519 604 613 647 705 709 778 780 807 819 902 905 ")
CITIES_GB = _words("113 114 115 116 117 118 121 131 141 151 161 ")
MOBILES_AU = _words(
    "491570006 491570110 491570156 491570157 491570158 491570159 491571266 491571491 491571804 491572549 "
    "491572665 491572983 491573770 491573087 491574118 491574632 491575254 491575789 491576398 491576801 "
    "491577426 491577644 491578957 491578148 491578888 491579212 491579760 491579455 "
)


@dataclass(frozen=True)
class Range:
    """Numbers from `first` on, national and without a leading zero, `count` of them in a row."""

    first: int
    count: int


@dataclass(frozen=True)
class Numbering:
    """How a country writes its numbers: code, prefix of the national form, group lengths, fictional ranges."""

    code: str
    trunk: str
    groups: tuple[int, ...]
    ranges: tuple[Range, ...]
    separator: str = " "
    reserved: bool = True


def _block(prefix: str, digits: int) -> Range:
    return Range(int(prefix) * 10**digits, 10**digits)


def _blocks(prefixes: str, digits: int) -> tuple[Range, ...]:
    return tuple(_block(prefix, digits) for prefix in prefixes.split())


_GB = (_block("7700900", 3), _block("1632960", 3), _block("2079460", 3), *(_block(f"{c}4960", 3) for c in CITIES_GB))
_DE = (
    *_blocks("15228817386 15228895456 15254599371", 0),
    *_blocks("17139200", 2),
    *_blocks("3023125 2214710", 3),
)
NUMBERING = {
    "GB": Numbering("44", "0", (5, 3, 3), _GB),
    "US": Numbering("1", "", (3, 3, 4), tuple(_block(f"{a}55501", 2) for a in AREA_CODES_US), "-"),
    "CA": Numbering("1", "", (3, 3, 4), tuple(_block(f"{a}55501", 2) for a in AREA_CODES_CA), "-"),
    "FR": Numbering("33", "0", (2, 2, 2, 2, 2), _blocks("19900 26191 35301 46571 53649 63998", 4)),
    "DE": Numbering("49", "0", (4, 4, 4), _DE),
    "SE": Numbering("46", "0", (3, 3, 2, 2), (Range(701740605, 95), Range(313900600, 100)), "-"),
    "AU": Numbering("61", "0", (4, 3, 3), tuple(Range(int(number), 1) for number in MOBILES_AU)),
    "IE": Numbering("353", "0", (3, 3, 4), _blocks("2091", 5)),
    "RO": Numbering("40", "0", (4, 3, 3), _blocks("781 782 789 794 795 796 797 798", 6), reserved=False),
    "ES": Numbering("34", "", (3, 3, 3), _blocks("770 771 772 773 774 790 791 792", 6), reserved=False),
    "IT": Numbering("39", "", (3, 3, 4), _blocks("303 304 305 306 307 308", 7), reserved=False),
    "PT": Numbering("351", "", (3, 3, 3), _blocks("940 941 942 943 944 945 951 952 953", 6), reserved=False),
    "RU": Numbering("7", "8", (1, 3, 3, 2, 2), _blocks("660 661 662 663 664 665", 7), "-", reserved=False),
    "IN": Numbering("91", "", (5, 5), _blocks("553 555 590 593 597 598", 7), reserved=False),
    "MD": Numbering("373", "0", (4, 2, 3), _blocks("720 721 722 723 724 725 726", 5), reserved=False),
    "UA": Numbering("380", "0", (3, 3, 2, 2), _blocks("740 741 742 743 744 745", 6), "-", reserved=False),
}


@dataclass(frozen=True, slots=True)
class Number:
    """One telephone number; `national` is written with the trunk prefix, `e164` with the plus sign."""

    country: str
    national: str
    e164: str


@dataclass
class Pool:
    """Hands out each number of a country once, in an order that looks random and follows from the seed."""

    numbering: dict[str, Numbering] = field(default_factory=lambda: NUMBERING)
    _taken: dict[str, int] = field(default_factory=dict)
    _order: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def start(self, rng: Random) -> None:
        """Draw the order of every country's numbers."""
        for country, numbering in self.numbering.items():
            total = sum(part.count for part in numbering.ranges)
            step = rng.randrange(1, total) | 1
            while math.gcd(step, total) != 1:
                step += 2
            self._order[country] = (total, step, rng.randrange(total))
            self._taken[country] = 0

    def left(self, country: str) -> int:
        """Return how many numbers of the country are still unused."""
        return self._order[country][0] - self._taken[country]

    def take(self, country: str) -> Number:
        """Return a number of the country that was not handed out before."""
        total, step, offset = self._order[country]
        taken = self._taken[country]
        if taken >= total:
            raise IndexError(f"all {total} numbers of {country} are in use")
        self._taken[country] = taken + 1
        return self._number(country, (taken * step + offset) % total)

    def _number(self, country: str, index: int) -> Number:
        numbering = self.numbering[country]
        for part in numbering.ranges:
            if index < part.count:
                break
            index -= part.count
        digits = str(part.first + index)
        return Number(country, numbering.trunk + digits, f"+{numbering.code}{digits}")


def grouped(number: Number, separator: str | None = None) -> str:
    """Return the national form in the country's usual groups."""
    numbering = NUMBERING[number.country]
    return _groups(number.national, numbering.groups, numbering.separator if separator is None else separator)


def international(number: Number) -> str:
    """Return the form with plus sign and country code, in groups."""
    code = NUMBERING[number.country].code
    digits = number.e164[1 + len(code) :]
    return f"+{code} " + _groups(digits, (len(digits) - 6, 3, 3), " ")


def _groups(digits: str, lengths: tuple[int, ...], separator: str) -> str:
    parts, start = [], 0
    for length in lengths:
        if start < len(digits):
            parts.append(digits[start : start + length])
            start += length
    rest = digits[start:]
    if rest:
        parts[-1] += rest
    return separator.join(parts)
