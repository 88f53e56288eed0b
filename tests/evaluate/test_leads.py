from collections import Counter

from felinar.evaluate.leads import judge_leads, score_leads

SIZES = {"A": 10, "B": 10, "I": 1, "M": 30}
KINDS = {"A": "coerced_services", "B": "coerced_recruitment", "I": "independent", "M": "managed"}


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
    score = score_leads(judged({"I": 1}, {"A": 9}, {"M": 30}, {"B": 8}), planted=2)
    assert score.precision[20] == 0.5
    assert score.found[20] == 2
    assert score.private_share[20] == 0.25
    assert score.false_by_kind[20] == {"independent": 1, "managed": 1}
    assert score.average_precision == (1 / 2 + 2 / 4) / 2


def test_no_leads_is_no_error() -> None:
    assert score_leads([], planted=0).average_precision == 0.0
