"""Made-up hashes, lists written from them, pictures of stripes and blots, and the command in this process."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from felinar.cli.hashlists import hashlists
from felinar.cli.session import Session
from felinar.hashlists.entry import Entry, Problem
from felinar.hashlists.formats import recognise
from felinar.hashlists.intake import Order, take_in
from felinar.hashlists.source import sources_of
from felinar.store.workspace import Workspace

AT = "2026-01-02T03:04:05Z"


def hash_of(kind, seed):
    """A made-up hash in hexadecimal digits."""
    name = "sha256" if kind == "pdq" else kind
    return hashlib.new(name, f"{kind} {seed}".encode(), usedforsecurity=False).hexdigest()


def picture(seed, size=(300, 260), form="PNG"):
    """The bytes of an abstract picture: soft blots of colour."""
    rng = np.random.default_rng(seed)
    small = Image.fromarray(rng.integers(0, 256, (9, 11, 3), dtype=np.uint8))
    out = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(out, form, **({"quality": 90} if form == "JPEG" else {}))
    return out.getvalue()


@pytest.fixture(scope="session")
def made():
    return SimpleNamespace(hash=hash_of, picture=picture)


@pytest.fixture
def read(tmp_path):
    """Read a file of a list: (name of the format, entries, problems)."""

    def call(name, content, form="", kind=""):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (source,) = sources_of(path)
        chosen = recognise(source, form)
        found = list(chosen.read(source, kind))
        entries = [one for one in found if isinstance(one, Entry)]
        return chosen.name, entries, [one for one in found if isinstance(one, Problem)]

    return call


@pytest.fixture
def take(tmp_path):
    """Import files given by name and content into `hashlists/`, return what came of it."""

    def call(files, **order) -> object:
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        return take_in(tmp_path / "hashlists", paths, Order(**order), AT)

    return call


@pytest.fixture
def workspace(tmp_path):
    return Workspace.open(tmp_path / "workspace", "case 7")


@pytest.fixture
def call(workspace):
    """Call `felinar hashlists …` in this process; returns (exit code, output, data)."""

    def run(*arguments, as_json=True):
        session = Session(workspace.folder, as_json)
        result = CliRunner().invoke(hashlists, [str(one) for one in arguments], obj=session)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        data = json.loads(result.stdout) if as_json and result.exit_code == 0 else None
        return SimpleNamespace(code=result.exit_code, text=result.stdout, said=result.stderr, data=data)

    return run


def vics(*media, context="VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media"):
    return json.dumps({"@odata.context": f"http://github.com/{context}", "value": list(media)})


@pytest.fixture
def as_vics():
    return vics


def files_below(folder: Path):
    return [path for path in folder.rglob("*") if path.is_file()]
