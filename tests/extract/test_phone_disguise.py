import json

import pytest

from felinar.extract.contract import Context
from felinar.extract.phone import PHONE
from felinar.kernels.fold import fold


def only(text, country="GB"):
    (one,) = PHONE.find(fold(text), Context(country=country))
    return one


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123", "07700-900-123", "(07700) 900 123", "+44 (0) 7700 900123", "07700.900.123", "07700/900123",
        "07700–900–123", "07700\u00a0900\u00a0123", "07700\u202f900\u202f123", "0044 7700 900123", "07700 - 900 - 123",
        "07700   900   123", "Tel.: 07700 900123!",
    ],
)  # fmt: skip
def test_a_plainly_written_number_is_not_obscured(text):
    one = only(text)
    assert (one.value, one.obscured) == ("+447700900123", False)
    assert "written" not in json.loads(one.evidence)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0 7 7 0 0 9 0 0 1 2 3", "spaced"), ("0-7-7-0-0-9-0-0-1-2-3", "spaced"),
        ("０７７００ ９００１２３", "fullwidth"),
        ("𝟎𝟕𝟕𝟎𝟎 𝟗𝟎𝟎𝟏𝟐𝟑", "other digits"), ("⓪⑦⑦⓪⓪⑨⓪⓪①②③", "other digits"),
        ("٠٧٧٠٠ ٩٠٠١٢٣", "other digits"),
        ("०७७०० ९००१२३", "other digits"),
        ("0️⃣7️⃣7️⃣0️⃣0️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣", "keycaps"),
        ("\u200b".join("07700900123"), "hidden characters"),
        ("07700🌸900🌸123", "separators"), ("07700*900*123", "separators"), ("[07700][900][123]", "separators"),
        ("(07700)(900)(123)", "separators"), ("07700_900_123", "separators"), ("07700, 900, 123", "separators"),
        ("O77OO 9OO 123", "look-alikes"), ("07700 9ОО 123", "look-alikes"), ("07700 poi 900 poi 123", "words between"),
        ("zero seven seven zero zero nine zero zero one two three", "words"), ("0770zero 900 onetwothree", "words"),
        ("call 713-JKL-0142", "letters"), ("backwards 32100900770", "reversed"), ("tel%3A%2B447700900123", "link"),
    ],
)  # fmt: skip
def test_says_how_a_number_was_hidden(text, why):
    one = only(text, "US" if "JKL" in text else "GB")
    assert one.obscured and json.loads(one.evidence)["written"] == why


def test_names_the_language_that_most_of_the_words_share():
    assert json.loads(only("nul drei null zwei drei eins zwo funf zwei null vier", "DE").evidence)["words"] == "de"
    assert json.loads(only("sero sevn sevn zero zero nyne zero zero wun too tree").evidence)["words"] == "en"


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("GB", "0 seventy7 00 nine0 0 one2three", "+447700900123"),
        ("FR", "zéro six trente-9 98 quarante5 12", "+33639984512"),
        ("GB", "zeero sevn sevin zeero zeero nien zeero zeero wun too thre", "+447700900123"),
        ("FR", "O6 39 98 OS IZ", "+33639980512"),
        ("GB", "0b7b7b0b0b9b0b0b1b2b3", "+447700900123"),
        ("GB", "077ab009ab001ab23", "+447700900123"),
        ("GB", "077 (no calls) 009 (no calls) 00123", "+447700900123"),
        ("GB", "077 <3 009 <3 00123", "+447700900123"),
        ("GB", "https://wa.me/message?phone=447700900123", "+447700900123"),
        ("GB", "2 hours 40€ 07700 900 123 9-20", "+447700900123"),
        ("CZ", "šest dva nula, jedna pět devět, šest pět tři", "+420620159653"),
    ],
)
def test_a_number_is_read_whole(country, text, value):
    assert [f.value for f in PHONE.find(fold(text), Context(country=country))] == [value]


@pytest.mark.parametrize(
    ("text", "obscured"),
    [
        ("٠٧٧٠٠ ٩٠٠١٢٣", True),
        ("للحجز ٠٧٧٠٠ ٩٠٠١٢٣", False),
        ("फ़ोन ०७७०० ९००१२३", False),
        ("call ०७७०० ९००१२३", True),
        ("للحجز ०७७०० ९००१२३", True),
        ("للحجز ٠*٧*٧*٠*٠*٩*٠*٠*١*٢*٣", True),
    ],
)
def test_figures_of_the_script_of_the_text_hide_nothing(text, obscured):
    one = only(text)

    assert (one.value, one.obscured) == ("+447700900123", obscured)
