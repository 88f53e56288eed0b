"""The reader of console blocks: what it compares, and what it leaves out."""

import pytest


def test_a_page_comes_back_as_it_is_when_its_output_is_right(blocks, tmp_path):
    page = "Before\n\n```console\n$ felinar search\nx\n```\n\nAfter\n".replace(
        "search\nx", "--version\nfelinar, version 0"
    )
    assert blocks.run_page(page, tmp_path) != page
    right = blocks.run_page(page, tmp_path)
    assert blocks.run_page(right, tmp_path) == right


def test_a_block_with_a_caption_becomes_a_file_where_the_reader_is(blocks, tmp_path):
    (tmp_path / "inside").mkdir()
    page = "```console\n$ cd inside\n```\n\n```{code-block} text\n:caption: a.txt\n\none\ntwo\n```\n"
    assert blocks.run_page(page, tmp_path) == page
    assert (tmp_path / "inside" / "a.txt").read_text(encoding="utf-8") == "one\ntwo\n"


def test_lines_left_out_stay_left_out(blocks):
    lines = ["1", "2", "3", "4", "5"]
    assert blocks.shortened(lines, ["a", "[...]", "e"]) == ["1", "[...]", "5"]
    assert blocks.shortened(lines, ["a", "b", "[...]"]) == ["1", "2", "[...]"]
    assert blocks.shortened(lines, ["a"]) == lines
    assert blocks.shortened(["1", "2"], ["a", "[...]", "e"]) == ["1", "2"]


def test_only_what_differs_from_day_to_day_is_hidden(blocks):
    log = "    15  2026-11-23T03:15:03Z  you  leads"
    sighting = "  2026-11-23T03:15:03+00:00  originals 00ff…, byte 17  run ab12cd  (case)"
    head = f"3 events, unbroken. Head of the chain (note it outside this folder): {'0f' * 32}"
    posted = "posted_at: 2025-05-12T13:51:00Z"
    assert blocks.settled(f"{log}\n{sighting}\n{head}\n{posted}\n") == [
        "    15  <time>  you  leads",
        "  <time>  originals 00ff…, byte 17  run <run>  (case)",
        "3 events, unbroken. Head of the chain (note it outside this folder): <head>",
        posted,
    ]


def test_a_command_that_fails_stops_the_page(blocks, tmp_path):
    with pytest.raises(ValueError, match="There is no command called 'leeds'"):
        blocks.run_page("```console\n$ felinar leeds\n```\n", tmp_path)


def test_nothing_but_felinar_and_cd_is_run(blocks, tmp_path):
    with pytest.raises(ValueError, match="felinar and cd only"):
        blocks.run_page("```console\n$ echo hello\n```\n", tmp_path)


def test_what_is_asked_for_changes_in_commands_and_lists_only(blocks):
    assert blocks.asking("$ felinar show 17", "17", "18") == "$ felinar show 18"
    assert blocks.asking("17", "17", "18") == "18"
    assert blocks.asking("phone 17 stands here", "17", "18") == "phone 17 stands here"
