import os
import subprocess
import sys
from functools import cache
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneNumberFormat

from felinar.extract import phone_display, phone_plans, phone_readings
from felinar.extract.native import phone_digits
from felinar.extract.native import phone_plans as native_plans
from felinar.extract.native.phone_digits import (
    NO_RANK,
    RANK_POSSIBLE,
    RANK_VALID,
    RANKS,
    plans,
    region_codes,
    region_id,
    to_digits,
    write_national,
)
from felinar.extract.native.phone_display import formats, region_of_number, write_display, write_e164
from felinar.extract.native.phone_readings import SOURCES, read_number
from felinar.extract.phone_plans import Reading
from felinar.extract.phone_readings import Hints

ROOT = Path(__file__).parents[2]
FILE = ROOT / "src/felinar/extract/data/plans.npz"
REGIONS = [code for code in region_codes() if code != "001"]
CODES = sorted(COUNTRY_CODE_TO_REGION_CODE)
DIGITS = st.text("0123456789", min_size=3, max_size=20)
# Fictional numbers of several countries: rank `reserved` where libphonenumber calls them invalid.
FICTIONAL = ["7700900123", "2125550142", "639981234", "17139200123", "701740612", "491570156", "20911234"]


@cache
def examples():
    """(region, national number) of libphonenumber's example of every region and type."""
    found = [(r, phonenumbers.example_number_for_type(r, t)) for r, t in product(REGIONS, range(11))]
    return [(r, phonenumbers.national_significant_number(n)) for r, n in found if n is not None]


@cache
def dialled():
    """(region, digits) as people dial them: bare, with zero, code, exit code and code, national form."""
    rows = []
    for region, national in examples():
        code = str(phonenumbers.country_code_for_region(region))
        number = phonenumbers.PhoneNumber(country_code=int(code), national_number=int(national))
        home = "".join(c for c in phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL) if c.isdigit())
        rows += [
            (region, digits) for digits in (national, f"0{national}", code + national, f"00{code}{national}", home)
        ]
        rows += [(region, exit_code + code + national) for exit_code in ("011", "810", "14110011", "0014")]
    return rows + [(r, prefix + n) for r, prefix, n in product(("GB", "DE", "US"), ("", "0", "44", "1"), FICTIONAL)]


@st.composite
def calls(draw):
    """The arguments of a call of `read_digits`: example numbers with digits changed, or digits at random."""
    region, digits = draw(st.sampled_from(dialled()) | st.tuples(st.sampled_from(REGIONS), DIGITS))
    for at, digit in draw(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("0123456789")), max_size=3)):
        at %= len(digits)
        digits = digits[:at] + digit + digits[at + 1 :]
    near = st.just(region) | st.sampled_from(["GB", "US", "AR", "BR", "JP", "GG"]) | st.sampled_from(REGIONS)
    inferred = draw(st.lists(st.tuples(near, st.sampled_from(["text", "language"])), max_size=3))
    hints = Hints(draw(near | st.just("")), tuple(inferred), draw(st.booleans()), draw(st.booleans()))
    return digits, draw(st.booleans()), hints, draw(st.integers(-20, 100))


def as_reading(found, digits):
    if found.region < 0:
        return None
    out = np.zeros(24, dtype=np.uint8)
    size = write_national(plans(), found, digits, out)
    national = "".join(map(str, out[:size]))
    code, rank = str(found.code), RANKS[found.rank]
    return Reading(region_codes()[found.region], code, national, rank, bool(found.trunk), bool(found.typical))


def read_natively(text, plus, hints, need, kernel=read_number):
    inferred = np.zeros((8, 2), dtype=np.int64)
    for row, (region, source) in zip(inferred, hints.inferred, strict=False):
        row[:] = region_id(region), SOURCES.index(source)
    given_region = region_id(hints.given) if hints.given else -1
    digits = to_digits(f"9{text}9")  # what stands around must not be read
    last = len(text) + 1
    row = (plans(), digits, 1, last, plus, given_region, inferred, len(hints.inferred), hints.cue, hints.odd, need)
    points, found, source = kernel(*row)
    return points, as_reading(found, digits), SOURCES[source]


@settings(max_examples=200, deadline=None)
@given(calls())
def test_reads_digits_as_the_plain_reader_does_compiled_or_not(call):
    expected = phone_readings.read_digits(*call)
    assert read_natively(*call) == expected
    assert read_natively(*call, kernel=read_number.plain) == expected


def test_reads_thousands_of_changed_numbers_as_the_plain_reader_does():
    draw = Random(3)
    for region, text in draw.choices(dialled(), k=8000):
        at = draw.randrange(len(text))
        changed = text[:at] + draw.choice("0123456789") + text[at + draw.choice((0, 1, 1, 2)) :]
        given_region = draw.choice(("", region, region, draw.choice(REGIONS)))
        hints = Hints(given_region, ((draw.choice(REGIONS), "text"), (region, "language")), True, draw.random() < 0.5)
        call = (changed, draw.random() < 0.3, hints, draw.choice((0, 50, 60, 61, 70, 80, 81)))
        assert read_natively(*call) == phone_readings.read_digits(*call), call


def test_reads_every_example_number_however_it_is_dialled():
    for region, text in dialled():
        for hints, plus in product((Hints(region, (), True), Hints("", ((region, "text"),), False)), (False, True)):
            call = (text, plus, hints, 20)
            assert read_natively(*call) == phone_readings.read_digits(*call), call


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("01144960892", "", None),  # 011 and +44 960892: Guernsey's area code is not put before it
        ("01144960892", "US", None),
        ("00351944158241", "NG", "+351944158241"),  # 00 leads abroad though Nigeria's own code is 009
        ("0054111523456789", "AR", "+5491123456789"),  # nothing is put before, 15 becomes 9
    ],
)
def test_behind_an_exit_code_no_area_code_is_put_before_a_number(text, region, number):
    call = (text, False, Hints(region, (), True), 20)
    found = phone_readings.read_digits(*call)
    assert read_natively(*call) == found
    assert (found[1] and found[1].e164) == number


@pytest.mark.parametrize("text", ["1411001144", "0044", "00", "011", "440", "1"])
def test_digits_that_end_with_a_prefix_are_no_number(text):
    digits = to_digits(text)
    assert native_plans.read_abroad_digits(plans(), digits, 0, len(text), region_id("AU")).region == -1
    assert native_plans.read_national_digits(plans(), digits, 0, 0, region_id("GB")).region == -1
    assert native_plans.read_international_digits(plans(), digits, 0, 0).region == -1


def numbers(seed, count):
    """(country code, national number): examples with digits changed, and digits at random."""
    draw = Random(seed)
    for _ in range(count):
        region, national = draw.choice(examples())
        digits = list(national)
        for _ in range(draw.randrange(4)):
            digits[draw.randrange(len(digits))] = draw.choice("0123456789")
        if draw.random() < 0.3:
            digits = [draw.choice("0123456789") for _ in range(draw.randint(3, 17))]
        yield draw, phonenumbers.country_code_for_region(region), "".join(digits)


def test_ranks_as_libphonenumber_does():
    for _, code, national in numbers(1, 5000):
        digits, members = to_digits(national), COUNTRY_CODE_TO_REGION_CODE[code]
        found = [phone_digits.rank_of_digits(plans(), region_id(r), digits, 0, len(digits)) for r in members]
        assert [RANKS[rank] for rank in found] == [
            phone_plans.rank_of(phone_plans.plan_of(r), national) for r in members
        ]
        if national[0] != "0":  # libphonenumber counts leading zeros of its own
            number = phonenumbers.PhoneNumber(country_code=code, national_number=int(national))
            valid = phonenumbers.is_valid_number(number)
            if phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.VOICEMAIL:  # nobody is called there
                assert (max(found) == RANK_VALID) == valid, (code, national)
            reason = phonenumbers.is_possible_number_with_reason(number)  # by the lengths of the main region
            if code != 1 and found[0] in (NO_RANK, RANK_POSSIBLE):
                assert (found[0] == RANK_POSSIBLE) == (reason == phonenumbers.ValidationResult.IS_POSSIBLE)


def test_shows_numbers_as_the_plain_reader_and_libphonenumber_do():
    out = np.zeros(60, dtype=np.uint8)
    for draw, code, national in numbers(2, 6000):
        digits, hint = to_digits(national), draw.choice(["", draw.choice(REGIONS), *COUNTRY_CODE_TO_REGION_CODE[code]])
        size = write_display(plans(), *formats(), code, digits, len(digits), out)
        shown = out[:size].tobytes().decode()
        assert shown == phone_display.display_form(str(code), national)
        if national[0] != "0":
            number = phonenumbers.PhoneNumber(country_code=code, national_number=int(national))
            assert shown == phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        assert out[: write_e164(code, digits, len(digits), out)].tobytes().decode() == f"+{code}{national}"
        region = region_of_number(plans(), code, digits, len(digits), region_id(hint) if hint else -1)
        assert region_codes()[region] == phone_display.region_of(str(code), national, hint)


def test_shows_numbers_of_codes_that_belong_to_no_region():
    out = np.zeros(60, dtype=np.uint8)
    digits = to_digits("12345678")
    assert out[: write_display(plans(), *formats(), 800, digits, 8, out)].tobytes() == b"+800 12345678"
    assert region_codes()[region_of_number(plans(), 800, digits, 8, -1)] == "001"


def test_the_committed_file_is_what_the_script_makes_whatever_the_hash_seed(tmp_path):
    assert phone_digits.is_current() == (phone_digits.metadata_version() == phonenumbers.__version__)
    if not phone_digits.is_current():
        made, here = phone_digits.metadata_version(), phonenumbers.__version__
        pytest.skip(f"plans.npz is of phonenumbers {made}, installed is {here}: run scripts/build_plans.py")
    command = [sys.executable, str(ROOT / "scripts/build_plans.py"), str(tmp_path / "plans.npz")]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "random"})
    with np.load(FILE) as committed, np.load(tmp_path / "plans.npz") as made:
        assert committed.files == made.files
        for name in made.files:  # not the bytes of the file: those depend on the version of zlib
            assert np.array_equal(committed[name], made[name]), f"run scripts/build_plans.py: {name} differs"
