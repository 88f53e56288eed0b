"""Indicators that a phrase speaks for. The phrases stand in the lexicon; each names the only indicator it is for.

Refuted ones are here too: people will ask for them, and the note beside them is the answer. They weigh nothing.
"""

from __future__ import annotations

from felinar.score.contract import AdvertRule

RULES = (
    AdvertRule("ADV_TRUST_LANGUAGE", "claim to be genuine or trustworthy"),
    AdvertRule("ADV_THIRD_PERSON", "are written in the voice of a team or of a third person"),
    AdvertRule("ADV_ROTATING_STAFF", "promise new people every week"),
    AdvertRule("ADV_ALWAYS_AVAILABLE", "offer to be available round the clock"),
    AdvertRule("ADV_MOVEMENT", "say that somebody is new in town or leaving soon"),
    AdvertRule("ADV_SCREENING", "ask callers to introduce themselves or to show their number"),
    AdvertRule("CTR_INDEPENDENT_SIGNS", "say that the person works independently"),
    AdvertRule("JOB_NO_EXPERIENCE", "ask for no experience"),
    AdvertRule("JOB_NO_LANGUAGE", "say that the language of the country is not needed"),
    AdvertRule("JOB_ACCOMMODATION", "offer accommodation by the employer"),
    AdvertRule("JOB_TRAVEL_PAID", "offer to arrange or advance the journey"),
    AdvertRule("JOB_DOCUMENTS", "offer to handle documents or ask for them early"),
    AdvertRule("JOB_FEE", "ask the worker for a fee or a deposit"),
    AdvertRule("JOB_DEDUCTIONS", "take costs from the wages"),
    AdvertRule("JOB_URGENCY", "press for a quick start"),
    AdvertRule("JOB_CASH", "pay in cash or by the day"),
    AdvertRule("JOB_ABROAD", "are about work abroad"),
    AdvertRule("JOB_AGE_GENDER", "limit who may apply by age or gender"),
    AdvertRule("JOB_CONTRACT_LATER", "give the contract on arrival or not at all"),
    AdvertRule("CTR_REGULAR_JOB", "show signs of a regular offer"),
)
