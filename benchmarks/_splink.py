"""Splink (probabilistic record linkage) on the same keys: blocked on any shared key, weights by EM, components.

Used as its manual says: u from random pairs, m by expectation maximisation, clusters at a match probability. Empty
lists are missing values. It has no idea of hubs, so it is measured with all keys and with those that Felinar left in.
"""

from __future__ import annotations

import logging
from importlib.metadata import version

import numpy as np
import pyarrow as pa
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

VERSION = version("splink")
THRESHOLD = 0.95
SEED = 7
RANDOM_PAIRS = 1_000_000
ITERATIONS = 10

Labels = np.ndarray[tuple[int], np.dtype[np.int64]]


def splink_labels(keys: dict[str, list[list[int]]], adverts: int) -> Labels:
    """Return a cluster per advert; `keys` gives, for each kind of key, the keys of every advert."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    kinds = [kind for kind, lists in keys.items() if any(lists)]
    columns = {kind: pa.array([sorted(set(k)) or None for k in keys[kind]], pa.list_(pa.int64())) for kind in kinds}
    table = pa.table({"unique_id": pa.array(range(adverts), pa.int64()), **columns})
    linker = Linker(DuckDBAPI().register(table), _settings(kinds), log_level=logging.ERROR)
    _train(linker, kinds)
    pairs = linker.inference.predict(threshold_match_probability=THRESHOLD)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=THRESHOLD)
    found = clusters.as_pyarrow_table()
    labels = np.empty(adverts, dtype=np.int64)
    labels[found["unique_id"].to_numpy()] = np.unique(found["cluster_id"].to_numpy(), return_inverse=True)[1]
    return labels


def _settings(kinds: list[str]) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[compare.ArrayIntersectAtSizes(kind, [2, 1]) for kind in kinds],
        blocking_rules_to_generate_predictions=[block_on(kind, arrays_to_explode=[kind]) for kind in kinds],
        em_convergence=0.001,
        max_iterations=ITERATIONS,
        retain_intermediate_calculation_columns=False,
    )


def _train(linker: Linker, kinds: list[str]) -> None:
    """Estimate all parameters: those of one kind from the pairs that share the first key of another."""
    rules = [block_on(kind, arrays_to_explode=[kind]) for kind in kinds]
    linker.training.estimate_probability_two_random_records_match(rules[:1], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    for kind in kinds:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(f"{kind}[1]"))
