"""The phone reader: no exception, spans in the text, the same answer twice, bounded time."""

import target
from checks import Broken, case_of, check_spans, in_time

with target.traced():
    from felinar.extract.phone import PHONE
    from felinar.extract.phone_split import across
    from felinar.kernels.fold import fold


def one(data: bytes) -> None:
    """Read one input and check it."""
    text, context = case_of(data)
    folded = fold(text)
    found = check_spans(folded, PHONE.find(folded, context))
    if found != list(PHONE.find(fold(text), context)):
        raise Broken("a second reading differs")
    in_time(lambda: list(PHONE.find(fold(text), context)), len(text))
    half = len(text) // 2
    fields = {"title": fold(text[:half]), "body": fold(text[half:])}
    for field, item in across(fields, context):
        check_spans(fields[field], [item])


if __name__ == "__main__":
    for country in range(16):  # plans and lists are loaded once per process
        one(bytes([country, 1]) + b"call 07700 900123, oh wun foor nyne")
    target.run("phones", one)
