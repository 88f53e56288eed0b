from felinar.evaluate.numbers import same_number, score_phones


def test_numbers_are_the_same_with_and_without_country_code_or_zero() -> None:
    assert same_number("+40781123456", "0781123456")
    assert same_number("+40781123456", "781123456")
    assert same_number("+353209112345", "0209112345")
    assert not same_number("+40781123456", "+40781123457")
    assert not same_number("+40781123456", "23456")
    assert not same_number("+40781123456", "1123456")


def test_a_reading_that_no_advert_shows_is_junk_and_a_second_notation_is_not_a_second_match() -> None:
    shown = {"a": ["+40781123456"], "b": ["+447700900123", "+447700900124"], "c": []}
    read = [("a", "0781123456"), ("a", "+40781123456"), ("b", "+447700900123"), ("c", "123456789"), ("x", "999999999")]
    score = score_phones(shown, read)
    assert (score.shown, score.read, score.matched) == (3, 4, 2)
    assert score.junk == 0.5
    assert score.score.recall == 2 / 3


def test_nothing_shown_and_nothing_read_is_no_error() -> None:
    assert score_phones({}, []).score.f1 == 1.0
