"""The pictures of the desk: one list of them, all there, all shown on a page."""

import re


def test_every_picture_of_the_list_is_there_and_stands_on_a_page(screenshots, docs):
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted(docs.glob("*.md")))
    for shot in screenshots.SHOTS:
        assert (docs / "pictures" / shot.name).read_bytes().startswith(b"\x89PNG")
        assert f"pictures/{shot.name}" in pages, shot.name


def test_every_picture_on_a_page_is_there_and_those_of_the_desk_are_on_the_list(screenshots, docs):
    listed = {shot.name for shot in screenshots.SHOTS}
    for page in sorted(docs.glob("*.md")):
        for name in re.findall(r"\(pictures/([\w.-]+)\)", page.read_text(encoding="utf-8")):
            assert (docs / "pictures" / name).is_file(), (page.name, name)
            assert not name.startswith("desk-") or name in listed, name


def test_a_picture_of_a_screen_tells_no_more_than_its_pixels(screenshots, docs):
    for shot in screenshots.SHOTS:
        found = (docs / "pictures" / shot.name).read_bytes()
        assert not any(kind in found for kind in (b"tEXt", b"iTXt", b"eXIf")), "no text hides beside the picture"
