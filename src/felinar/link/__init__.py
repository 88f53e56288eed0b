"""Link: tie adverts to keys (selectors, near-duplicate texts, pictures), weigh the ties, refuse the hubs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from felinar.link.stage import Epoch, Linked, link, link_shown

__all__ = ["Epoch", "Linked", "link", "link_shown"]


def __getattr__(name: str) -> Any:
    """Import the stage only when it is used: `felinar.link.explain` must stay light for commands that only look."""
    if name not in __all__:
        raise AttributeError(name)
    from felinar.link import stage

    return getattr(stage, name)
