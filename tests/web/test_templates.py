"""The files that make the pages: nothing is loaded from elsewhere, nothing stands inline."""

import re
from importlib import resources

import pytest

FILES = sorted(
    (file for folder in ("templates", "static") for file in resources.files("felinar.web").joinpath(folder).iterdir()),
    key=lambda file: file.name,
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_file_names_an_address_elsewhere_or_holds_an_inline_style_or_handler(file):
    text = file.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?://|@import|url\(|//[a-z]+\.[a-z]", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style|\|\s*safe", text)
    assert not re.search(r"innerHTML|document\.write|\beval\(|insertAdjacentHTML", text)


def test_every_key_of_the_help_is_one_that_the_script_or_a_page_knows():
    texts = {file.name: file.read_text(encoding="utf-8") for file in FILES}
    pages = "".join(text for name, text in texts.items() if name.endswith(".html"))
    listed = set(re.findall(r"<kbd>(.)</kbd>", texts["base.html"])) | {"Enter"}
    known = set(re.findall(r'data-key="(.)"', pages)) | set(
        re.findall(r'^    "?([a-zA-Z/?]+)"?: \(\) =>', texts["desk.js"], re.MULTILINE)
    )
    known |= set(re.findall(r'"(?:same|unsure|different)", "(.)"', pages))
    numbered = set("12345678")
    assert listed - numbered <= known
