import json

from click.testing import CliRunner

from felinar.cli import felinar


def lines_of(*arguments):
    result = CliRunner().invoke(felinar, ["--quiet", "extract", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_mention_a_line_with_row_and_column(tmp_path):
    file = tmp_path / "adverts.csv"
    file.write_text("id,note,land\n1,nothing here,GB\n2,call 07700 900123 or ana@example.com,GB\n", encoding="utf-8")

    found = lines_of(file, "--text-column", "note", "--region-column", "land", "--kind", "phone", "--kind", "email")

    assert [(m["row"], m["field"], m["kind"], m["value"], m["region"]) for m in found] == [
        (1, "note", "phone", "+447700900123", "GB"),
        (1, "note", "email", "ana@example.com", None),
    ]
    assert set(found[0]) == {
        *("row", "field", "kind", "value", "raw", "start", "end", "region", "confidence", "obscured")
    }  # fmt: skip


def test_an_unknown_column_is_answered_with_the_nearest_one(tmp_path):
    file = tmp_path / "adverts.jsonl"
    file.write_text('{"body": "hello"}\n', encoding="utf-8")

    problem = CliRunner().invoke(felinar, ["extract", str(file), "--text-column", "bodi"]).exception

    assert problem.exit_code == 2 and "Did you mean 'body'?" in str(problem)


def test_rows_that_cannot_be_read_are_left_out_with_the_reason(tmp_path):
    file = tmp_path / "adverts.jsonl"
    file.write_text('{"body": "ana@example.com"}\n{"body": broken\n{"body": "eva@example.com"}\n', encoding="utf-8")

    result = CliRunner().invoke(felinar, ["extract", str(file), "--kind", "email"])

    assert result.exit_code == 0
    assert [json.loads(line)["row"] for line in result.stdout.splitlines()] == [0, 2]
    assert "2 rows read." in result.stderr and "1 rows left out: " in result.stderr
