import phonenumbers
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract.phone_display import display_form

CODES = st.sampled_from([1, 7, 30, 31, 33, 34, 39, 40, 44, 46, 48, 49, 55, 61, 91, 351, 353, 373, 380])


@settings(max_examples=200, deadline=None)
@given(CODES, st.integers(10_000_000, 99_999_999_999))
def test_the_display_form_equals_the_one_of_libphonenumber(code, national):
    number = phonenumbers.PhoneNumber(country_code=code, national_number=national)
    expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    assert display_form(str(code), str(national)) == expected
