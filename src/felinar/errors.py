"""Errors that a person can act on: what happened, with their own value, and what to do next."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class FelinarError(Exception):
    """A problem that the person at the keyboard can mend; the command line prints it and exits with `exit_code`."""

    exit_code = 2


class CheckFailed(FelinarError):
    """A check that was asked for did not hold (a broken log chain, an unmet condition); exit code 1."""

    exit_code = 1


class UnreadableInput(FelinarError):
    """A file that cannot be read as adverts."""


class NoTextColumn(UnreadableInput):
    """A file whose columns we can read, but none of which we know as the advert's text."""


class WorkspaceInUse(FelinarError):
    """Another process is writing to this workspace."""


class WorkspaceProblem(FelinarError):
    """A workspace that is missing, of another version or damaged."""


class PurposeMissing(FelinarError):
    """Nobody said what this work is for."""


def unknown_name(thing: str, name: str, known: Iterable[str]) -> FelinarError:
    """Return an error that names the nearest known name and lists them all."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    hint = f" Did you mean '{close[0]}'?" if close else ""
    return FelinarError(f"There is no {thing} called '{name}'.{hint} Known: {', '.join(names)}.")
