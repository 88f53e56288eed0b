"""Indicators that a phrase speaks for. The phrases stand in the lexicon; each names the only indicator it is for.

Refuted ones are here too: people will ask for them, and the note beside them is the answer. They weigh nothing.
"""

from __future__ import annotations

from felinar.score.contract import AdvertRule

RULES = (
    AdvertRule("ADV_TRUST_LANGUAGE"),
    AdvertRule("ADV_THIRD_PERSON"),
    AdvertRule("ADV_ROTATING_STAFF"),
    AdvertRule("ADV_ALWAYS_AVAILABLE"),
    AdvertRule("ADV_MOVEMENT"),
    AdvertRule("ADV_SCREENING"),
    AdvertRule("ADV_RESTRICTED_PLACE"),
    AdvertRule("CTR_INDEPENDENT_SIGNS"),
    AdvertRule("JOB_NO_EXPERIENCE"),
    AdvertRule("JOB_NO_LANGUAGE"),
    AdvertRule("JOB_ACCOMMODATION"),
    AdvertRule("JOB_TRAVEL_PAID"),
    AdvertRule("JOB_DOCUMENTS"),
    AdvertRule("JOB_FEE"),
    AdvertRule("JOB_DEDUCTIONS"),
    AdvertRule("JOB_URGENCY"),
    AdvertRule("JOB_CASH"),
    AdvertRule("JOB_ABROAD"),
    AdvertRule("JOB_ROLE_RISK"),
    AdvertRule("JOB_AGE_GENDER"),
    AdvertRule("JOB_CONTRACT_LATER"),
    AdvertRule("CTR_REGULAR_JOB"),
)
