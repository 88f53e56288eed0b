import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from felinar.export.dossier.places import place, read
from felinar.export.dossier.verify import Broken, check_place, reader_of

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)


def follows(record, text):
    """Return whether the verifier finds the text where `place` says that it stands."""
    reading, values = read(record)
    spans = place(text, values)
    if spans is None:
        return False
    check_place("E1", text, spans, reader_of(record, json.loads(json.dumps(reading))))
    return True


@given(st.dictionaries(TEXT, TEXT, min_size=1, max_size=5), st.booleans(), st.data())
def test_every_value_of_a_json_record_has_its_place(row, escaped, data):
    record = json.dumps(row, ensure_ascii=escaped).encode("utf-8")
    assert follows(record, data.draw(st.sampled_from(sorted(row.values()))))


@given(st.lists(TEXT.map(lambda t: t.replace("\0", "")), min_size=2, max_size=5), st.sampled_from(",;\t|"), st.data())
def test_every_cell_of_a_table_has_its_place(row, delimiter, data):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="").writerow(row)
    text = data.draw(st.sampled_from(row))
    record = file.getvalue().encode("utf-8")
    reading, _ = read(record)
    if reading.get("delimiter") == delimiter:  # a text full of other delimiters may be read in another way
        assert follows(record, text)


def test_a_text_put_together_from_columns_has_a_place_for_each():
    record = json.dumps({"company": "Green Bridge", "description": " We clean. \n", "pay": [12, 14]}).encode()
    assert follows(record, "Green Bridge\n\nWe clean.")
    assert follows(record, "12, 14")
    assert not follows(record, "Green Bridge\n\nWe cook.")


def test_a_text_that_was_mended_has_no_place():
    assert not follows(b'{"text": "a\\u0000b"}', "ab")


def test_other_encodings_are_followed():
    for encoding in ("cp1252", "utf-16-le", "utf-16"):
        assert follows("7;café à Nîmes;07700 900123".encode(encoding), "café à Nîmes"), encoding
    assert follows(b"\xff\x81;x", "x")


def test_a_record_that_is_one_text_is_followed():
    assert follows(b"Massage in Leeds", "in Leeds")


def test_more_in_the_text_than_in_the_record_is_found():
    reading, values = read(b'{"text": "Massage"}')
    spans = place("Massage", values)
    for text in ("Massage!", "xMassage", "massage"):
        try:
            check_place("E1", text, spans, reader_of(b'{"text": "Massage"}', reading))
        except Broken:
            continue
        raise AssertionError(text)
