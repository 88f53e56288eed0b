"""Lists as seized telephones and mail programs give them: tables with several columns, workbooks, cards, text."""

import csv
import io

import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from felinar.audit import events
from felinar.cli import felinar
from felinar.errors import UnreadableInput
from felinar.export.formats import escaped, escaped_text
from felinar.search.lists import values_in


def workbook(*rows):
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("second")
    for row in rows:
        book["second"].append(row)
    book.save(out)
    return out.getvalue()


def test_every_column_that_its_header_names_is_read_row_by_row():
    header, one = b"Name,Phone 1 - Value,Phone 1 - Type,E-mail,Note\n", b"One,07700 900123,Mobile,one@example.org,x\n"
    found = values_in(header + one + b"Two,07700 900124,,,\n", "list")
    assert found.kept == ["07700 900123", "one@example.org", "07700 900124"]
    assert found.told == "Columns 'Phone 1 - Value', 'E-mail' were read."


def test_a_cell_with_several_values_is_several():
    found = values_in(b"phone,x\n07700 900123 ::: 07700 900124,\n", "list")
    assert found.kept == ["07700 900123", "07700 900124"]


def test_a_workbook_is_read_with_numbers_as_they_were_typed():
    content = workbook(
        ["Name", "Telefon", "E-Mail"], ["One", 447700900123.0, "one@example.org"], [None, "07700 900124", None]
    )
    assert values_in(content, "list").kept == ["447700900123", "one@example.org", "07700 900124"]


def test_what_is_no_whole_workbook_is_refused_with_a_sentence():
    for content in (b"PK\x03\x04", workbook(["phone"], ["1"])[:200]):
        with pytest.raises(UnreadableInput, match="not a whole workbook"):
            values_in(content, "list")


CARDS = """BEGIN:VCARD
VERSION:3.0
FN:One
item1.TEL;TYPE=CELL:+44 7700 900123
TEL;VALUE=uri:tel:+44-7700-900124
EMAIL;ENCODING=QUOTED-PRINTABLE:one=40example.org
IMPP;X-SERVICE-TYPE=Skype:skype:one.two
NOTE:call 07700 900999
PHOTO;ENCODING=b:AAAA
 TEL:07700 900888
URL:https://site.example/a\\,b
END:VCARD
"""


def test_contact_cards_give_contacts_and_nothing_else():
    for cards in (CARDS, CARDS.replace("\n", "\r\n")):
        assert values_in(cards.encode(), "list").kept == [
            "+44 7700 900123", "+44-7700-900124", "one@example.org", "skype:one.two", "https://site.example/a,b"
        ]  # fmt: skip


def test_text_gives_the_contacts_that_stand_in_it_as_it_writes_them():
    text = (
        b"She said to ring O77OO 9OO123 in the evening, or to write to ana (at) example [dot] org instead of calling.\n"
    )
    assert values_in(text, "list").kept == ["O77OO 9OO123", "ana (at) example [dot] org"]


def test_lines_of_a_card_that_were_broken_are_joined():
    card = "BEGIN:VCARD\nURL;ENCODING=QUOTED-PRINTABLE:https://site=\n.example/a\nPHOTO:AA=\nTEL:07700\n  900123\n"
    assert values_in(card.encode(), "list").kept == ["https://site.example/a", "07700 900123"]


def test_a_cell_beyond_all_measure_is_refused_with_a_sentence():
    csv.field_size_limit(1 << 30)  # as after reading adverts
    with pytest.raises(UnreadableInput, match="is no list"):
        values_in(b"phone,x\n" + b"1" * 200_000, "list")


def test_the_table_of_a_list_is_written_for_a_spreadsheet(workspace, tmp_path):
    (tmp_path / "list.csv").write_text("phone,x\n07700 900123,\n=1+1,\n+447700900999,\n", encoding="utf-8")
    options = ["--workspace", str(workspace.folder), "search", "--list", str(tmp_path / "list.csv")]
    done = CliRunner().invoke(felinar, [*options, "--out", str(tmp_path / "hits.csv")], catch_exceptions=False)
    assert "1 of 3 values are in the pile" in done.stdout
    rows = list(csv.DictReader((tmp_path / "hits.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["value"] for row in rows] == ["07700 900123", "'=1+1", "+447700900999"]
    assert (rows[0]["adverts"], rows[0]["places"]) == ("3", "Leeds; York")
    (event,) = events(workspace.desk)
    assert event.action == "export"
    assert "7700" not in event.details


@given(st.text("=+-@\t\r1a ", max_size=5))
def test_one_text_is_escaped_as_a_column_of_them(text):
    assert escaped_text(text) == escaped(pa.table({"a": [text]}))["a"][0].as_py()


def test_a_plain_list_stays_a_list():
    lines = ["07700 900123", "https://site.example/a,b?c=d", "ana@example.org", "@some.user", "ad-17"]
    assert values_in("\n".join(lines).encode(), "list").kept[0::2] == lines[0::2]
