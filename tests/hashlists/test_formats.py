"""Every format of lists with the traps that are known of it."""

from __future__ import annotations

import base64
import gzip
import io
import json
import sqlite3
import zipfile

import pytest

from felinar.errors import FelinarError, UnreadableInput
from felinar.hashlists.formats import FORMATS
from felinar.hashlists.source import sources_of

OLD = "ICMEC/ProjectVic/DataModels/{}.xml#Media"


# --- Project VIC ---------------------------------------------------------------------------------------------------


def test_vics_upper_case_flags_as_texts_and_category_0(read, as_vics, made):
    media = {"MediaID": 7, "Category": 0, "MD5": made.hash("md5", 1).upper(), "SHA1": made.hash("sha1", 1).upper()}
    media |= {"VictimIdentified": "true", "OffenderIdentified": "False", "IsDistributed": True, "Series": " Blue "}
    name, (entry,), problems = read("a.json", as_vics(media | {"DateUpdated": "2025-01-02T03:04:05-05:00"}))
    assert (name, problems) == ("vics", [])
    assert entry.key == "7"
    assert entry.category == "0"  # a category, not the absence of one
    assert entry.series == "Blue"
    assert entry.status == "victim identified, distributed"
    assert dict(entry.hashes)["MD5"] == made.hash("md5", 1).upper()


@pytest.mark.parametrize("region", ["Default", "US", "UK", "CUSTOM", "XY"])
def test_vics_of_any_region_is_recognised(read, as_vics, made, region):
    text = as_vics(
        {"MD5": made.hash("md5", 1)}, context=f"VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/{region}/$metadata#Media"
    )
    assert read("a.json", text)[0] == "vics"


@pytest.mark.parametrize("version", ["1.3", "1.2"])
def test_vics_before_2_has_photodna_among_the_alternative_hashes(read, made, version):
    value = base64.b64encode(bytes(range(144))).decode()
    media = {
        "MediaID": 1,
        "MD5": made.hash("md5", 1),
        "AlternativeHashes": [{"HashName": "PhotoDNA", "HashValue": value}],
    }
    text = json.dumps({"odata.metadata": "http://github.com/" + OLD.format(version), "value": [media]})
    name, (entry,), problems = read("a.json", text)
    assert (name, problems) == ("vics", [])
    assert ("PhotoDNA", value) in entry.hashes


def test_vics_cases_hold_media_inside(read, as_vics, made):
    media = [
        {"MediaID": n, "MD5": made.hash("md5", n), "MediaFiles": [{"FileName": "x.jpg", "MD5": "0"}]} for n in (1, 2)
    ]
    for context in ("VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Cases", "ProjectVic/DataModels/2.0.xml"):
        _, entries, problems = read("a.json", as_vics({"CaseID": "9", "Media": media}, context=context))
        assert [entry.key for entry in entries] == ["1", "2"]
        assert problems == []


def test_vics_of_an_unknown_version_is_read_and_said(read, as_vics, made):
    text = as_vics(
        {"MD5": made.hash("md5", 1)}, context="VICSDATAMODEL/ProjectVic/DataModels/3.1.xml/US/$metadata#Media"
    )
    _, entries, (problem,) = read("a.json", text)
    assert len(entries) == 1
    assert "3.1" in problem.reason


def test_vics_rows_that_are_no_records_are_problems(read, as_vics, made):
    _, entries, problems = read("a.json", as_vics({"MD5": made.hash("md5", 1)}, 7, {"Category": 1}, {"MediaID": None}))
    assert (len(entries), len(problems)) == (1, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_mark_of_order_utf_16_and_windows_line_ends_change_nothing(read, as_vics, made, encoding):
    text = as_vics({"MediaID": 1, "MD5": made.hash("md5", 1), "Series": "é"}).replace(", ", ",\r\n")
    name, (entry,), problems = read("a.json", text.encode(encoding))
    assert (name, entry.key, entry.series, problems) == ("vics", "1", "é", [])


# --- NCMEC ---------------------------------------------------------------------------------------------------------

PAGE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<queryResult xmlns="https://hashsharing.ncmec.org/hashsharing/v2">
 <images count="2" maxTimestamp="2017-10-24T15:10:00Z">
  <image><member id="42">A member</member><timestamp>2017-10-24T15:00:00Z</timestamp><id>image1</id>
   <classification>A1</classification>
   <fingerprints><md5>{md5}</md5><sha1>{sha1}</sha1><{pdq}>{pdq_value}</{pdq}><pdna>a1a1...</pdna>
    <tmk-pdqf rel="self" href="/v2/entries/1/fingerprints/TMK_PDQF"/><novelty>77</novelty></fingerprints>
   <feedback lastUpdateTimestamp="2023-06-01T12:48:14Z"><negativeFeedback type="Sha1"><reasons>
    <reason guid="1" name="x" type="Sha1"/><members timestamp="2023-06-01T12:48:14Z"><member id="99">Other</member>
    </members></reasons></negativeFeedback></feedback></image>
  <deletedImage><member id="43">B</member><id>image4</id><timestamp>2017-10-24T15:10:00Z</timestamp></deletedImage>
 </images>
 <videos count="1" maxTimestamp="x"><video><member id="42">A</member><id>video1</id>
  <fingerprints><md5>{md5}</md5></fingerprints></video></videos>
 {end}
</queryResult>"""


def page(made, pdq="pdq", end="", **values):
    hashes = {"md5": made.hash("md5", 1), "sha1": made.hash("sha1", 1), "pdq_value": made.hash("pdq", 1)}
    return PAGE.format(pdq=pdq, end=end, **{**hashes, **values})


@pytest.mark.parametrize("tag", ["pdq", "PDQ", "Pdq"])
def test_ncmec_entries_tombstones_and_unknown_kinds(read, made, tag):
    name, entries, problems = read("a.xml", page(made, tag))
    assert (name, problems) == ("ncmec", [])
    image, deleted, video = entries
    assert (image.key, image.category, image.changed_at) == ("42-image1", "A1", "2017-10-24T15:00:00Z")
    kinds = [kind for kind, _ in image.hashes]
    assert kinds == ["md5", "sha1", "pdq", "pdna", "novelty"]  # large fingerprints are links, not text
    assert image.status == "feedback against: sha1"  # whose members are not the member of the entry
    assert (deleted.key, deleted.gone) == ("43-image4", True)
    assert (video.key, video.gone) == ("42-video1", False)


def test_ncmec_says_that_more_pages_follow(read, made):
    _, entries, (problem,) = read("a.xml", page(made, end="<paging><next>/v2/entries?start=2001</next></paging>"))
    assert len(entries) == 3
    assert "one page of several" in problem.reason


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE q [<!ENTITY a "b">]>',
        '<!DOCTYPE q SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE q [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        "<!DOCTYPE q>",
    ],
)
def test_xml_with_a_document_type_or_entities_is_refused_whole(read, made, head):
    text = page(made).replace("<queryResult", head + "<queryResult", 1)
    with pytest.raises(UnreadableInput, match="document type or entities"):
        read("a.xml", text)


def test_xml_that_breaks_off_gives_what_was_complete(read, made):
    text = page(made)
    _, entries, problems = read("a.xml", text[: text.index("<videos")])
    assert [entry.key for entry in entries] == ["42-image1", "43-image4"]
    assert [problem.damaged for problem in problems] == [True]


def test_xml_nested_too_deep_is_refused(read):
    with pytest.raises(UnreadableInput, match="deep"):
        read("a.xml", '<queryResult xmlns="hashsharing">' + "<a>" * 500)


# --- StopNCII and ThreatExchange -----------------------------------------------------------------------------------


def stopncii(*rows):
    records = [
        {"lastModtimestamp": t, "signalType": k, "hashValue": v, "hashStatus": s, "caseNumbers": {}}
        for t, k, v, s in rows
    ]
    return json.dumps({"count": len(records), "nextPageToken": "", "hasMoreRecords": False, "hashRecords": records})


def test_stopncii_withdrawn_and_deleted_are_gone(read, made):
    rows = [
        (n, "ImagePDQ", made.hash("pdq", n), state)
        for n, state in enumerate(("Received", "Active", "Withdrawn", "Deleted"))
    ]
    name, entries, problems = read("a.json", stopncii(*rows, (9, "Text", "abc", "Active")))
    assert (name, problems) == ("stopncii", [])
    assert [entry.gone for entry in entries] == [False, False, True, True, False]
    assert entries[1].changed_at == "1970-01-01T00:00:01+00:00"


def update(number, indicator, **more):
    said = {"data": [{"id": "5", "status": "MALICIOUS", "tags": {"data": [{"text": "b"}, {"text": "a"}]}}]}
    base = {"id": str(number), "indicator": indicator, "type": "HASH_PDQ", "last_updated": 1_600_000_000 + number}
    return {**base, "should_delete": False, "descriptors": said, **more}


def test_threatexchange_deleted_without_descriptors_or_harmless_is_gone(read, made):
    bare = update(3, made.hash("pdq", 3))
    del bare["descriptors"]
    harmless = {"data": [{"id": "6", "status": "NON_MALICIOUS"}]}
    rows = [update(1, made.hash("pdq", 1)), update(2, made.hash("pdq", 2), should_delete=True), bare]
    rows += [
        update(4, made.hash("pdq", 4), descriptors=harmless),
        update(5, made.hash("pdq", 5), descriptors={"data": []}),
    ]
    name, entries, problems = read("a.json", json.dumps({"data": rows, "paging": {"cursors": {"after": "x"}}}))
    assert (name, problems) == ("threatexchange", [])
    assert [entry.gone for entry in entries] == [False, True, True, True, True]
    assert (entries[0].category, entries[0].status) == ("a, b", "MALICIOUS")


def test_threatexchange_lines_take_the_kind_from_the_name_of_the_file(read, made):
    lines = f'{made.hash("pdq", 1)},123,2020-07-31T18:47:45+0000,"media_type_photo true_positive"\r\n'
    lines += f"{made.hash('pdq', 2)},4,,\r\n"
    name, entries, problems = read("simple.HASH_PDQ.te", lines)
    assert (name, problems) == ("threatexchange-csv", [])
    assert [entry.hashes[0][0] for entry in entries] == ["pdq", "pdq"]
    assert (entries[0].category, entries[0].changed_at) == (
        "media_type_photo true_positive",
        "2020-07-31T18:47:45+00:00",
    )


# --- ICSE, NSRL ----------------------------------------------------------------------------------------------------

ICSE = (
    "MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;"
    "Number of submissions;File Available;Media Type;Baseline"
)


def test_icse_lines_by_the_names_of_the_head(read, made):
    lines = f"\ufeff{ICSE}\r\n{made.hash('md5', 1).upper()};{made.hash('sha1', 1)};"
    lines += ';77;True;False;1;"A; B";3;true;Image;true\r\n\r\n'
    lines += (
        f'{made.hash("md5", 2)};;\r\n{made.hash("md5", 3)};"open;;8;;;;;;;;\r\n{made.hash("md5", 4)};;;9;;;;;;;;\r\n'
    )
    name, entries, problems = read("a.csv", lines)
    assert name == "icse"
    assert [entry.key for entry in entries] == ["77", "9"]
    assert (entries[0].series, entries[0].status, entries[0].category) == (
        "A; B",
        "distributed, offender identified",
        "baseline",
    )
    assert [problem.where for problem in problems] == ["line 4", "line 5"]


def test_nsrl_2_keeps_pictures_only_as_known_files(read, made):
    lines = '"SHA-1","MD5","CRC32","FileName","FileSize","ProductCode","OpSystemCode","SpecialCode"\r\n'
    for number, name in enumerate(("logo.PNG", "setup.exe", "a,b.jpg", "noending")):
        lines += f'"{made.hash("sha1", number).upper()}","{made.hash("md5", number)}","0","{name}",1,2,"358",""\r\n'
    name, entries, problems = read("NSRLFile.txt", lines)
    assert (name, problems) == ("nsrl2", [])
    assert [entry.key for entry in entries] == [made.hash("sha1", 0), made.hash("sha1", 2)]
    assert {one.name: one.role for one in FORMATS}["nsrl2"] == "ignore"


@pytest.mark.parametrize("column", ["file_name", "extension"])
def test_nsrl_3_is_read_from_its_table_or_view(read, made, tmp_path, column):
    path = tmp_path / "rds.db"
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE METADATA (sha256, sha1, md5, {column}, bytes)")
    for number, name in enumerate(("a.jpg", "b.dll", "c.gif")):
        named = name if column == "file_name" else name[2:]
        row = (made.hash("sha256", number), made.hash("sha1", number), made.hash("md5", number), named, 1)
        connection.execute("INSERT INTO METADATA VALUES (?, ?, ?, ?, ?)", row)
    if column == "file_name":
        connection.execute(
            "CREATE VIEW FILE AS SELECT UPPER(sha256) sha256, UPPER(sha1) sha1, md5, file_name FROM METADATA"
        )
    connection.commit()
    connection.close()
    name, entries, problems = read("copy.db", path.read_bytes())
    assert (name, problems) == ("nsrl3", [])
    assert [entry.key for entry in entries] == [made.hash("sha1", 0), made.hash("sha1", 2)]
    assert [kind for kind, _ in entries[0].hashes] == ["sha1", "md5", "sha256"]


def test_a_damaged_database_and_one_of_something_else_are_told(read, tmp_path):
    assert read("a.db", b"SQLite format 3\0" + bytes(5_000))[2][0].damaged
    sqlite3.connect(tmp_path / "b.db").execute("CREATE TABLE other (x)").connection.close()
    with pytest.raises(UnreadableInput, match="FILE or METADATA"):
        read("c.db", (tmp_path / "b.db").read_bytes())


# --- Plain text ----------------------------------------------------------------------------------------------------


def test_plain_text_tells_the_kind_by_length_or_by_name(read, made):
    lines = f"# a comment\r\n\r\n{made.hash('md5', 1)}  a file.jpg\r\nPDQ {made.hash('pdq', 1)}\r\n"
    lines += f"sha-1 {made.hash('sha1', 2).upper()} note\r\nnonsense\r\n"
    name, entries, problems = read("a.txt", lines)
    assert name == "text"
    assert [(entry.hashes[0][0], entry.status) for entry in entries] == [
        ("md5", "a file.jpg"),
        ("pdq", ""),
        ("sha1", "note"),
    ]
    assert [problem.where for problem in problems] == ["line 6"]


def test_sixty_four_digits_are_asked_for_unless_name_or_bits_tell(read, made):
    lines = "\n".join(made.hash("sha256", n) for n in range(40)) + "\n"
    halves = "\n".join(f"{int('1' * 128, 2) << n:064x}" for n in range(40)) + "\n"
    assert read("a.txt", lines)[1][0].hashes[0][0] == "sha256"
    assert read("a.txt", halves)[1][0].hashes[0][0] == "pdq"
    assert read("my_pdq.txt", lines)[1][0].hashes[0][0] == "pdq"
    assert read("a.txt", lines.splitlines()[0], kind="pdq")[1][0].hashes[0][0] == "pdq"
    with pytest.raises(UnreadableInput, match="--kind"):
        read("a.txt", lines.splitlines()[0])


# --- Files in general ----------------------------------------------------------------------------------------------


def test_a_gzipped_file_is_unpacked_on_the_way(read, as_vics, made):
    assert read("a.json.gz", gzip.compress(as_vics({"MD5": made.hash("md5", 1)}).encode()))[0] == "vics"


def test_of_a_zip_only_what_may_be_a_list_is_opened(as_vics, made, tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("b.json", "media/1.jpg", "a.json", "readme.pdf"):
            archive.writestr(name, as_vics({"MD5": made.hash("md5", 1)}))
    (tmp_path / "a.zip").write_bytes(out.getvalue())
    assert [source.member for source in sources_of(tmp_path / "a.zip")] == ["a.json", "b.json"]


def test_a_broken_gzip_is_said(read, as_vics, made):
    with pytest.raises(UnreadableInput, match="unpacked"):
        read("a.json.gz", gzip.compress(as_vics({"MD5": made.hash("md5", 1)}).encode())[:-30])


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 JFIF", b"hello there", b"{}", b"<html>", bytes(100)])
def test_what_is_no_list_is_refused_with_the_formats_that_are(read, content):
    with pytest.raises(UnreadableInput, match="--format"):
        read("a.bin", content)


def test_a_format_that_is_named_is_taken_and_a_wrong_name_is_corrected(read, made):
    assert read("a.txt", made.hash("md5", 1), form="text")[0] == "text"
    with pytest.raises(FelinarError, match="Did you mean 'vics'"):
        read("a.txt", "", form="vic")
