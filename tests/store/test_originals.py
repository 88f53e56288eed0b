from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from felinar.errors import WorkspaceProblem
from felinar.store.originals import chunk_path, read_record, write_chunk


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=12))
def test_every_record_comes_back_byte_for_byte(tmp_path: Path, records: list[bytes]) -> None:
    sha256, offsets = write_chunk(tmp_path, records)
    assert [read_record(tmp_path, sha256, offset) for offset in offsets] == records


def test_the_same_records_make_the_same_chunk_which_is_written_once(tmp_path: Path) -> None:
    first = write_chunk(tmp_path, [b"a\n", b"b"])
    path = chunk_path(tmp_path, first[0])
    before = path.stat().st_mtime_ns
    assert write_chunk(tmp_path, [b"a\n", b"b"]) == first
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [path.name]
    assert write_chunk(tmp_path, [b"a\nb", b""])[0] != first[0]


def test_one_record_can_be_erased_without_moving_the_others(tmp_path: Path) -> None:
    sha256, offsets = write_chunk(tmp_path, [b"first", b"second", b"third"])
    assert read_record(tmp_path, sha256, offsets[1]) == b"second"
    path = chunk_path(tmp_path, sha256)
    with pa.OSFile(str(path)) as file, pa.CompressedInputStream(file, "zstd") as stream:
        chunk = bytearray(stream.read())
    chunk[offsets[1] - 5 : offsets[1] - 4] = b"E"
    chunk[offsets[1] : offsets[1] + 6] = bytes(6)
    path.write_bytes(pa.Codec("zstd").compress(bytes(chunk), asbytes=True))
    assert read_record(tmp_path, sha256, offsets[2]) == b"third"
    with pytest.raises(WorkspaceProblem, match="was erased"):
        read_record(tmp_path, sha256, offsets[1])


def test_a_missing_a_damaged_and_a_wrong_place_are_told_apart(tmp_path: Path) -> None:
    sha256, offsets = write_chunk(tmp_path, [b"first" * 100])
    for offset in (0, 3, offsets[0] + 1, 10_000, -1):
        with pytest.raises(WorkspaceProblem, match="no record at"):
            read_record(tmp_path, sha256, offset)
    with pytest.raises(WorkspaceProblem, match="is not in"):
        read_record(tmp_path, "0" * 64, 5)
    chunk_path(tmp_path, sha256).write_bytes(b"rubbish")
    with pytest.raises(WorkspaceProblem, match="is damaged"):
        read_record(tmp_path, sha256, offsets[0])


def test_a_chunk_holds_at_most_a_thousand_records(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1,000"):
        write_chunk(tmp_path, [b""] * 1_001)
