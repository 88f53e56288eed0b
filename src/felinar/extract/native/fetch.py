"""Memory fetched into the cache of the processor before it is asked: a word that numba does not have."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from felinar.kernels.compile import Kernel

A_LINE = np.uint64(16)  # characters of 32 bits in a line of the cache


class _Fetch(Kernel[[Any, Any], None]):
    """A kernel whose compiled form is one instruction, which numba does not make of Python."""

    @cached_property
    def compiled(self) -> Callable[[Any, Any], None]:
        """The function for compiled kernels."""
        extending: Any = importlib.import_module("numba.extending")
        types: Any = importlib.import_module("numba.core.types")
        ir: Any = importlib.import_module("llvmlite.ir")

        @extending.intrinsic  # type: ignore[untyped-decorator]
        def fetch(typing: Any, array: Any, place: Any) -> Any:
            def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
                struct = context.make_array(signature.args[0])(context, builder, arguments[0])
                byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
                line = builder.bitcast(builder.gep(struct.data, [arguments[1]]), byte)
                kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
                prefetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
                builder.call(prefetch, [line, *(ir.Constant(number, n) for n in (0, 3, 1))])
                return context.get_dummy_value()

            return types.none(array, place), generate

        compiled: Callable[[Any, Any], None] = fetch
        return compiled


def _nothing(array: Any, place: Any) -> None:
    """Say that this place of an array will be asked soon: it changes nothing but time."""


fetched = _Fetch(_nothing)
