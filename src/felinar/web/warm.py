"""Load what the first request of each kind would else wait for; done by a thread of its own, right after the start.

Nothing of what people work on is read here: only our own files, and the index is opened without asking it anything.
"""

from __future__ import annotations

import atexit
import gc
from contextlib import suppress

from felinar.errors import FelinarError
from felinar.store.workspace import Workspace
from felinar.web.render import environment

_MANY = 5_000  # adverts from which what cuts operations is compiled
# Each extractor loads its own words and patterns when it first reads something.
_TYPED = (
    "+44 7700 900123",
    "07700 900123",
    "ana@mail.example",
    "https://ads.example/7",
    "@ana_example",
    "two quiet words",
)


def before_threads() -> None:
    """Import the package of the readers, which imports its own modules.

    Two threads that begin to import different parts of it wait for each other, and Python ends one with an error.
    """
    from felinar.extract import EXTRACTORS  # noqa: F401


def warm(workspace: Workspace) -> None:
    """Load the templates, the readers of what is typed, the map, what cuts operations, and the index of words."""
    _templates()
    _readers()
    _drawings()
    _cuts()
    _words(workspace)


def leave_alone() -> None:
    """Spare the collector of garbage what stays anyway: looking through it stopped a page for .1 s now and then."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    atexit.unregister(gc.unfreeze)
    atexit.register(gc.unfreeze)  # else libraries complain at the end about what nobody has let go of


def _templates() -> None:
    for name in environment().list_templates(extensions=("html",)):
        environment().get_template(name)


def _readers() -> None:
    from felinar.search.near import near_numbers  # noqa: F401
    from felinar.search.readings import readings

    for typed in _TYPED:
        readings(typed)


def _drawings() -> None:
    from felinar.export import network  # noqa: F401
    from felinar.export.map import drawn
    from felinar.export.moves import Place

    drawn([Place(name, 1, "", "") for name in ("Leeds, GB", "York, GB")], [])


def _cuts() -> None:
    import numpy as np

    from felinar.resolve.constraints import constraints
    from felinar.resolve.cut import Links, part

    judged, adverts = constraints([]), np.arange(_MANY)
    links = Links(_MANY, adverts, adverts * 0, adverts * 0 + 11_000, judged.together, judged.apart)
    part(links, adverts[:1])


def _words(workspace: Workspace) -> None:
    from felinar.search.query import read_query  # noqa: F401
    from felinar.search.words import find_words  # noqa: F401
    from felinar.store.index import WordIndex

    with suppress(FelinarError):
        WordIndex.open(workspace.folder)
