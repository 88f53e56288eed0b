from felinar.extract.lexicon import load
from felinar.kernels.fold import fold


def test_every_language_has_a_word_for_each_of_the_ten_digits():
    for language, rows in load().numbers.items():
        assert len(rows) == 10, language
        assert all(row and all(isinstance(word, str) and word for word in row) for row in rows), language


def test_no_spelling_stands_for_two_different_digits():
    digit_of: dict[str, int] = {}
    for language, rows in load().numbers.items():
        for digit, row in enumerate(rows):
            for word in row:
                assert digit_of.setdefault(fold(word).text, digit) == digit, (language, word)


def test_concepts_name_one_indicator_and_carry_the_nine_languages():
    concepts = load().concepts
    assert len(concepts) > 20
    for name, concept in concepts.items():
        assert concept.name == name
        assert concept.indicator.isupper()
        assert {"en", "ro", "es", "ru", "hi", "pt", "fr", "de", "it"} <= concept.phrases.keys()


def test_words_that_yaml_could_take_for_something_else_stay_words():
    numbers = load().numbers
    assert "no" in numbers["hi_latin"][9]
    assert "null" in numbers["de"][0]
    assert "sv" in numbers and "no" in numbers


def test_look_alikes_are_single_characters_and_keep_their_case():
    lookalikes = load().lookalikes
    assert all(len(c) == 1 and d in "0123456789" and len(d) == 1 for c, d in lookalikes.items())
    assert (lookalikes["B"], lookalikes["b"], lookalikes["O"]) == ("8", "6", "0")


def test_pairs_are_ten_to_ninety():
    for words in load().pairs.values():
        assert all(10 <= value <= 99 for value in words.values())
