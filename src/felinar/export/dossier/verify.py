#!/usr/bin/env python3
"""Check a dossier of Felinar: one file, Python 3.9 or newer, nothing else.

    python3 verify.py            checks the folder in which this file lies
    python3 verify.py FOLDER     checks that folder, or a ZIP of it

Exit code 0: all holds; 1: something does not. Whoever does not trust the folder uses a copy from elsewhere.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FORMAT = "felinar-dossier/1"
MANIFEST, SUM, LOG, EXHIBITS = "manifest.json", "manifest.sha256", "log.jsonl", "exhibits.json"
BETWEEN = " ,\r\n\t"  # what may stand between two columns that were joined into one text
Files = dict[str, bytes]
Result = tuple[bool, str]  # whether it holds, and the sentence on it

CANNOT_SHOW = (
    "that the adverts say the truth, who wrote them, or that anybody did anything wrong;",
    "that the adverts stood on the sites named: whoever brought them in answers for that;",
    "that the log was not written anew as a whole before this dossier was made: for that, compare its head with one"
    " that was noted elsewhere, and ask the holder for `felinar audit verify`;",
    "the events of the log that are withheld here, and whether they follow one another;",
    "that this file is the one that Felinar gave: use a copy from elsewhere where that matters.",
)


class Broken(Exception):
    """Something that does not hold; its text is the sentence for people."""


def main(arguments: list[str]) -> int:
    """Check what the arguments name, say what was checked, and return the exit code."""
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    say(f"Dossier in {place}")
    results = list(check(place))
    for holds, sentence in results:
        say(("  holds   " if holds else "  BROKEN  ") + sentence)
    say("This check cannot show:")
    for sentence in CANNOT_SHOW:
        say("  - " + sentence)
    broken = sum(1 for holds, _ in results if not holds)
    say("Result: " + (f"{broken} of the checks failed." if broken else "all that was checked holds."))
    return 1 if broken else 0


def say(sentence: str) -> None:
    """Write a line; characters that a terminal would act on, or cannot show, stand as ?."""
    encoding = sys.stdout.encoding or "ascii"
    plain = "".join(letter if letter.isprintable() else "?" for letter in sentence)
    sys.stdout.write(plain.encode(encoding, "replace").decode(encoding) + "\n")


def check(place: Path) -> Iterator[Result]:
    """Return each check of a folder or a ZIP with whether it holds."""
    try:
        files = contents(place)
    except (OSError, zipfile.BadZipFile) as problem:
        yield False, f"The folder cannot be read ({problem})."
        return
    yield from check_contents(files)


def check_contents(files: Files) -> Iterator[Result]:
    """Return each check of these files with whether it holds."""
    for step in (check_manifest, check_files, check_content, check_log, check_records, check_texts):
        try:
            yield True, step(files)
        except Broken as problem:
            yield False, str(problem)
        except Exception as problem:
            form = f"a file has another form than it should ({type(problem).__name__}: {problem})"
            yield False, f"{step.__name__} could not be made: {form}."


def contents(place: Path) -> Files:
    """Return the bytes of every file under a folder, or in a ZIP, by its path with /."""
    if place.is_dir():
        found = sorted(path for path in place.rglob("*") if not path.is_dir())
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in found}
    with zipfile.ZipFile(place) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def manifest_of(files: Files) -> dict[str, Any]:
    """Return the manifest as data."""
    return dict(json.loads(files[MANIFEST].decode("utf-8")))


def check_manifest(files: Files) -> str:
    """The manifest is the one whose hash was written beside it."""
    for name in (MANIFEST, SUM):
        if name not in files:
            raise Broken(f"{name} is missing.")
    found = sha256(files[MANIFEST])
    if files[SUM] != f"{found}  {MANIFEST}\n".encode("ascii"):
        raise Broken(f"The manifest is not the one whose hash stands in {SUM}.")
    if manifest_of(files)["format"] != FORMAT:
        raise Broken(f"The dossier is of another format than {FORMAT}; use the verifier that came with it.")
    return "the manifest is whole. Its SHA-256 (compare it with one noted elsewhere): " + found


def check_files(files: Files) -> str:
    """Every file is there, byte for byte, and no other."""
    listed = manifest_of(files)["files"]
    wrong = [name for name, told in listed.items() if name not in files or sha256(files[name]) != told["sha256"]]
    if wrong:
        raise Broken(f"These files are missing or changed: {', '.join(sorted(wrong))}.")
    foreign = sorted(set(files) - set(listed) - {MANIFEST, SUM})
    if foreign:
        raise Broken(f"These files do not belong to the dossier: {', '.join(foreign)}.")
    return f"{len(listed)} files are byte for byte those that the manifest lists, and there is no other."


def check_content(files: Files) -> str:
    """The log's last event speaks of exactly these files, this recipient and this purpose."""
    manifest, last = manifest_of(files), log_lines(files)[-1]
    details, about = json.loads(last["details"]), manifest["about"]
    if content_sha256(files) != details["content_sha256"]:
        raise Broken("The log speaks of other files than those that lie here.")
    for name in ("dossier", "recipient", "masked"):
        if details[name] != about[name]:
            raise Broken(f"The log and the manifest name another {name}.")
    if last["purpose"] != about["purpose"]:
        raise Broken("The log and the manifest name another purpose.")
    whither = f"{about['recipient']}; purpose: {about['purpose']}"
    return f"the log held, before anything was written, that these files go to: {whither}."


def content_sha256(files: Files) -> str:
    """Return one hash for all files but the log and the manifest, which name it or come after it."""
    names = sorted(set(files) - {LOG, MANIFEST, SUM})
    return sha256("".join(f"{sha256(files[name])}  {name}\n" for name in names).encode("utf-8"))


def log_lines(files: Files) -> list[dict[str, Any]]:
    """Return the lines of the log: events, and gaps `{"withheld": [from, to]}`."""
    return [json.loads(line) for line in files[LOG].decode("utf-8").splitlines()]


def check_log(files: Files) -> str:
    """Each event has its own hash and follows the one before; the head is the one of the manifest."""
    shown = withheld = 0
    before: dict[str, Any] = {}
    for line in log_lines(files):
        first = line["withheld"][0] if "withheld" in line else line["seq"]
        if before and first != before["last"] + 1:
            raise Broken(f"The log jumps from event {before['last']} to {first}.")
        if "withheld" in line:
            withheld += line["withheld"][1] - first + 1
            before = {"last": line["withheld"][1], "sha256": ""}
            continue
        if line["sha256"] != event_sha256(line):
            raise Broken(f"Event {line['seq']} of the log was changed after it was written.")
        if before.get("sha256") and line["previous_sha256"] != before["sha256"]:
            raise Broken(f"Event {line['seq']} of the log does not follow event {before['last']}.")
        shown, before = shown + 1, {"last": line["seq"], "sha256": line["sha256"]}
    if before["sha256"] != manifest_of(files)["log"]["head"]:
        raise Broken("The log does not end with the head that the manifest names.")
    told = f"{shown} events of the log are unchanged and in their order; {withheld} of other work are withheld"
    return f"{told}. Head: {before['sha256']}"


def event_sha256(event: dict[str, Any]) -> str:
    """Return the hash of an event: SHA-256 of the canonical JSON of all its other fields."""
    fields = {name: value for name, value in event.items() if name != "sha256"}
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass"))


def exhibits_of(files: Files) -> list[dict[str, Any]]:
    """Return the exhibits as data."""
    return list(json.loads(files[EXHIBITS].decode("utf-8"))["exhibits"])


def check_records(files: Files) -> str:
    """Each original record that is given has its hash and its seal; the others are sealed only."""
    given = held = lost = 0
    for exhibit in exhibits_of(files):
        for record in exhibit["records"]:
            if "file" in record:
                check_record(exhibit["exhibit"], record, files[record["file"]])
                given += 1
            elif record.get("seal"):
                held += 1
            else:
                lost += 1
    told = f"{given} original records are given byte for byte and have their hashes; {held} are not given: the holder"
    return f"{told} has them, and their seals stand here; {lost} are no longer held."


def check_record(exhibit: str, record: dict[str, Any], content: bytes) -> None:
    """Raise Broken where a record is not the one that was hashed and sealed."""
    seal = hmac.new(bytes.fromhex(record["seal_key"]), content, hashlib.sha256).hexdigest()
    if sha256(content) != record["sha256"] or len(content) != record["bytes"] or seal != record["seal"]:
        raise Broken(f"Exhibit {exhibit}: its original record is not the one that was hashed.")


def check_texts(files: Files) -> str:
    """Each reading stands at its place in the text, and each text at its place in the original record."""
    readings = placed = unplaced = 0
    for exhibit in exhibits_of(files):
        name, fields = exhibit["exhibit"], exhibit["fields"]
        for mention in exhibit["mentions"]:
            if mention["start"] is not None:
                if fields[mention["field"]][mention["start"] : mention["end"]] != mention["raw"]:
                    raise Broken(f"Exhibit {name}: a reading is not at its place in the text.")
                readings += 1
        for record in exhibit["records"]:
            if "file" not in record:
                continue
            value = reader_of(files[record["file"]], record["reading"])
            for field, spans in record["places"].items():
                check_place(name, fields[field], spans, value)
                placed += 1
            unplaced += len(record["unplaced"])
    told = f"{readings} readings stand at their places in the texts; {placed} texts stand at their places in the"
    return f"{told} original records, {unplaced} were mended when they were read and have none."


def check_place(exhibit: str, text: str, spans: list[dict[str, Any]], value: Callable[[list[Any]], str]) -> None:
    """Raise Broken where a text is not, piece by piece, what stands in the record."""
    covered = 0
    for span in spans:
        if text[covered : span["start"]].strip(BETWEEN):
            raise Broken(f"Exhibit {exhibit}: its text holds more than its original record.")
        if value(span["path"])[span["from"] : span["to"]] != text[span["start"] : span["end"]]:
            raise Broken(f"Exhibit {exhibit}: its text is not at its place in the original record.")
        covered = span["end"]
    if text[covered:].strip(BETWEEN):
        raise Broken(f"Exhibit {exhibit}: its text holds more than its original record.")


def reader_of(record: bytes, reading: dict[str, Any]) -> Callable[[list[Any]], str]:
    """Return a function that gives the value at a path of a record, read as JSON, as cells or as one text."""
    text = record.decode(reading["encoding"])
    if reading["form"] == "text":
        return lambda path: text
    whole = json.loads(text) if reading["form"] == "json" else cells(text, reading["delimiter"])

    def value(path: list[Any]) -> str:
        found = whole
        for step in path:
            found = found[step]
        return str(found)

    return value


def cells(text: str, delimiter: str) -> list[str]:
    """Return the cells of one record of a table in text form."""
    csv.field_size_limit(1 << 30)
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def sha256(content: bytes) -> str:
    """Return the SHA-256 of the content as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
