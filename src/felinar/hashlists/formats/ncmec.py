"""NCMEC hash sharing, version 2 (XML, one page a file). A document with a type definition or entities is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from felinar.errors import UnreadableInput
from felinar.hashlists.entry import Entry, Problem
from felinar.hashlists.formats.contract import Format
from felinar.hashlists.source import Source

_ENTRIES = {"image": False, "video": False, "deletedimage": True, "deletedvideo": True}
_BLOCK, _DEEPEST, _LONGEST = 1 << 18, 100, 10_000


def read(source: Source, kind: str = "") -> Iterator[Entry | Problem]:
    """Yield the entries of images and videos; deleted ones come as gone. Feedback is kept, and decides nothing."""
    reader = _Reader(source.name)
    with source.bytes() as stream:
        try:
            while block := stream.read(_BLOCK):
                reader.parser.Parse(block, False)
                yield from reader.taken()
            reader.parser.Parse(b"", True)
        except expat.ExpatError as problem:
            yield from reader.taken()
            reason = expat.errors.messages[problem.code]
            yield Problem(f"line {problem.lineno:,}", f"{reason}; what follows was not read", damaged=True)
    if reader.next_page:
        yield Problem("end", "it is one page of several; import the others as well (their order does not matter)")


@dataclass
class _Found:
    """One entry while it is read; `text` is that of the element which is open."""

    gone: bool
    depth: int
    where: str
    texts: dict[str, str] = field(default_factory=dict)
    hashes: list[tuple[str, str]] = field(default_factory=list)
    against: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name, self.done, self.path = name, list[Entry | Problem](), list[str]()
        self.found: _Found | None = None
        self.text, self.next_page, self.member = "", False, ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse
        self.parser.EntityDeclHandler = self.refuse
        self.parser.ExternalEntityRefHandler = self.refuse

    def refuse(self, *_: Any) -> int:
        raise UnreadableInput(
            f"{self.name} defines its own document type or entities, by which a file can fetch others or fill the "
            "memory. It was not read. NCMEC's own files have none: ask where this one comes from."
        )

    def taken(self) -> list[Entry | Problem]:
        """Return the entries that are complete, once."""
        done, self.done = self.done, []
        return done

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2].lower()
        self.path.append(name)
        self.text = ""
        if len(self.path) > _DEEPEST:
            raise UnreadableInput(f"{self.name} is nested more than {_DEEPEST} deep. It was not read.")
        if self.found is None:
            if name in _ENTRIES:
                where = f"line {self.parser.CurrentLineNumber:,}"
                self.found = _Found(_ENTRIES[name], len(self.path), where)
        elif name == "member" and len(self.path) == self.found.depth + 1:  # not the members who gave feedback
            self.found.texts["member"] = attributes.get("id", "")
        elif name == "negativefeedback":
            self.found.against.append(attributes.get("type", "").lower() or "all")

    def characters(self, text: str) -> None:
        if len(self.text) < _LONGEST:
            self.text += text

    def end(self, _: str) -> None:
        name, text = self.path.pop(), self.text.strip()
        self.text = ""
        found, depth = self.found, len(self.path)
        if found is None:
            self.next_page = self.next_page or (name == "next" and bool(text))
        elif depth == found.depth - 1:
            self.done.append(_entry(found))
            self.found = None
        elif depth == found.depth and name != "member":
            found.texts[name] = text
        elif depth == found.depth + 1 and self.path[-1] == "fingerprints" and text:  # large ones are links, not text
            found.hashes.append((name, text))


def _entry(found: _Found) -> Entry | Problem:
    number = found.texts.get("id", "")
    if not number:
        return Problem(found.where, "it has no id")
    against = ", ".join(sorted(set(found.against)))
    return Entry(
        f"{found.texts.get('member', '')}-{number}",
        tuple(found.hashes),
        found.where,
        category=found.texts.get("classification", ""),
        status=f"feedback against: {against}" if against else "",
        changed_at=found.texts.get("timestamp", ""),
        gone=found.gone,
    )


def _recognises(source: Source) -> bool:
    return source.start[:1] == "<" and ("hashsharing" in source.start or "<queryResult" in source.start)


FORMAT = Format("ncmec", "NCMEC hash sharing version 2, XML", _recognises, read)
