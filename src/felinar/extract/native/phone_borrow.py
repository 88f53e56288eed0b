"""Arrays that a kernel lends to the kernels it calls, without a count of who holds them.

Numba counts the holders of every array that a kernel hands on, in steps that all processors have to see. What a whole
call keeps alive anyway needs no count; it is a fifth of the time of the scan for numbers.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cached_property
from typing import Any

from felinar.kernels.compile import Kernel


class _Borrow(Kernel[[Any], Any]):
    """A kernel that has no code of its own: numba writes the same array without its owner."""

    @cached_property
    def compiled(self) -> Callable[[Any], Any]:
        """The function for compiled kernels."""
        extending: Any = importlib.import_module("numba.extending")

        @extending.intrinsic  # type: ignore[untyped-decorator]
        def borrow(typing: Any, array: Any) -> Any:
            def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
                struct = context.make_array(signature.args[0])(context, builder, arguments[0])
                struct.meminfo = context.get_constant_null(_pointer())
                return struct._getvalue()

            return array(array), generate

        compiled: Callable[[Any], Any] = borrow
        return compiled


def _pointer() -> Any:
    types: Any = importlib.import_module("numba.core.types")
    return types.MemInfoPointer(types.voidptr)


def _same(array: Any) -> Any:
    """Return the array, which whoever calls keeps alive."""
    return array


borrowed = _Borrow(_same)
