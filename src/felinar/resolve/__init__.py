"""Resolve: which adverts belong to one operation, by the evidence that groups share and by what people judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from felinar.resolve.stage import Before, Resolved, resolve

__all__ = ["Before", "Resolved", "resolve"]


def __getattr__(name: str) -> Any:
    """Import the stage only when it is used: `felinar.resolve.explain` must stay light for commands that only look."""
    if name not in __all__:
        raise AttributeError(name)
    from felinar.resolve import stage

    return getattr(stage, name)
