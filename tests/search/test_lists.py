"""Lists as people have them: a header, blank lines, repeats, marks, Windows line ends, Excel's Unicode text."""

import pytest

from felinar.search.lists import read_list

LIST = "Name,Phone number,Note\r\n\r\nOne,07700 900123,a\r\nTwo, 07700 900124 ,b\r\n,,\r\nThree,07700 900123,c\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_column_that_the_header_names_is_read_once_each(tmp_path, encoding):
    (tmp_path / "list.csv").write_bytes(LIST.encode(encoding))
    found = read_list(tmp_path / "list.csv")
    assert found.kept == ["07700 900123", "07700 900124"]
    assert found.told == "Column 'Phone number' was read. 1 repeat left out."


def test_without_a_header_the_first_column_is_read_and_said_so(tmp_path):
    (tmp_path / "list.csv").write_text("07700 900123;x\n+44 7700 900124;y\n", encoding="utf-8")
    found = read_list(tmp_path / "list.csv")
    assert found.kept == ["07700 900123", "+44 7700 900124"]
    assert "The first column was read" in found.told


def test_a_value_that_holds_a_header_word_is_a_value(tmp_path):
    (tmp_path / "list.txt").write_text("phone.shop@example.org\nad-17\n", encoding="utf-8")
    assert read_list(tmp_path / "list.txt").kept == ["phone.shop@example.org", "ad-17"]


def test_an_empty_file_says_so(tmp_path):
    (tmp_path / "list.txt").write_text("\r\n \r\n", encoding="utf-8")
    assert read_list(tmp_path / "list.txt").told == "The file holds no value."
