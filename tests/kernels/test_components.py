"""Union-find against an obvious twin."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.kernels.components import components, join


def spread_smallest(nodes: int, edges: list[tuple[int, int]]) -> list[int]:
    """Give every node the smallest label of its neighbours until nothing changes."""
    label = list(range(nodes))
    changed = True
    while changed:
        changed = False
        for a, b in edges:
            least = min(label[a], label[b])
            changed |= label[a] != least or label[b] != least
            label[a] = label[b] = least
    return label


graphs = st.integers(1, 30).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=40))
)


@settings(deadline=None)
@given(graphs)
def test_both_forms_label_a_component_with_its_smallest_node(graph: tuple[int, list[tuple[int, int]]]) -> None:
    nodes, edges = graph
    left = np.array([a for a, _ in edges], dtype=np.int64)
    right = np.array([b for _, b in edges], dtype=np.int64)
    compiled = np.arange(nodes, dtype=np.int64)
    join(compiled, left, right)
    expected = spread_smallest(nodes, edges)
    assert compiled.tolist() == expected
    assert components(nodes, left, right).tolist() == expected


def test_a_long_chain_given_backwards_is_one_component() -> None:
    nodes = np.arange(50_000)
    assert not components(50_000, nodes[1:][::-1], nodes[:-1][::-1]).any()


def test_nothing_gives_nothing() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert components(0, none, none).tolist() == []
    assert components(3, none, none).tolist() == [0, 1, 2]


def test_a_small_graph_does_not_import_numba() -> None:
    program = (
        "import sys, numpy as np; from felinar.kernels.components import components;"
        "components(3, np.array([0]), np.array([2])); sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_folder_that_others_may_write_to_is_not_used_for_machine_code(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path

    from felinar.kernels import compile as compiling

    assert isinstance(tmp_path, Path)
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(compiling.platformdirs, "user_cache_dir", lambda _: str(tmp_path))
    found = compiling.cache_folder.__wrapped__()
    assert found is not None and found.stat().st_mode & 0o777 == 0o700
    found.chmod(0o777)
    assert compiling.cache_folder.__wrapped__() is None
