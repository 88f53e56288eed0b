"""Spellings are looked up in sorted lines as in a dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from felinar.extract.gazetteer import Beginnings, Forms, load

words = st.text(st.sampled_from(list("ab \u00e9\u4e2d\U0001f600")), max_size=5)


@given(st.dictionaries(words.filter(lambda word: word.strip() == word != ""), st.sampled_from(["1", "2 3"])), words)
def test_forms_are_those_of_a_dictionary(plain, word):
    lines = "\n".join(f"{form}\t{plain[form]}" for form in sorted(plain)).encode()
    forms = Forms(lines)
    beginnings = Beginnings(forms)
    begun = {form[:at] for form in plain for at, letter in enumerate(form) if letter == " "}

    assert dict(forms) == plain and list(forms) == sorted(plain) and len(forms) == len(plain)
    assert set(beginnings) == begun and len(beginnings) == len(begun)
    for asked in {word, *plain, *begun}:
        assert forms.get(asked, "") == plain.get(asked, "") and (asked in forms) == (asked in plain)
        assert (asked in beginnings) == (asked in begun)


def test_the_lines_of_the_file_are_sorted_so_every_spelling_is_found():
    forms = load().forms

    assert list(forms) == sorted(forms)
    assert all(form in forms for form in list(forms)[::101])
    assert "york" in forms and "new york" in load().beginnings and "\ud800" not in forms
