"""The table of base rates beside the ranks."""

from felinar.score.base_rates import base_rates

HITS = [
    (1, "OP_SIZE"),
    (2, "OP_SIZE"),
    (3, "OP_SIZE"),
    (1, "OP_CIRCUIT"),
    (9, "POSSIBLE_MINOR"),
    (1, "GONE_FROM_REGISTRY"),
]


def test_each_sign_stands_with_its_share_of_the_leads_and_of_all_linked_operations() -> None:
    rates = base_rates(HITS, linked=[1, 2, 3, 4], leads=[1])
    assert [(r.indicator, r.leads_share, r.operations_share) for r in rates] == [
        ("OP_SIZE", 1000, 750),
        ("OP_CIRCUIT", 1000, 250),
        ("POSSIBLE_MINOR", 0, 0),
    ]
    assert " ".join(rates[0].line.split()) == "100 % of leads 75 % of all Advert volume"


def test_nothing_found_is_an_empty_table() -> None:
    assert base_rates([], linked=[], leads=[]) == []
