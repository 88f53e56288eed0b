"""Whatever stands in a file, reading it ends with entries, problems or a sentence, never with a fault of ours."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.errors import FelinarError
from felinar.hashlists.collect import collect
from felinar.hashlists.formats import BY_NAME
from felinar.hashlists.merge import merged, nothing
from felinar.hashlists.source import sources_of

MD5, PDQ = hashlib.md5(b"x").hexdigest(), hashlib.sha256(b"x").hexdigest()
NAMES = [
    "MediaID",
    "MD5",
    "SHA1",
    "PhotoDNA",
    "AlternativeHashes",
    "HashName",
    "HashValue",
    "Category",
    "Series",
    "Media",
]
NAMES += [
    "DateUpdated",
    "IsDistributed",
    "hashValue",
    "signalType",
    "hashStatus",
    "lastModtimestamp",
    "id",
    "indicator",
]
NAMES += ["type", "should_delete", "descriptors", "data", "status", "tags", "text", "last_updated"]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
SCALARS |= st.sampled_from(
    [MD5, PDQ, "PDQ", "ImagePDQ", "\ud800", "\0", "9" * 50, "2025-01-01T00:00:00Z", "Deleted", 10**30]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=12,
)
SAMPLES = {
    "vics": json.dumps(
        {
            "@odata.context": "ProjectVic/DataModels/2.0.xml/US/$metadata#Media",
            "value": [{"MediaID": 1, "MD5": MD5}] * 3,
        }
    ),
    "ncmec": f'<queryResult xmlns="hashsharing"><images><image><member id="1"/><id>2</id>'
    f"<fingerprints><md5>{MD5}</md5></fingerprints></image></images></queryResult>",
    "stopncii": json.dumps({"hashRecords": [{"signalType": "ImagePDQ", "hashValue": PDQ}] * 2}),
    "threatexchange": json.dumps(
        {"data": [{"id": 1, "indicator": PDQ, "type": "HASH_PDQ", "descriptors": {"data": [{}]}}]}
    ),
    "threatexchange-csv": f'{PDQ},1,2020-01-01,"a b"\n',
    "icse": f"MD5;SHA1;Image ID\n{MD5};;1\n",
    "nsrl2": f'"SHA-1","MD5","CRC32","FileName"\n"","{MD5}","","a.jpg"\n',
    "nsrl3": "SQLite format 3\0",
    "text": f"md5 {MD5}\n",
}
ROUNDS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_and_merge(path, name):
    """Read a file as a list in this format, whatever it is; return how many entries stay."""
    try:
        collected, _ = collect(sources_of(path), name, "pdq")
    except FelinarError as problem:
        assert str(problem).endswith(".")
        return 0
    assert all(one["reason"] for one in collected.rejects)
    return len(merged(nothing(), collected).times)


@pytest.mark.parametrize(("name", "key"), [("vics", "value"), ("stopncii", "hashRecords"), ("threatexchange", "data")])
@ROUNDS
@given(rows=st.lists(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8) | VALUES, max_size=5))
def test_records_with_any_values_in_any_place(name, key, rows, tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({key: rows}), encoding="utf-8")
    read_and_merge(path, name)


@pytest.mark.parametrize("name", sorted(BY_NAME))
@ROUNDS
@given(data=st.data())
def test_files_that_were_cut_and_changed_anywhere(name, data, tmp_path):
    content = bytearray(SAMPLES[name].encode())
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = tmp_path / "a.bin"
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content)
    read_and_merge(path, name)


@pytest.mark.parametrize("name", [name for name in sorted(BY_NAME) if name != "nsrl3"])
def test_the_samples_themselves_are_lists(name, tmp_path):
    path = tmp_path / "a.bin"
    path.write_text(SAMPLES[name])
    assert read_and_merge(path, name) == 1


def test_text_that_no_file_can_hold_is_kept_as_what_it_can(take):
    media = [
        {"MediaID": "\ud800", "MD5": MD5, "Series": "\udfff", "PhotoDNA": base64.b64encode(bytes(range(144))).decode()}
    ]
    assert take({"a.json": json.dumps({"value": media})}, form="vics").entries == 1
