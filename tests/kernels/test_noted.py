"""What is noted of kernels."""

import importlib
import pkgutil

import felinar.extract.native
import felinar.kernels
from felinar.kernels import kept_files, noted
from felinar.kernels.compile import Kernel


def kernels():
    """Return all kernels of the package, each once."""
    modules = (
        importlib.import_module(f"{package.__name__}.{found.name}")
        for package in (felinar.kernels, felinar.extract.native)
        for found in pkgutil.iter_modules(package.__path__)
    )
    return {id(k): k for module in modules for k in vars(module).values() if isinstance(k, Kernel)}.values()


def test_the_next_process_finds_the_notes_of_the_one_before(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_files.compiling, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(kept_files, "package", lambda: b"the package as it is")
    monkeypatch.setattr(noted, "_keep_at_the_end", lambda: None)
    said = [(kernel.fingerprint, kernel.is_light) for kernel in kernels()]
    for _ in range(2):
        process = dict[str, tuple[str, bool]](noted._kept())
        monkeypatch.setattr(noted, "_notes", lambda process=process: process)
        assert [noted.noted(kernel) for kernel in kernels()] == said
        noted._keep()

    assert len(process) == len(said) > 300


def test_kernels_of_others_are_not_noted(monkeypatch):
    notes = {}
    monkeypatch.setattr(noted, "_notes", lambda: notes)
    kernel = Kernel(lambda x: 2 * x)

    assert noted.noted(kernel) == (kernel.fingerprint, kernel.is_light) and not notes
