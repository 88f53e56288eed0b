"""The tables of `desk.sqlite`: what people wrote. Rows are only ever added; triggers refuse anything else."""

from __future__ import annotations

VERSION_1 = """
CREATE TABLE judgements (
    judgement_id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope TEXT NOT NULL CHECK (scope IN ('advert', 'key', 'operation')),
    left TEXT NOT NULL, right TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure', 'hub', 'not a hub', 'withdrawn')),
    withdraws INTEGER REFERENCES judgements (judgement_id),
    adverts TEXT NOT NULL, actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE statuses (
    status_id INTEGER PRIMARY KEY AUTOINCREMENT, operation_id INTEGER NOT NULL, status TEXT NOT NULL,
    adverts TEXT NOT NULL, actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE events (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, purpose TEXT NOT NULL,
    details TEXT NOT NULL, previous_sha256 TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE runs (
    run_no INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL, event TEXT NOT NULL, details TEXT NOT NULL,
    made_at TEXT NOT NULL);
"""

# The desk in the browser: a status can be taken back, a visit says what somebody has seen already, an account is as its
# newest row says. The secrets of an account are a hash (password) and a seed (one-time codes).
VERSION_2 = """
ALTER TABLE statuses ADD COLUMN withdraws INTEGER REFERENCES statuses (status_id);
CREATE TABLE visits (
    visit_id INTEGER PRIMARY KEY AUTOINCREMENT, actor TEXT NOT NULL, operation_id INTEGER NOT NULL,
    adverts INTEGER NOT NULL, made_at TEXT NOT NULL);
CREATE INDEX visits_by_actor ON visits (actor, operation_id, visit_id);
CREATE TABLE notes (
    note_id INTEGER PRIMARY KEY AUTOINCREMENT, operation_id INTEGER NOT NULL, text TEXT NOT NULL,
    actor TEXT NOT NULL, purpose TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE INDEX notes_by_operation ON notes (operation_id, note_id);
CREATE TABLE accounts (
    account_no INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, role TEXT NOT NULL,
    password_hash TEXT NOT NULL, code_seed TEXT NOT NULL, closed INTEGER NOT NULL,
    actor TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE INDEX accounts_by_name ON accounts (name, account_no);
CREATE INDEX judgements_by_actor ON judgements (actor, judgement_id);
"""

# Watches: a subject that every run is asked about, what was done about it since (renewed, ended), and what came of it.
# A suppressed contact stands only as a keyed hash; `signs` are the structural indicators that were known then.
VERSION_3 = """
CREATE TABLE watches (
    watch_id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('contact', 'template', 'words')),
    what TEXT NOT NULL, owner TEXT NOT NULL, actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL,
    review_on TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE watch_changes (
    change_id INTEGER PRIMARY KEY AUTOINCREMENT, watch_id INTEGER NOT NULL REFERENCES watches (watch_id),
    change TEXT NOT NULL CHECK (change IN ('renewed', 'ended')), review_on TEXT NOT NULL,
    actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE alerts (
    alert_id INTEGER PRIMARY KEY AUTOINCREMENT, watch_id INTEGER NOT NULL REFERENCES watches (watch_id),
    generation INTEGER NOT NULL, backwards INTEGER NOT NULL, adverts TEXT NOT NULL, reposts TEXT NOT NULL,
    news TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE INDEX alerts_by_watch ON alerts (watch_id, alert_id);
CREATE TABLE acknowledgements (
    acknowledgement_id INTEGER PRIMARY KEY AUTOINCREMENT, alert_id INTEGER NOT NULL REFERENCES alerts (alert_id),
    actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE suppressions (
    suppression_id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, contact_hmac TEXT NOT NULL,
    signs TEXT NOT NULL, until TEXT NOT NULL, lifts INTEGER REFERENCES suppressions (suppression_id),
    actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
"""

# Cases: what is looked into, with its exhibits as they were known when they were put there. Requests to pass identities
# on, and what a second person answered.
VERSION_4 = """
CREATE TABLE cases (
    case_id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,
    actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE case_changes (
    change_id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER NOT NULL REFERENCES cases (case_id),
    change TEXT NOT NULL CHECK (change IN ('closed', 'reopened', 'handed over')), owner TEXT NOT NULL,
    actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE exhibits (
    exhibit_id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER NOT NULL REFERENCES cases (case_id),
    kind TEXT NOT NULL CHECK (kind IN ('operation', 'advert', 'note')), thing TEXT NOT NULL, frozen TEXT NOT NULL,
    withdraws INTEGER REFERENCES exhibits (exhibit_id),
    actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE INDEX exhibits_by_case ON exhibits (case_id, exhibit_id);
CREATE TABLE disclosure_requests (
    request_id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, adverts TEXT NOT NULL,
    recipient TEXT NOT NULL, actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
CREATE TABLE disclosure_answers (
    answer_id INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id INTEGER NOT NULL UNIQUE REFERENCES disclosure_requests (request_id),
    answer TEXT NOT NULL CHECK (answer IN ('approved', 'refused')),
    actor TEXT NOT NULL, purpose TEXT NOT NULL, reason TEXT NOT NULL, made_at TEXT NOT NULL);
"""

# What somebody saw at a visit: packed only where it differs from the visit before, else null.
VISITS_HOLD_ADVERTS = "ALTER TABLE visits ADD COLUMN advert_ids BLOB;\n"

# Filters of the queue under a name; `wanted` is JSON, field to value.
SAVED_FILTERS = """
CREATE TABLE saved_filters (
    filter_id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, wanted TEXT NOT NULL, shared INTEGER NOT NULL,
    withdraws INTEGER REFERENCES saved_filters (filter_id),
    owner TEXT NOT NULL, purpose TEXT NOT NULL, made_at TEXT NOT NULL);
"""


def _append_only(table: str) -> str:
    return "".join(
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END;\n"
        for verb in ("update", "delete")
    )


# One script per version, applied in order; script i leads from version i to version i + 1.
STEPS = (
    VERSION_1 + "".join(map(_append_only, ("judgements", "statuses", "events", "runs"))),
    VERSION_2 + "".join(map(_append_only, ("visits", "notes", "accounts"))),
    VERSION_3 + "".join(map(_append_only, ("watches", "watch_changes", "alerts", "acknowledgements", "suppressions"))),
    VERSION_4
    + "".join(
        map(_append_only, ("cases", "case_changes", "exhibits", "disclosure_requests", "disclosure_answers")),
    ),
    VISITS_HOLD_ADVERTS,
    SAVED_FILTERS + _append_only("saved_filters"),
)
