"""Indexes of arrays are taken as they are: a kernel never counts from the end with a computed index.

For `a[i]` numba compiles what Python does: it looks whether `i` is below zero and adds the length then. That is a
comparison and a choice at every access, and it keeps loops from running many at a time. Kernels here count from the end
nowhere (`make bounds` finds one that does), so after numba has found the types, every signed index of an array
is declared to have no sign, for which numba leaves the look away. A number written in the source, as in `a[-1]`,
keeps its meaning where it is the only index (`a[i, -1]` does not). Reading takes 6 to 10 % less time so (decision 16).
"""

from __future__ import annotations

import importlib
from typing import Any

from numba.core import ir, types
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.typed_passes import NopythonRewrites
from numba.np import linalg

from felinar.kernels.compile import give_compiled_callees


def without_scipy() -> None:
    """Load the part of numba that looks for scipy's linear algebra, and let it find none.

    No kernel asks for it, and loading it takes a tenth of a second in every process.
    """
    ensure_blas = linalg.ensure_blas
    linalg.ensure_blas = _refuse
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        linalg.ensure_blas = ensure_blas


def _refuse() -> None:
    raise ImportError


without_scipy()


@register_pass(mutates_CFG=False, analysis_only=False)  # type: ignore[no-untyped-call]
class IndexesWithoutSign(FunctionPass):
    """Declares the indexes of arrays to have no sign."""

    _name = "indexes_without_sign"

    def __init__(self) -> None:
        """Take no options; numba asks for this method."""
        super().__init__()  # type: ignore[no-untyped-call]

    def run_pass(self, state: Any) -> bool:
        """Change the types with which elements are read and written; return whether any was changed."""
        accesses = [(what, state.calltypes[what]) for what in state.calltypes if _is_access(what)]
        changed = False
        for what, types_of in accesses:
            array, index, *others = types_of.args
            plain = without_sign(index)
            if isinstance(array, types.Array) and plain != index:
                del state.calltypes[what]  # numba lets no entry be written twice
                state.calltypes[what] = types_of.replace(args=(array, plain, *others))
                changed = True
        return changed


class Compiler(CompilerBase):
    """Numba's own compiler with that one step more; it asks for the callees, which nobody needs who finds code kept."""

    def compile_extra(self, func: Any) -> Any:
        """Return the compiled function."""
        give_compiled_callees(func)
        self.state.typingctx.refresh()  # a callee may be an instruction that numba is told of only now (`fetched`)
        self.state.targetctx.refresh()
        return super().compile_extra(func)  # type: ignore[no-untyped-call]

    def define_pipelines(self) -> list[Any]:
        """Return the steps."""
        steps = DefaultPassBuilder.define_nopython_pipeline(self.state)  # type: ignore[no-untyped-call]
        steps.add_pass_after(IndexesWithoutSign, NopythonRewrites)
        steps.finalize()
        return [steps]


def without_sign(index: Any) -> Any:
    """Return the type of an index, or of a tuple of indexes, with every computed whole number as one without a sign."""
    if isinstance(index, (types.Tuple, types.UniTuple)):
        return types.Tuple([without_sign(part) for part in index.types])  # type: ignore[no-untyped-call]
    is_number = isinstance(index, types.Integer) and not isinstance(index, types.IntegerLiteral)
    return types.uintp if is_number else index


def _is_access(what: Any) -> bool:
    """Return whether this reads or writes an element by a computed index."""
    return isinstance(what, ir.SetItem) or (isinstance(what, ir.Expr) and what.op == "getitem")
