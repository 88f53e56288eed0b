"""Which kernels are compiled without the counting of references."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
import types
from typing import Any

import numpy as np

import felinar.extract.native
import felinar.kernels
from felinar.kernels.compile import Kernel, kernel


@kernel
def first_big(values: Any, least: int) -> Any:
    for k in range(len(values)):
        if values[k] >= least:
            return np.int64(values[k])
    return np.int64(-1)


@kernel
def doubled(values: Any) -> Any:
    return values * np.ones(len(values), dtype=np.int64) * 2


@kernel
def sum_of(values: Any) -> Any:
    return values.sum()


@kernel
def lowest(values: Any, others: Any) -> Any:
    return min(first_big(values, 0), first_big(others, 0))


@kernel
def first_doubled(values: Any) -> Any:
    return doubled(values)[0]


@kernel
def beginning(values: Any) -> Any:
    return values[:2]


@kernel
def cleared(values: Any) -> None:
    values[:2] = 0


def test_a_kernel_that_makes_no_array_is_light():
    assert first_big.is_light
    assert lowest.is_light
    assert cleared.is_light


def test_a_kernel_that_makes_one_or_calls_one_that_does_is_not():
    assert not doubled.is_light
    assert not sum_of.is_light
    assert not first_doubled.is_light


def test_a_kernel_that_gives_a_part_of_an_array_is_not():
    assert not beginning.is_light


def test_no_kernel_hands_back_an_array_that_it_was_given():
    """Without references counted the caller would let go of what it does not hold."""
    kernels = [k for module in _modules() for k in vars(module).values() if isinstance(k, Kernel)]
    assert len(kernels) > 300
    for one in kernels:
        tree = ast.parse(textwrap.dedent(inspect.getsource(one.function)))
        arrays = {n.value.id for n in ast.walk(tree) if isinstance(n, ast.Subscript) and isinstance(n.value, ast.Name)}
        returned = [n.value for n in ast.walk(tree) if isinstance(n, ast.Return) and n.value is not None]
        names = {n.id for value in returned for n in getattr(value, "elts", [value]) if isinstance(n, ast.Name)}
        assert not one.is_light or not names & arrays, one.__name__


def _modules() -> list[types.ModuleType]:
    packages = (felinar.kernels, felinar.extract.native)
    return [
        importlib.import_module(f"{package.__name__}.{found.name}")
        for package in packages
        for found in pkgutil.iter_modules(package.__path__)
    ]


def test_all_give_the_same_compiled_and_plain():
    values = np.array([3, 1, 7], dtype=np.int64)
    for form in ("compiled", "plain"):
        assert getattr(first_big, form)(values, 4) == 7
        assert getattr(lowest, form)(values, values[1:]) == 1
        assert getattr(first_doubled, form)(values) == 6
        assert getattr(sum_of, form)(values) == 11
