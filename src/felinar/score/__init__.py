"""Score: put operations into the order of reading, with every reason for and against. It says nothing of guilt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from felinar.score.stage import score

__all__ = ["score"]


def __getattr__(name: str) -> Any:
    """Import the stage only when it is used: `felinar.score.explain` must stay light for commands that only look."""
    if name not in __all__:
        raise AttributeError(name)
    from felinar.score import stage

    return getattr(stage, name)
