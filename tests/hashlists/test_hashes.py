"""Which hashes are taken: any spelling of a kind, either case, and none that would match everything."""

from __future__ import annotations

import base64
import hashlib

import pytest

from felinar.hashlists.hashes import Unusable, digest_of, kind_of, kinds_by_length, photodna_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("MD5", "md5"),
        ("SHA-1", "sha1"),
        ("sha_256", "sha256"),
        ("HASH_PDQ", "pdq"),
        ("ImagePDQ", "pdq"),
        ("VideoMD5", "md5"),
        ("Pdq", "pdq"),
        ("pdna", "photodna"),
        ("PhotoDNA", "photodna"),
        ("PhotoDNAHash", "photodna"),
        ("VideoTMK", ""),
        ("Text", ""),
        ("URL", ""),
        ("tmk-pdqf", ""),
        ("HASH_VIDEO_MD5", "md5"),
        ("", ""),
    ],
)
def test_a_kind_is_known_by_any_name_that_lists_give_it(name, kind):
    assert kind_of(name) == kind


def test_upper_case_hexadecimal_is_the_same_hash(made):
    text = made.hash("sha1", 1)
    assert digest_of("sha1", text.upper()) == digest_of("sha1", text) == bytes.fromhex(text)


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "pdq"])
@pytest.mark.parametrize("digit", ["0", "f", "a"])
def test_a_hash_of_one_digit_all_through_is_refused(kind, digit, made):
    with pytest.raises(Unusable, match="same digits"):
        digest_of(kind, digit * len(made.hash(kind, 1)))


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256"])
def test_the_hash_of_an_empty_file_is_refused(kind):
    with pytest.raises(Unusable, match="empty file"):
        digest_of(kind, hashlib.new(kind, b"").hexdigest())


@pytest.mark.parametrize("bits", [1, 31, 225, 255])
def test_a_pdq_hash_that_lies_within_reach_of_a_blank_picture_is_refused(bits):
    with pytest.raises(Unusable, match="one colour"):
        digest_of("pdq", f"{(1 << bits) - 1:064x}")


@pytest.mark.parametrize("bits", [32, 128, 224])
def test_a_pdq_hash_beyond_that_is_taken(bits):
    assert len(digest_of("pdq", f"{(1 << bits) - 1:064x}")) == 32


@pytest.mark.parametrize(
    "text", ["", "12", "z" * 32, "0123456789abcdef0123456789abcde", " 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6", "１" * 32]
)
def test_what_is_no_hash_is_refused_with_its_value(text):
    with pytest.raises(Unusable, match="MD5 has 32 hexadecimal digits"):
        digest_of("md5", text)


def test_photodna_is_kept_as_it_came_in_base64_or_hexadecimal():
    value = bytes(range(144))
    for text in (base64.b64encode(value).decode(), value.hex(), value.hex().upper()):
        assert photodna_of(text) == text


@pytest.mark.parametrize("text", ["a1a1a1...", base64.b64encode(bytes(143)).decode(), "é" * 192])
def test_photodna_of_another_length_is_refused(text):
    with pytest.raises(Unusable, match="144 bytes"):
        photodna_of(text)


def test_sixty_four_digits_may_be_two_kinds(made):
    assert kinds_by_length(made.hash("pdq", 1)) == ("sha256", "pdq")
    assert kinds_by_length(made.hash("md5", 1)) == ("md5",)
    assert kinds_by_length("name.jpg") == ()
