"""All readers together: raw is the original's slice, order and company of adverts change nothing, bounded time."""

import target
from checks import Broken, case_of, in_time

with target.traced():
    import felinar.extract as stage
    from felinar.tables import ADVERTS

import pyarrow as pa


def adverts(data: bytes) -> pa.Table:
    """Return the text as body, spread over all fields, and as stated place."""
    text, context = case_of(data)
    third = len(text) // 3
    common = {"country_hint": context.country, "language": context.language}
    fields = {"contact_text": text[:third], "price_text": text[:third], "url": text[third : 2 * third]}
    return ADVERTS.from_rows(
        [
            {"advert_id": 1, "body": text, **common},
            {"advert_id": 2, "title": text[:third], "body": text[third:], **common, **fields},
            {"advert_id": 3, "body": text[2 * third :], "place_text": text[:third], "country_hint": "", "language": ""},
        ]
    )


def one(data: bytes) -> None:
    """Read one input and check it."""
    table = adverts(data)
    mentions = stage.extract(table)
    cells = {row["advert_id"]: row for row in table.to_pylist()}
    for row in mentions.to_pylist():
        _check(row, cells[row["advert_id"]][row["field"]])
    if not stage.extract(table.take([2, 0, 1])).equals(mentions):
        raise Broken("another order of adverts gives other mentions")
    if not stage.extract(table.slice(1, 1)).equals(mentions.filter(pa.compute.equal(mentions["advert_id"], 2))):
        raise Broken("an advert alone gives other mentions than in company")
    in_time(lambda: stage.extract(table.slice(0, 1)), len(data))


def _check(row: dict[str, object], original: str) -> None:
    start, end = row["start"], row["end"]
    if start is None:
        if row["kind"] != "language":
            raise Broken(f"no span: {row}")
    elif not 0 <= start < end <= len(original) or row["raw"] != original[start:end]:
        raise Broken(f"raw is not the original from {start} to {end}: {row}")
    if not row["value"] or not 0 <= row["confidence"] <= 100:
        raise Broken(f"no value, or no confidence: {row}")


if __name__ == "__main__":
    import pyarrow.compute

    one(b"\x01\x01Anna in Leeds, call 07700 900123, 120 euro, ana at example dot org")
    target.run("all", one)
