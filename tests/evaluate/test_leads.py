from collections import Counter

from felinar.evaluate.leads import group_of, judge_leads, score_leads

SIZES = {"A": 10, "B": 10, "I": 1, "M": 30}
KINDS = {"A": "coerced_services", "B": "coerced_recruitment", "I": "independent", "M": "managed"}
GROUPS = {name: group_of(KINDS[name], SIZES[name]) for name in ("A", "B")}


def judged(*leads: dict[str, int]):
    return judge_leads([Counter(lead) for lead in leads], SIZES, KINDS, {"A", "B"})


def test_a_lead_counts_when_it_is_mostly_one_coerced_operation_with_a_fifth_of_it_inside() -> None:
    verdicts = judged({"A": 2, "I": 1}, {"B": 1}, {"B": 5, "M": 5})
    assert [v.credited for v in verdicts] == ["A", "", ""]


def test_an_operation_is_credited_once() -> None:
    verdicts = judged({"A": 5}, {"A": 5})
    assert [v.credited for v in verdicts] == ["A", ""]
    assert verdicts[1].kind == "coerced_services (part or repeated)"


def test_the_score_counts_private_persons_and_false_leads() -> None:
    score = score_leads(judged({"I": 1}, {"A": 9}, {"M": 30}, {"B": 8}), GROUPS)
    assert score.precision[20] == 0.5
    assert score.found[20] == 2
    assert score.private_share[20] == 0.25
    assert score.false_by_kind[20] == {"independent": 1, "managed": 1}
    assert score.average_precision == (1 / 2 + 2 / 4) / 2


def test_what_is_read_is_counted_in_adverts() -> None:
    score = score_leads(judged({"I": 1}, {"A": 9}, {"M": 30}, {"B": 10}), GROUPS)
    assert score.found_per_1000_adverts[20] == 1000 * 2 / 50


def test_whoever_is_glued_to_a_found_operation_is_exposed_too() -> None:
    exposed = score_leads(judged({"A": 9, "I": 1}, {"M": 30}), GROUPS).exposed[20]
    assert (exposed.leads, exposed.adverts, exposed.private_leads) == (1, 30, 0)
    assert (exposed.operations, exposed.private_operations) == (2, 1)


def test_what_was_found_is_told_by_kind_and_by_size() -> None:
    groups = {"A": group_of("coerced_services", 6), "B": group_of("coerced_recruitment", 16)}
    found = score_leads(judged({"A": 9}), groups).found_by_group
    assert found == {
        "coerced_recruitment": (0, 1),
        "coerced_services": (1, 1),
        "over 15 adverts": (0, 1),
        "up to 6 adverts": (1, 1),
    }


def test_no_leads_is_no_error() -> None:
    score = score_leads([], {})
    assert (score.average_precision, score.precision[20], score.found_per_1000_adverts[100]) == (0.0, 0.0, 0.0)
