"""The one place that sets numba's options, and that keeps numba away from small inputs.

`@kernel` turns a plain function over numpy arrays into a `Kernel`: called, it runs compiled (numba is imported then,
not before); its `plain` form is the same function in plain Python, for small inputs and as a twin in tests.

Numba counts references of every array at every call of one compiled function by another, about 5 ns each. A kernel
that makes no array needs none of that (`is_light`) and is compiled without it: a call with ten arrays costs 2 ns then.
"""

from __future__ import annotations

import dis
import hashlib
import importlib
import os
import stat
import threading
import types
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np
import platformdirs

P = ParamSpec("P")
R = TypeVar("R")
COMPILER = 2  # counted up when the same source becomes other machine code
_FOLDER_OF_NUMBA = threading.Lock()  # a setting of the whole process, of which each kernel has its own
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
# What a light kernel may ask of numpy: numbers only, no arrays; and what makes new objects.
_NUMBERS = frozenset(
    ("bool_", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "exp")
)
_MAKES = frozenset(("BUILD_LIST", "BUILD_SET", "BUILD_MAP", "LIST_APPEND", "SET_ADD", "MAP_ADD", "FORMAT_VALUE"))
_METHODS = frozenset(
    ("all", "any", "argsort", "astype", "copy", "cumsum", "flatten", "max", "mean", "min", "prod", "ravel")
).union(("reshape", "sort", "sum", "view"))


class Kernel(Generic[P, R]):
    """A function that is compiled at its first call; kernels may call kernels of the same file."""

    def __init__(self, function: Callable[P, R]) -> None:
        self.function = function
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run compiled."""
        return self.compiled(*args, **kwargs)

    @cached_property
    def compiled(self) -> Callable[P, R]:
        """The function compiled by numba; machine code is kept between runs where the cache folder can be written."""
        noted: Any = importlib.import_module("felinar.kernels.noted")  # which needs this file
        return _compile(self._own(), *noted.noted(self))

    @cached_property
    def is_light(self) -> bool:
        """Whether neither the function nor a kernel that it calls makes an array or another object.

        Such a kernel returns numbers: it must not hand back an array that it was given.
        """
        function = cast(types.FunctionType, self.function)
        known = function.__globals__
        callees = [known[name] for name in function.__code__.co_names if isinstance(known.get(name), Kernel)]
        return _makes_nothing(function.__code__, known) and all(callee.is_light for callee in callees)

    @cached_property
    def fingerprint(self) -> str:
        """What the machine code depends on: this function, the kernels that it calls and the constants they use.

        Numba itself sees only changes of the file in which a function stands.
        """
        function = cast(types.FunctionType, self.function)
        code, known = function.__code__, function.__globals__
        shape = repr((COMPILER, self.is_light, code.co_varnames, _constants(code.co_consts)))
        digest = hashlib.sha256(code.co_code + shape.encode())
        for name in code.co_names:
            if name in known:
                digest.update(f"{name}={_as_text(known[name])};".encode())
        return digest.hexdigest()[:16]

    @cached_property
    def plain(self) -> Callable[P, R]:
        """The same function in plain Python: slow, no numba, same results."""
        own = self._own()
        _give_callees(own, "plain")
        function = cast(Callable[P, R], own)

        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            with np.errstate(over="ignore"):  # hashes wrap around at 64 bits, compiled or not
                return function(*args, **kwargs)

        return call

    def _own(self) -> types.FunctionType:
        """Return the function with a dictionary of global names that is its own."""
        function = cast(types.FunctionType, self.function)
        known = dict(function.__globals__)
        return types.FunctionType(function.__code__, known, function.__name__, function.__defaults__)


def kernel(function: Callable[P, R]) -> Kernel[P, R]:
    """Return the function as a kernel; its arguments are numpy arrays and numbers."""
    return Kernel(function)


def give_compiled_callees(function: types.FunctionType) -> None:
    """Put the compiled form in the place of each kernel that this function, a kernel's own, calls.

    Numba's compiler asks for it: machine code that was kept holds that of its callees, and a fifth of all are called
    from Python.
    """
    _give_callees(function, "compiled")


def _give_callees(function: types.FunctionType, form: str) -> None:
    known = function.__globals__
    for name in function.__code__.co_names:
        if isinstance(known.get(name), Kernel):
            known[name] = getattr(known[name], form)


def _as_text(value: object) -> str:
    """Return what a kernel sees of a global name: a kernel's fingerprint, the fields of a tuple, a constant's value."""
    if isinstance(value, Kernel):
        return value.fingerprint
    if callable(value) or isinstance(value, types.ModuleType):
        return f"{getattr(value, '__name__', '')}{getattr(value, '_fields', '')}"
    return repr(value)


def _constants(constants: tuple[object, ...]) -> list[str]:
    """Return constants as text; code inside code by its own constants, for its address changes from run to run."""
    return [repr((c.co_code, _constants(c.co_consts)) if isinstance(c, types.CodeType) else c) for c in constants]


def _makes_nothing(code: types.CodeType, known: dict[str, Any]) -> bool:
    """Return whether the code asks numpy for numbers only, and makes no other object and no part of an array."""
    on_numpy = sliced = False
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            if (step.argval not in _NUMBERS) if on_numpy else (step.argval in _METHODS):
                return False
        else:
            part = step.opname == "BINARY_SLICE" or (step.opname == "BINARY_SUBSCR" and sliced)
            if part or step.opname in _MAKES or isinstance(step.argval, types.CodeType):
                return False
        on_numpy = step.opname == "LOAD_GLOBAL" and known.get(step.argval) is np
        sliced = step.opname == "BUILD_SLICE"
    return True


def _compile(function: types.FunctionType, fingerprint: str, is_light: bool) -> Callable[P, R]:
    numba: Any = importlib.import_module("numba")
    indexes: Any = importlib.import_module("felinar.kernels.indexes")
    options: dict[str, Any] = {"nogil": True, "no_cfunc_wrapper": True, "_nrt": not is_light}
    options["pipeline_class"] = indexes.Compiler
    folder = cache_folder()
    if folder is not None:
        folder /= fingerprint + ("-bounds" if os.environ.get("NUMBA_BOUNDSCHECK") else "")
    if folder is None:
        return cast(Callable[P, R], numba.njit(**options)(function))
    with _FOLDER_OF_NUMBA:
        before = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(folder)  # read by numba while it decorates; put back for everybody else
        try:
            return cast(Callable[P, R], numba.njit(cache=True, **options)(function))
        finally:
            numba.config.CACHE_DIR = before


@lru_cache(maxsize=1)
def cache_folder() -> Path | None:
    """Return the private folder for machine code (NUMBA_CACHE_DIR, else the user's cache), or None: keep nothing.

    Numba loads what it finds there as code, so a folder that others own or may write to is not used.
    """
    given = os.environ.get("NUMBA_CACHE_DIR", "")
    base = Path(given or platformdirs.user_cache_dir("felinar"))
    folder = base / "kernels"
    try:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        about = folder.stat()
    except OSError:
        return None
    ours = not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & OTHERS_WRITE)
    return folder if ours and os.access(folder, os.W_OK) else None
