import sqlite3
from contextlib import closing

import pytest

from felinar.errors import FelinarError, WorkspaceProblem
from felinar.store.desk import open_desk, writing
from felinar.store.desk_schema import STEPS
from felinar.store.judgements import ContradictionError, add_judgement, judgements, withdraw_judgement
from felinar.store.migrate import migrate, version_of
from felinar.store.statuses import statuses

WHO = {"actor": "ana", "purpose": "case 1", "reason": "read both"}


def judge(path, left, right, verdict, scope="advert"):
    return add_judgement(path, scope=scope, left=left, right=right, verdict=verdict, **WHO)


@pytest.fixture
def desk(tmp_path):
    return tmp_path / "desk.sqlite"


def test_a_judgement_comes_back_with_its_ids_in_order(desk):
    add_judgement(desk, scope="advert", left=30, right=4, verdict="same", left_adverts=(9, 4), **WHO)
    (found,) = judgements(desk)
    assert (found.left, found.right, found.verdict) == ("30", "4", "same")
    assert found.adverts == '{"left":[4,9],"right":[]}'
    assert found.made_at.endswith("Z")


def test_no_desk_holds_no_judgements(desk):
    assert judgements(desk) == []
    assert not desk.exists()


def test_same_and_different_of_one_pair_contradict(desk):
    judge(desk, 1, 2, "same")
    with pytest.raises(ContradictionError, match=r"Judgement 1 \(ana.*says 'same' of advert 1 and 2"):
        judge(desk, 2, 1, "different")
    assert len(judgements(desk)) == 1


def test_a_chain_of_same_contradicts_a_different_between_its_ends(desk):
    judge(desk, 1, 2, "same")
    judge(desk, 2, 3, "same")
    with pytest.raises(ContradictionError):
        judge(desk, 1, 3, "different")


def test_a_same_that_would_join_what_was_told_apart_is_refused(desk):
    judge(desk, 1, 2, "same")
    judge(desk, 2, 3, "different")
    with pytest.raises(ContradictionError, match="says 'different' of advert 2 and 3"):
        judge(desk, 1, 3, "same")
    judge(desk, 1, 4, "same")
    judge(desk, 3, 4, "unsure")


def test_hub_and_not_a_hub_contradict(desk):
    judge(desk, "phone", "+447700900123", "hub", scope="key")
    with pytest.raises(ContradictionError):
        judge(desk, "phone", "+447700900123", "not a hub", scope="key")


def test_a_withdrawn_judgement_no_longer_holds_and_stays_written(desk):
    first = judge(desk, 1, 2, "same")
    withdraw_judgement(desk, first, **WHO)
    assert judgements(desk) == []
    judge(desk, 1, 2, "different")
    with open_desk(desk) as connection:
        assert connection.execute("SELECT count(*) FROM judgements").fetchone() == (3,)
    with pytest.raises(FelinarError, match="no judgement 1 that still holds"):
        withdraw_judgement(desk, first, **WHO)


@pytest.mark.parametrize(("scope", "verdict"), [("advert", "hub"), ("key", "same"), ("person", "same")])
def test_a_verdict_that_does_not_fit_is_refused(desk, scope, verdict):
    with pytest.raises(FelinarError, match="cannot be said of"):
        judge(desk, 1, 2, verdict, scope=scope)


def test_an_advert_cannot_be_judged_against_itself(desk):
    with pytest.raises(FelinarError, match="two different ids"):
        judge(desk, 1, 1, "same")


@pytest.mark.parametrize(
    "table", ["judgements", "statuses", "events", "runs", "visits", "notes", "accounts", "saved_filters"]
)
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid + 1"])
def test_rows_can_neither_be_changed_nor_deleted(desk, table, change):
    judge(desk, 1, 2, "same")
    with open_desk(desk) as connection:
        connection.execute("INSERT INTO events VALUES (1, '', '', '', '', '', '', '')")
        connection.execute("INSERT INTO statuses VALUES (1, 1, 'open', '[1]', '', '', '', '', NULL)")
        connection.execute("INSERT INTO visits VALUES (1, 'ana', 1, 1, '', NULL)")
        connection.execute("INSERT INTO saved_filters VALUES (1, 'mine', '{}', 0, NULL, 'ana', '', '')")
        connection.execute("INSERT INTO notes VALUES (1, 1, 'called', '', '', '')")
        connection.execute("INSERT INTO accounts VALUES (1, 'ana', 'viewer', '', '', 0, '', '')")
        connection.execute("INSERT INTO runs VALUES (1, 'r1', 'began', '{}', '')")
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute(change.format(table))


def test_the_desk_survives_a_power_cut_by_its_settings(desk):
    with open_desk(desk) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_newer_desk_is_refused(desk):
    with open_desk(desk) as connection:
        connection.execute("PRAGMA user_version=99")
    with pytest.raises(WorkspaceProblem, match="of version 99"):
        judgements(desk)


def test_a_file_that_is_no_desk_is_named(desk):
    desk.write_bytes(b"nothing that SQLite knows" * 100)
    with pytest.raises(WorkspaceProblem, match="cannot be read"):
        judgements(desk)


def test_migration_keeps_a_backup_and_all_rows(desk):
    judge(desk, 1, 2, "same")
    connection = sqlite3.connect(desk, isolation_level=None)
    kept = migrate(connection, desk, (*STEPS, "ALTER TABLE runs ADD COLUMN more TEXT;"))
    assert version_of(connection) == len(STEPS) + 1
    assert connection.execute("SELECT count(*), (SELECT count(more) FROM runs) FROM judgements").fetchone() == (1, 0)
    connection.close()
    with closing(sqlite3.connect(kept)) as backup:
        assert len(backup.execute("SELECT * FROM judgements").fetchall()) == 1


def test_a_desk_of_the_first_version_comes_forward_with_all_that_people_wrote(desk):
    with closing(sqlite3.connect(desk, isolation_level=None)) as old:
        migrate(old, desk, STEPS[:1])
        row = "'advert', '1', '2', 'same', NULL, '{}', 'ana', 'case 1', 'read both', '2026-01-01T00:00:00Z'"
        old.execute(f"INSERT INTO judgements VALUES (1, {row})")
        old.execute("INSERT INTO statuses VALUES (1, 7, 'spam', '[3]', 'ana', 'case 1', 'seen', '2026-01-01')")
    (kept,) = judgements(desk)
    assert (kept.verdict, kept.actor) == ("same", "ana")
    (status,) = statuses(desk)
    assert (status.operation_id, status.status, status.withdraws) == (7, "spam", None)
    assert desk.with_name("desk.sqlite.version-1").is_file()


def test_a_migration_that_fails_changes_nothing(desk):
    judge(desk, 1, 2, "same")
    connection = sqlite3.connect(desk, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, desk, (*STEPS, "ALTER TABLE runs ADD COLUMN more TEXT; SELECT * FROM nowhere;"))
    assert version_of(connection) == len(STEPS)
    assert "more" not in {row[1] for row in connection.execute("PRAGMA table_info(runs)")}
    connection.close()


def test_a_stop_in_the_moment_of_the_commit_is_a_stop_and_no_damaged_desk(tmp_path):
    def stopped():
        with open_desk(tmp_path / "desk.sqlite") as connection, writing(connection):
            connection.execute("COMMIT")  # Ctrl-C is delivered after SQLite is done and before `writing` goes on
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
