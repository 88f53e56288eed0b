from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.extract import extract
from felinar.extract.phone_words import vocabulary
from felinar.tables import ADVERTS

WORDS = vocabulary()
HUNDREDS = sorted(word for word, meaning in WORDS.items() if meaning.hundred)
TENS = sorted(word for word, meaning in WORDS.items() if meaning.tens)
UNITS = sorted(word for word, meaning in WORDS.items() if len(meaning.digits) == 1)
SPOKEN = st.one_of(
    *map(st.sampled_from, (HUNDREDS, TENS, UNITS, ("and", "und", "i", "double", "on", "45", "0171", "电话")))
)
GAPS = st.sampled_from((" ", " ", " ", "", ", ", "-", "\n"))
TEXTS = st.lists(st.tuples(SPOKEN, GAPS), min_size=4, max_size=16).map(lambda parts: "".join(a + b for a, b in parts))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS, min_size=60, max_size=60), st.sampled_from(("", "GB", "DE", "RU", "TR", "PL", "CN")))
def test_number_words_with_hundreds_are_read_as_by_the_plain_reader(texts, country):
    table = ADVERTS.from_rows([{"advert_id": i, "body": t, "country_hint": country} for i, t in enumerate(texts)])

    assert extract(table, kinds=["phone"], native=True).equals(extract(table, kinds=["phone"], native=False))
