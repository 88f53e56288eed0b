import pytest

from felinar.extract.phone_glued import read_word
from felinar.extract.phone_joining import Part, join_numbers, join_pairs
from felinar.extract.phone_words import CONNECTOR, LOOKALIKE, lookalike_digits
from felinar.kernels.fold import fold


@pytest.mark.parametrize(
    ("word", "digits"),
    [
        ("seven", "7"),
        ("fivefive", "55"),
        ("cuatrocero", "40"),
        ("funfundvierzig", "45"),
        ("neununddreissig", "39"),
        ("vijfenveertig", "45"),
        ("trentanove", "39"),
        ("trentotto", "38"),
        ("zerofor", "04"),
    ],
)
def test_reads_number_words_also_when_they_are_glued(word, digits):
    read = read_word(word)
    assert read is not None
    assert read.digits == digits


@pytest.mark.parametrize("word", ["telephone", "often", "weight", "someone", "oneself", "phone", "stone", "massage"])
def test_finds_no_digits_in_ordinary_words(word):
    assert read_word(word) is None


def test_look_alike_letters_are_read_by_their_case():
    assert lookalike_digits("OlBb") == "0186"
    assert lookalike_digits("OK") == ""
    read = read_word("oo")
    assert read is not None
    assert read.kind == LOOKALIKE


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        ([("40", True, False), ("5", False, False)], ["", "45"]),
        ([("5", False, False), ("40", True, True)], ["", "45"]),
        ([("5", False, False), ("40", True, False)], ["5", "40"]),
        ([("4", False, False), ("20", True, False), ("18", True, False)], ["", "", "98"]),
        ([("60", True, False), ("", False, False), ("5", False, False)], ["60", "", "5"]),
        ([("60", False, False), ("5", False, False)], ["60", "5"]),
    ],
)
def test_joins_tens_with_their_units_and_nothing_else(parts, joined):
    assert join_pairs(parts) == joined


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("nine hundred", "900"),
        ("nine hundred four seven one", "900471"),
        ("four hundred five nine hundred", "4005900"),
        ("девятьсот сорок пять двести", "945200"),
        ("beş yüz on iki üç yüz otuz", "512330"),
        ("douăzeci patru sute patruzeci și șapte", "20447"),
        ("siedemset dziewięćset", "700900"),
        ("zwei hundert drei", "203"),
        ("on three one two", "10312"),
    ],
)
def test_joins_hundreds_with_the_unit_before_and_the_rest_behind(words, digits):
    said = [read_word(fold(word).text) for word in words.split()]
    numbers = [(i, word) for i, word in enumerate(said) if word.kind != CONNECTOR]
    parts = [Part(w.digits, w, False, i > 0 and said[i - 1].kind == CONNECTOR) for i, w in numbers]

    assert "".join(join_numbers(parts)) == digits


def test_figures_glued_to_a_word_fill_what_it_left_open():
    def joined(first, second, glued=True):
        return join_numbers([Part(read_word(first).digits, read_word(first)), Part(second, glued=glued)])

    assert joined("treinta", "4") == ["", "34"]
    assert joined(fold("четыреста").text, "19") == ["", "419"]
    assert joined("fivefifty", "5") == ["", "555"]
    assert joined("treinta", "4", glued=False) == ["30", ""]
    assert joined("treinta", "45") == ["30", ""]
    assert joined("achtzig", "2") == ["80", ""]


def test_a_unit_behind_a_ten_stays_alone_where_it_is_spoken_before_it():
    def joined(*words):
        return [d for d in join_numbers([Part(read_word(w).digits, read_word(w)) for w in words]) if d]

    assert joined("achtzig", "zwei") == ["80", "2"]
    assert joined("eighty", "two") == ["82"]
    assert read_word("zweiundachtzig").digits == "82"


def test_a_letter_that_no_language_joins_to_a_word_is_no_digit():
    assert read_word("patruu") is None
