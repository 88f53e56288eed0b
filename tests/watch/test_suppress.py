"""Suppression: a cleared contact hides what is mostly its own, until time or a new structural sign ends that."""

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from felinar.cli import felinar
from felinar.errors import FelinarError
from felinar.export.report import write_report
from felinar.store.desk import open_desk
from felinar.store.published import Published, publish
from felinar.store.suppressions import lift_suppression, suppressions
from felinar.store.watches import Who
from felinar.tables import BY_NAME
from felinar.watch.check import today
from felinar.watch.suppress import hidden_now, hidden_operations, states, suppress

WHO = Who("anna", "case 1", "looks independent")


def test_the_operation_that_mostly_shows_the_contact_is_hidden_for_180_days(workspace, published, small):
    _, until = suppress(workspace, published, "07700 900123", WHO)
    assert until == (date.fromisoformat(today()) + timedelta(days=180)).isoformat()
    assert hidden_operations(workspace, published, today()) == {small.ONE}
    assert hidden_operations(workspace, published, "2999-01-01") == frozenset()


def test_an_operation_that_shows_it_on_few_adverts_is_not_hidden(workspace, published):
    suppress(workspace, published, "07700 900456", WHO)
    assert hidden_operations(workspace, published, today()) == frozenset()


def test_the_gate_is_never_hidden(workspace, published):
    suppress(workspace, published, "07700 900789", WHO)
    assert hidden_operations(workspace, published, today()) == frozenset()


def test_a_new_structural_sign_puts_it_up_for_review(workspace, published, small):
    suppress(workspace, published, "07700 900123", WHO)
    tables = small.world()
    hits = tables["hits"].to_pylist()
    tables["hits"] = BY_NAME["hits"].from_rows([*hits, {**hits[0], "indicator": "OP_CIRCUIT"}])
    publish(workspace.published, tables, generation=2)
    (state,) = states(workspace, Published.open(workspace.published), today())
    assert (state.state, state.operations) == ("review", [small.ONE])
    assert hidden_operations(workspace, Published.open(workspace.published), today()) == frozenset()


def test_only_a_keyed_hash_is_kept_and_it_is_not_that_of_the_log(workspace, published, small):
    from felinar.audit.contact import keyed_hash, log_key

    suppress(workspace, published, "07700 900123", WHO)
    with open_desk(workspace.desk) as connection:
        assert "7700900123" not in "\n".join(connection.iterdump())
    (one,) = suppressions(workspace.desk)
    assert one.contact_hmac != keyed_hash(log_key(workspace.folder), small.PHONE)


def test_it_is_set_once_and_can_be_lifted(workspace, published):
    number, _ = suppress(workspace, published, "07700 900123", WHO)
    with pytest.raises(FelinarError, match="already"):
        suppress(workspace, published, "+44 7700 900123", WHO)
    lift_suppression(workspace.desk, number, actor="anna", purpose="case 1", reason="wrong")
    assert suppressions(workspace.desk) == []
    with pytest.raises(FelinarError, match="nothing was lifted"):
        lift_suppression(workspace.desk, number, actor="anna", purpose="case 1", reason="wrong")


@pytest.mark.parametrize(("typed", "says"), [("+44 7700 900999", "0 contacts"), ("+441632960000", "hub")])
def test_what_cannot_be_suppressed_is_said(workspace, published, typed, says):
    with pytest.raises(FelinarError, match=says):
        suppress(workspace, published, typed, WHO)


def test_the_reading_list_and_the_report_leave_out_what_is_hidden(workspace, published, small, tmp_path):
    def listed():
        done = CliRunner().invoke(felinar, ["--workspace", str(workspace.folder), "--json", "leads"])
        write_report(workspace.published, tmp_path / "report.html", purpose="test", hidden=hidden_now(workspace))
        return [lead["operation_id"] for lead in json.loads(done.stdout)], (tmp_path / "report.html").read_text()

    before, page = listed()
    assert before == ["100", "300"]
    assert small.PHONE in page
    suppress(workspace, published, "07700 900123", WHO)
    after, page = listed()
    assert after == ["300"]
    assert small.PHONE not in page
