import re

import pytest

from felinar.demo.language import CODES, language, variants

NAMES = "name city what role price pay near hours mins years km n month company c site"


def test_variants_are_all_combinations() -> None:
    assert variants("(Hello|Hi), {name}(!|.)") == ("Hello, {name}!", "Hello, {name}.", "Hi, {name}!", "Hi, {name}.")
    assert variants("(one) thing") == ("(one) thing",)


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_all_sections_enough_fragments_and_known_slots(code: str) -> None:
    spoken, english = language(code), language("en")
    assert set(spoken.sections) == set(english.sections)
    assert set(spoken.lists) == set(english.lists)
    assert len(spoken.digits) == 10
    for kind in ("service", "job"):
        assert sum(len(found) for name, found in spoken.sections.items() if name.startswith(kind)) >= 40
    for fragments in spoken.sections.values():
        for text in (text for fragment in fragments for text in fragment):
            assert set(re.findall(r"\{(.*?)\}", text)) <= {*NAMES.split()}
            assert "|" not in text
