import ast
import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.audit import events
from felinar.errors import FelinarError
from felinar.export.dossier import subject, verify
from felinar.export.dossier.gather import Order
from felinar.export.dossier.masks import KINDS, Masks
from felinar.export.dossier.package import as_zip, make, refuse_existing, write_folder
from felinar.export.dossier.permission import Handing, Permission
from felinar.store.published import publish
from felinar.store.watches import Who

WHO = Who("ana", "case 2026-17", "")
WAIVED = Permission("waived", "ana", "alone on duty")


def dossier(workspace, reading, operation_id, permission=None, recipient="Police Leeds"):
    about = subject.lead(reading, operation_id, ())
    return make(Order(workspace, about, recipient, WHO, permission, "d"))


def broken(files):
    return [sentence for holds, sentence in verify.check_contents(files) if not holds]


@pytest.fixture
def masked(linked, reading, top):
    return dossier(linked, reading, top)


@pytest.fixture
def full(linked, reading, top):
    return dossier(linked, reading, top, WAIVED)


@pytest.mark.parametrize("permission", [None, WAIVED])
def test_python_alone_checks_the_folder(linked, reading, top, tmp_path, permission):
    write_folder(dossier(linked, reading, top, permission), tmp_path / "out")
    command = [sys.executable, "-I", "-S", str(tmp_path / "out" / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "all that was checked holds" in done.stdout
    assert "cannot show" in done.stdout
    (tmp_path / "out" / "exhibits.json").unlink()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_the_verifier_is_one_file_for_python_3_9_and_its_standard_library():
    source = Path(verify.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 9))
    imported = [n.module if isinstance(n, ast.ImportFrom) else a.name for n in ast.walk(tree)
                if isinstance(n, ast.Import | ast.ImportFrom) for a in n.names]  # fmt: skip
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_a_zip_is_checked_like_a_folder(full, tmp_path):
    place = tmp_path / "dossier.zip"
    place.write_bytes(as_zip(full))
    assert all(holds for holds, _ in verify.check(place))
    assert as_zip(full) == as_zip(full)


@pytest.mark.parametrize("permission", [None, WAIVED])
@given(data=st.data())
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_byte_anywhere_is_found(linked, reading, top, permission, data):
    files = _once(permission, lambda: dossier(linked, reading, top, permission).files)
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    other = data.draw(st.integers(1, 255))
    changed = bytearray(files[name])
    changed[at] ^= other
    assert broken({**files, name: bytes(changed)}), (name, at)


_MADE = {}


def _once(permission, made):
    if permission not in _MADE:
        _MADE[permission] = made()
        assert not broken(_MADE[permission])
    return _MADE[permission]


def test_a_file_too_few_or_too_many_is_found(full):
    for name in full.files:
        assert broken({n: c for n, c in full.files.items() if n != name}), name
    assert broken({**full.files, "more.txt": b"x"})


def test_a_forged_record_is_found_even_when_all_sums_are_made_anew(full):
    """Without the log's event nobody can make the folder fit again."""
    files = dict(full.files)
    exhibits = json.loads(files["exhibits.json"])
    record = exhibits["exhibits"][0]["records"][0]
    del files[record["file"]]
    files["report.html"] = files["report.html"].replace(b"E1", b"E9")
    forged = sealed_anew(files)
    assert any("The log speaks of other files" in sentence for sentence in broken(forged))


def sealed_anew(files):
    manifest = json.loads(files["manifest.json"])
    listed = {n: c for n, c in files.items() if n not in ("manifest.json", "manifest.sha256")}
    manifest["files"] = {n: {"sha256": verify.sha256(c), "bytes": len(c)} for n, c in listed.items()}
    whole = json.dumps(manifest).encode()
    return {**listed, "manifest.json": whole, "manifest.sha256": f"{verify.sha256(whole)}  manifest.json\n".encode()}


def test_a_text_that_is_not_in_its_record_is_found(full):
    files = dict(full.files)
    exhibits = json.loads(files["exhibits.json"])
    exhibits["exhibits"][0]["fields"]["body"] = "x" + exhibits["exhibits"][0]["fields"]["body"][1:]
    files["exhibits.json"] = json.dumps(exhibits).encode()
    assert any("is not at its place" in sentence for sentence in broken(files))


def test_originals_are_given_byte_for_byte_with_their_place(full, world, linked):
    lines = set(Path(world.adverts).read_bytes().splitlines())
    records = [content for name, content in full.files.items() if name.startswith("originals/")]
    assert records
    assert set(records) <= lines
    rows = list(csv.DictReader(full.files["tables/records.csv"].decode().splitlines()))
    assert all((linked.originals / row["chunk_sha256"][:2] / f"{row['chunk_sha256']}.zst").is_file() for row in rows)


def identities(reading, operation_id):
    """Return all that names or reaches somebody in an operation, as written and as read, and the digits of phones."""
    said, digits = set(), set()
    for advert in reading.adverts_of_operation(operation_id):
        for mention in advert["mentions"]:
            if mention["kind"] in KINDS:
                said |= {mention["value"], (advert.get(mention["field"]) or "")[mention["start"] : mention["end"]]}
            if mention["kind"] == "phone":
                digits.add(re.sub(r"\D", "", mention["value"])[-8:])
        said |= {advert["url"], advert["source_id"], advert["account"]}
    return {value for value in said if len(value) > 2}, {run for run in digits if len(run) == 8}


def test_under_a_mask_no_identity_leaves_and_no_record(linked, reading):
    """Of no lead of the world: also not in a common text, which may be that of another operation."""
    leads = [lead["operation_id"] for lead in reading.leads() if not lead["gate"]]
    assert len(leads) > 3
    for operation_id in leads:
        said, digits = identities(reading, operation_id)
        files = dossier(linked, reading, operation_id).files
        assert said and not any(name.startswith("originals/") for name in files)
        for name in sorted(files.keys() - {"verify.py"}):
            text = files[name].decode()
            found = [value for value in said if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE)]
            run_together = re.sub(r'[^\w<>"]|_', "", text)
            assert not found + [run for run in digits if run in run_together], (operation_id, name)


def test_the_same_number_has_the_same_label_on_every_page(masked, reading, top):
    phones = [key["value"] for key in reading.keys_of_operation(top) if key["key_kind"] == "phone"]
    rows = list(csv.DictReader(masked.files["tables/keys.csv"].decode().splitlines()))
    labels = [row["value"] for row in rows if row["kind"] == "phone"]
    assert labels == [f"phone {n}" for n in range(1, len(phones) + 1)]
    mentions = csv.DictReader(masked.files["tables/mentions.csv"].decode().splitlines())
    assert labels[0] in {row["value"] for row in mentions}
    assert labels[0] in masked.files["report.html"].decode()


def test_a_name_that_was_also_read_as_a_place_is_masked_there_too():
    masks = Masks()
    body = "Alice is in Leeds"
    name = {"kind": "name", "field": "body", "start": 0, "end": 5, "value": "alice", "display": "Alice"}
    places = [
        {**name, "kind": "place", "value": "Alice, US"},
        {**name, "kind": "place", "start": 12, "end": 17, "value": "Leeds, GB"},
    ]
    row = dict.fromkeys(("title", "contact_text", "place_text", "price_text"), "")
    row |= {"body": body, "mentions": [name, *places], "slots": [], "pictures": []}
    masks.add_advert(row)
    masked = masks.row(row)
    assert masked["body"] == "█████ is in Leeds"
    assert [mention["value"] for mention in masked["mentions"]] == ["name 1", "[masked]", "Leeds, GB"]
    assert masks.row({"places": ["Alice, US", "Leeds, GB"]})["places"] == ["name 1, US", "Leeds, GB"]


def test_masks_of_names_hold_in_every_script():
    masks = Masks()
    for name in ("Лена", "पूजा", "Mia"):
        masks.add("name", name.lower(), name)
    masks.add("phone", "+447700900123", "O77OO 9OO123")
    assert masks.text("Лена-мастер, पूजा। mia's MIA Miami +447700900123, not 07700 900 456") == (
        "name 1-мастер, name 2। name 3's name 3 Miami phone 1, not [masked]"
    )


def test_masks_keep_every_place_and_seals_are_those_of_the_full_dossier(masked, full):
    one, other = (json.loads(d.files["exhibits.json"])["exhibits"] for d in (masked, full))
    for hidden, open_ in zip(one, other, strict=True):
        assert {n: len(t) for n, t in hidden["fields"].items()} == {n: len(t) for n, t in open_["fields"].items()}
        assert [r["seal"] for r in hidden["records"]] == [r["seal"] for r in open_["records"]]


def test_the_disclosure_is_in_the_log_before_a_byte_is_written(linked, reading, top, monkeypatch):
    def refused(*_, **__):
        raise FelinarError("the disk is full")

    monkeypatch.setattr("felinar.export.dossier.package.log", refused)
    with pytest.raises(FelinarError, match="disk is full"):
        dossier(linked, reading, top)
    monkeypatch.undo()
    dossier(linked, reading, top)
    (event,) = [event for event in events(linked.desk) if event.action == "export"]
    details = json.loads(event.details)
    assert (event.actor, event.purpose, details["recipient"]) == ("ana", "case 2026-17", "Police Leeds")
    assert details["masked"] is True


def test_the_log_extract_holds_what_concerns_the_lead_and_numbers_the_rest(linked, reading, top):
    from felinar.audit import log

    for who, details in (("ben", {"operation": str(top), "status": "open"}), ("cy", {"operation": "1"})):
        log(linked, "status", details, who=who)
    files = dossier(linked, reading, top).files
    lines = verify.log_lines(files)
    assert [line.get("actor", line.get("withheld")) for line in lines] == ["ben", [2, 2], "ana"]
    assert lines[-1]["sha256"] == json.loads(files["manifest.json"])["log"]["head"]


def test_a_broken_log_gives_no_dossier(linked, reading, top):
    import sqlite3

    from felinar.audit import log

    log(linked, "show", {"shown": "operation:1"})
    with sqlite3.connect(linked.desk) as connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET actor = 'nobody'")
    with pytest.raises(FelinarError, match=r"log .* is broken"):
        dossier(linked, reading, top)


def test_behind_the_gate_nothing_is_said_but_where_to_report(workspace, small):
    from felinar.store.published import Published

    publish(workspace.published, small.world(), generation=1)
    reader = Published.open(workspace.published)
    files = dossier(workspace, reader, small.GATED).files
    reader.close()
    page = files["report.html"].decode()
    assert "CyberTipline" in page
    assert "INHOPE" in page
    (exhibit,) = json.loads(files["exhibits.json"])["exhibits"]
    assert (exhibit["fields"], exhibit["mentions"]) == ({}, [])
    for content in files.values():
        assert b"Secretname" not in content
        assert b"Relaxing massage" not in content
    assert not broken(files)


def test_r1_the_report_accuses_nobody_and_runs_nothing(masked):
    page = masked.files["report.html"].decode()
    accusing = r"traffick|\bvictim|pimp|criminal|guilty|likelihood|offender"
    assert not re.search(accusing, page, re.IGNORECASE)
    assert not re.search(r"<script|<link|<img|<iframe|\bsrc=|url\(|@import", page)
    for told in ("What this tool does not know", "How to check this folder", "What it hangs on", "Limits:", "Exhibits"):
        assert told in page


def test_recipient_and_purpose_are_asked_for_and_some_are_refused():
    for recipient, purpose in (
        ("", "case 1"),
        ("Police", " "),
        ("Immigration enforcement", "x y z"),
        ("P.D.", "deport"),
    ):
        with pytest.raises(FelinarError, match="othing was written"):
            Handing("lead 1", frozenset(), recipient).check(purpose)
    Handing("lead 1", frozenset(), "Police Leeds").check("case 1")


def test_a_dossier_never_mixes_with_other_files(full, tmp_path):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(FelinarError, match="is there already"):
        refuse_existing(tmp_path)
    refuse_existing(tmp_path / "new")


def test_a_suppressed_operation_is_not_passed_on(reading, top):
    with pytest.raises(FelinarError, match="suppressed"):
        subject.lead(reading, top, {top})
