import pytest

from felinar.extract.contract import Context
from felinar.extract.lexicon import load
from felinar.extract.phone import PHONE
from felinar.kernels.fold import fold

NUMBER = "07700900123"


def values(text, country="GB"):
    return [f.value for f in PHONE.find(fold(text), Context(country=country))]


@pytest.mark.parametrize("language", sorted(load().numbers))
def test_reads_a_number_spoken_digit_by_digit_in_every_language_of_the_lexicon(language):
    words = [load().numbers[language][int(digit)][0] for digit in NUMBER]
    assert values(" ".join(words)) == ["+447700900123"]
    assert values(", ".join(words)) == ["+447700900123"]
    assert values(
        " ".join(word if i % 2 else digit for i, (word, digit) in enumerate(zip(words, NUMBER, strict=True)))
    ) == ["+447700900123"]


@pytest.mark.parametrize(
    "language", ["en", "ro", "es", "ru", "hi", "pt", "fr", "de", "it", "pl", "nl", "uk", "cs", "el"]
)
def test_reads_glued_number_words(language):
    words = [load().numbers[language][int(digit)][0] for digit in NUMBER]
    assert values("".join(words[:5]) + " " + "".join(words[5:])) == ["+447700900123"]


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("FR", "zéro six, trente-neuf, quatre-vingt-dix-huit, soixante-treize, quatre-vingt-un", "+33639987381"),
        ("FR", "zéro six trente-neuf nonante-huit septante-trois huitante-quatre", "+33639987384"),
        ("FR", "06 trente-neuf 98 soixante-dix-sept 34", "+33639987734"),
        ("DE", "null eins einundsiebzig neununddreißig zwanzig null vierundzwanzig", "+491713920024"),
        ("DE", "null eins sieben eins neununddreißig zwanzig null fünfundvierzig", "+491713920045"),
        ("GB", "zero seventy-seven zero zero ninety zero one twenty-three", "+447700900123"),
        ("GB", "zero seventy seven double zero ninety zero twelve three", "+447700900123"),
        ("GB", "nul zevenenzeventig nul nul negentig nul twaalf drie", "+447700900123"),
        ("GB", "cero setenta y siete cero cero noventa cero doce tres", "+447700900123"),
        ("GB", "zero setenta e sete zero zero noventa zero doze três", "+447700900123"),
        ("GB", "zero settantasette zero zero novanta zero dodici tre", "+447700900123"),
        ("GB", "zero șaptezeci și șapte zero zero nouăzeci zero doisprezece trei", "+447700900123"),
        ("GB", "ноль семьдесят семь ноль ноль девяносто ноль двенадцать три", "+447700900123"),
        ("GB", "нуль сімдесят сім нуль нуль девяносто нуль дванадцять три", "+447700900123"),
        ("GB", "zero siedemdziesiąt siedem zero zero dziewięćdziesiąt zero dwanaście trzy", "+447700900123"),
        ("GB", "nula sedmdesát sedm nula nula devadesát nula dvanáct tři", "+447700900123"),
        ("GB", "nulla hetvenhét nulla nulla kilencven nulla tizenkettő három", "+447700900123"),
        ("GB", "sıfır yetmişyedi sıfır sıfır doksan sıfır oniki üç", "+447700900123"),
        ("GB", "μηδέν εβδομήντα επτά μηδέν μηδέν ενενήντα μηδέν δώδεκα τρία", "+447700900123"),
        ("GB", "нула седемдесет и седем нула нула деветдесет нула дванадесет три", "+447700900123"),
        ("GB", "zero, seven, seven, zero, zero, ninety, zero, twelve, three", "+447700900123"),
        ("FR", "zéro six, trente-neuf, quatre-vingt-dix-huit, quarante, un, trois", "+33639984013"),
    ],
)
def test_reads_numbers_spoken_in_pairs(country, text, value):
    assert values(text, country) == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07700 900 123 07700 900 124", ["+447700900123", "+447700900124"]),
        ("07700 900123 01632 960124", ["+447700900123", "+441632960124"]),
        ("07700 900123 07700 900124 07700 900125", ["+447700900123", "+447700900124", "+447700900125"]),
        ("0 7 7 0 0 9 0 0 1 2 3 0 7 7 0 0 9 0 0 1 2 4", ["+447700900123", "+447700900124"]),
        ("07700 900123 10 to 20", ["+447700900123"]),
    ],
)
def test_tells_numbers_in_one_row_apart(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("country", "text", "value"),
    [
        ("BR", "0044 7700 900123", "+447700900123"),
        ("CO", "00447700900123", "+447700900123"),
        ("", "+44 (0)7700 900123", "+447700900123"),
        ("", "+33 (0)6 39 98 12 34", "+33639981234"),
        ("GB", "О77ОО 9ОО I23", "+447700900123"),
        ("GB", "О77 ОО 9ОО I2З", "+447700900123"),
    ],
)
def test_reads_exit_codes_optional_zeros_and_round_letters(country, text, value):
    assert values(text, country) == [value]
