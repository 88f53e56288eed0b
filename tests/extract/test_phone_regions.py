import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from felinar.extract.contract import Context
from felinar.extract.phone import PHONE
from felinar.kernels.fold import fold

KINDS = {"mobile": PhoneNumberType.MOBILE, "fixed line": PhoneNumberType.FIXED_LINE}
FEWEST_DIGITS = 7  # docs/extract-phone.md: shorter numbers are not read


def examples(region):
    """The library's own example numbers of a region, by kind; none of fewer than seven digits."""
    found = {kind: phonenumbers.example_number_for_type(region, number) for kind, number in KINDS.items()}
    return {
        kind: number
        for kind, number in found.items()
        if number is not None and len(phonenumbers.national_significant_number(number)) >= FEWEST_DIGITS
    }


REGIONS = sorted(region for region in phonenumbers.SUPPORTED_REGIONS if examples(region))


def test_almost_every_region_has_numbers_long_enough_to_be_read():
    assert len(REGIONS) >= 225


@pytest.mark.parametrize("region", REGIONS)
def test_reads_the_mobile_and_the_fixed_line_of_a_country_in_three_ways_of_writing(region):
    for number in examples(region).values():
        national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        digits = "".join(c for c in national if c.isdigit())
        ways = {
            "national": national,
            "international": phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
            "odd separators": "~".join(digits[i : i + 3] for i in range(0, len(digits), 3)),
        }
        expected = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        for way, written in ways.items():
            found = [f.value for f in PHONE.find(fold(f"call {written}"), Context(country=region))]
            assert found == [expected], f"{way}: {written}"


@pytest.mark.parametrize("region", [r for r in REGIONS if r not in ("KI", "NF", "SR")])
def test_reads_the_international_form_of_any_country_without_knowing_where_the_advert_stands(region):
    for number in examples(region).values():
        written = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        found = [f.value for f in PHONE.find(fold(f"call {written} today"), Context())]
        assert found == [phonenumbers.format_number(number, PhoneNumberFormat.E164)], written
