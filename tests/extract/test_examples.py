import pytest

from felinar.extract import EXTRACTORS
from felinar.extract.contract import Context
from felinar.kernels.fold import fold

CASES = [(e, text, values) for e in EXTRACTORS for text, values in e.examples]


@pytest.mark.parametrize(("extractor", "text", "values"), CASES, ids=lambda v: str(getattr(v, "name", v))[:50])
def test_every_extractor_finds_what_its_examples_say(extractor, text, values):
    found = extractor.find(fold(text), Context())

    assert tuple(f.value for f in found) == values


@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda e: e.name)
def test_every_extractor_has_an_example_that_finds_and_one_that_must_not(extractor):
    assert any(values for _, values in extractor.examples)
    assert any(not values for _, values in extractor.examples)
