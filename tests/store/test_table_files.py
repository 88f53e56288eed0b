"""What a table's file holds, and what it does without."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from felinar.store.table_files import repeating, write_parquet


def table_of(rows: int) -> pa.Table:
    part = pa.struct([("name", pa.string()), ("start", pa.int32())])
    return pa.table(
        {
            "advert_id": range(rows),
            "kind": ["phone", "email"] * (rows // 2),
            "extra": pa.nulls(rows, pa.string()),
            "body_parts": pa.array([[{"name": "text", "start": i}] for i in range(rows)], pa.list_(part)),
            "tokens": pa.array([["a", "b"], []] * (rows // 2), pa.list_(pa.string())),
        }
    )


def test_columns_in_which_values_come_again_get_a_dictionary_and_none_has_statistics(tmp_path):
    table = table_of(20_000)
    write_parquet(table, tmp_path / "a.parquet")
    group = pq.read_metadata(tmp_path / "a.parquet").row_group(0)
    columns = [group.column(i) for i in range(group.num_columns)]
    coded = {c.path_in_schema for c in columns if "RLE_DICTIONARY" in c.encodings}
    assert coded == set(repeating(table)) == {"kind", "extra", "body_parts.list.element.name", "tokens.list.element"}
    assert not any(c.is_stats_set for c in columns)
    assert pq.read_table(tmp_path / "a.parquet").equals(table)


def test_a_column_without_a_dictionary_can_be_asked_for_coded(tmp_path):
    table = table_of(2_000).append_column("value", pa.array([f"value {i}" for i in range(2_000)]))
    write_parquet(table, tmp_path / "a.parquet")
    coded = pq.read_table(tmp_path / "a.parquet", columns=["value", "kind"], read_dictionary=["value", "kind"])
    assert [str(c.type) for c in coded.columns] == ["dictionary<values=string, indices=int32, ordered=0>"] * 2
    assert coded["value"].to_pylist() == table["value"].to_pylist()


def test_small_and_empty_tables_are_kept(tmp_path):
    for rows in (0, 2):
        write_parquet(table_of(rows), tmp_path / "a.parquet")
        assert pq.read_table(tmp_path / "a.parquet").equals(table_of(rows))


def test_how_a_table_lies_in_memory_does_not_change_its_file(tmp_path):
    table = table_of(3_000)
    pieces = pa.concat_tables([table.slice(0, 7), table.slice(7, 1_000), table.slice(1_007)])
    write_parquet(table, tmp_path / "a.parquet")
    write_parquet(pieces, tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_columns_that_come_coded_are_read_as_what_they_stand_for(tmp_path):
    table = table_of(2_000).select(["advert_id", "kind"])
    write_parquet(table.set_column(1, "kind", table["kind"].dictionary_encode()), tmp_path / "a.parquet")
    assert pq.read_table(tmp_path / "a.parquet").equals(table)
