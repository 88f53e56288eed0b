"""The folder `docs` has programs of its own; these fixtures load them by their place."""

import importlib.util
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="session")
def docs():
    return DOCS


def _load(name):
    spec = importlib.util.spec_from_file_location(f"felinar_docs_{name}", DOCS / f"{name}.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def pages():
    return _load("pages")


@pytest.fixture(scope="session")
def rivals():
    return _load("rivals")


@pytest.fixture(scope="session")
def picture():
    return _load("picture")


@pytest.fixture(scope="session")
def blocks():
    return _load("blocks")


@pytest.fixture(scope="session")
def screenshots():
    return _load("screenshots")
