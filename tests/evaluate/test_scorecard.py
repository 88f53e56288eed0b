import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from felinar.cli import felinar
from felinar.errors import UnreadableInput
from felinar.evaluate import SYNTHETIC, evaluate

TRUTH = """source_id,operation_id,kind,coerced,phones
a,A,coerced_services,1,+447700900001
b,A,coerced_services,1,+447700900001;+447700900002
c,I,independent,0,
d,M,managed,0,+40781000000
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_advert_counts_as_alone_and_an_unknown_one_is_reported(tmp_path: Path) -> None:
    truth = write(tmp_path, "t.csv", TRUTH)
    clusters = write(tmp_path, "c.csv", "source_id,advert_id,operation_id\na,1,7\nc,3,9\nd,4,9\nzz,5,9\n")
    card = evaluate(truth, clusters)
    assert card.links is not None
    assert (card.links.missing, card.links.unknown, card.links.clusters) == (1, 1, 3)
    assert card.links.b_cubed.precision == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert card.links.b_cubed.recall == pytest.approx((0.5 + 0.5 + 1 + 1) / 4)
    assert card.links.false_component == 1
    assert card.links.by_kind["independent"].recall == 1.0
    assert card.notes == ["1 rows of the clusters name adverts that the truth does not know; they were left out."]


def test_everything_right_gives_full_marks_and_the_honest_first_line(tmp_path: Path) -> None:
    truth = write(tmp_path, "t.csv", TRUTH)
    clusters = write(tmp_path, "c.csv", "source_id,advert_id,operation_id\na,1,7\nb,2,7\nc,3,8\nd,4,9\n")
    phones = write(
        tmp_path,
        "p.csv",
        "source_id,advert_id,kind,value\na,1,phone,07700900001\nb,2,phone,+447700900001\nb,2,phone,+447700900002\n"
        "d,4,phone,+40781000000\nd,4,email,x@mail.example.com\n",
    )
    leads = write(tmp_path, "l.csv", "operation_id,rank,score\n9,2,10\n7,1,900\n")
    card = evaluate(truth, clusters, phones, leads)
    assert card.links is not None and card.links.b_cubed.f1 == 1.0 and card.links.adjusted_rand == 1.0
    assert card.phones is not None and card.phones.score.f1 == 1.0 and card.phones.junk == 0.0
    assert card.leads is not None and card.leads.found[20] == 1 and card.leads.average_precision == 1.0
    assert card.text().startswith(SYNTHETIC)


def test_languages_are_those_of_the_truth_or_those_that_were_read(tmp_path: Path) -> None:
    truth = write(tmp_path, "t.csv", TRUTH)
    clusters = write(tmp_path, "c.csv", "source_id,advert_id,operation_id\na,1,7\nb,2,7\nc,3,8\nd,4,9\n")
    leads = write(tmp_path, "l.csv", "operation_id,rank,score\n8,1,10\n")
    read = "source_id,kind,value\na,language,en\nb,language,en\nc,language,ro\nc,language,en\nd,language,en\n"
    card = evaluate(truth, clusters, write(tmp_path, "p.csv", read), leads)
    assert card.languages is not None and (card.languages.main, card.languages.gap) == ("en", 1.0)
    assert "Languages: innocent adverts of others stand in leads +1.000 more often than those in en" in card.text()
    stated = "".join(f"{line},{word}\n" for line, word in zip(TRUTH.split(), ("language", *"aaab"), strict=True))
    card = evaluate(write(tmp_path, "t2.csv", stated), clusters, None, leads)
    assert card.languages is not None and (card.languages.main, card.languages.gap) == ("a", -1.0)
    assert evaluate(truth, clusters, None, leads).languages is None


def test_the_largest_cluster_stands_beside_the_largest_true_operation(tmp_path: Path) -> None:
    clusters = write(tmp_path, "c.csv", "source_id,advert_id,operation_id\na,1,7\nb,2,7\nc,3,7\nd,4,9\n")
    links = evaluate(write(tmp_path, "t.csv", TRUTH), clusters).links
    assert links is not None and (links.largest_cluster, links.largest_operation) == (3, 2)


def test_a_truth_without_the_column_coerced_is_not_called_synthetic(tmp_path: Path) -> None:
    card = evaluate(write(tmp_path, "t.csv", "source_id,operation_id\na,A\n"))
    assert not card.text().startswith(SYNTHETIC)


def test_header_only_files_are_no_error(tmp_path: Path) -> None:
    truth = write(tmp_path, "t.csv", "source_id,operation_id,kind,coerced,phones\n")
    clusters = write(tmp_path, "c.csv", "source_id,advert_id,operation_id\n")
    phones = write(tmp_path, "p.csv", "source_id,advert_id,kind,value\n")
    leads = write(tmp_path, "l.csv", "operation_id,rank,score\n")
    card = evaluate(truth, clusters, phones, leads)
    assert card.adverts == 0 and "0 adverts" in card.text()
    full = evaluate(write(tmp_path, "t2.csv", TRUTH), clusters, phones, leads)
    assert full.links is not None and full.links.missing == 4


def test_a_wrong_file_is_named_with_its_columns(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"lacks the column.*operation_id.*it has x, y"):
        evaluate(write(tmp_path, "t.csv", "x,y\n1,2\n"))
    with pytest.raises(UnreadableInput, match="There is no file"):
        evaluate(tmp_path / "none.csv")


def test_the_command_answers_in_json_and_in_text(tmp_path: Path) -> None:
    truth = write(tmp_path, "t.csv", TRUTH)
    clusters = write(tmp_path, "c.csv", "source_id,advert_id,operation_id\na,1,7\nb,2,7\n")
    asked = ["evaluate", "--truth", str(truth), "--clusters", str(clusters)]
    text = CliRunner().invoke(felinar, asked)
    assert text.exit_code == 0 and text.output.startswith(SYNTHETIC)
    data = json.loads(CliRunner().invoke(felinar, ["--json", *asked]).output)
    assert data["links"]["b_cubed"]["f1"] == 1.0
    assert data["note"] == SYNTHETIC
