"""What adverts do, by indicator: the words that follow "9 of 12 adverts (75 %)", or "1 of 12 adverts". Plural verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from felinar.score.words import percent, share

SAYS = {
    "ADV_OBSCURED_CONTACT": "write the contact in a disguised way",
    "ADV_MULTI_PERSON": "offer more than one person",
    "ADV_COPIED_TEXT": "carry a text that somebody else posted before",
    "ADV_TRUST_LANGUAGE": "claim to be genuine or trustworthy",
    "ADV_THIRD_PERSON": "are written in the voice of a team or of a third person",
    "ADV_ROTATING_STAFF": "promise new people every week",
    "ADV_ALWAYS_AVAILABLE": "offer to be available round the clock",
    "ADV_MOVEMENT": "say that somebody is new in town or leaving soon",
    "ADV_SCREENING": "ask callers to introduce themselves or to show their number",
    "ADV_RESTRICTED_PLACE": "say that meetings are only at the poster's premises, or only at hotels",
    "CTR_INDEPENDENT_SIGNS": "say that the person works independently",
    "JOB_PAY_TOO_GOOD": "promise pay far above comparable offers",
    "JOB_FREE_MAIL_OR_MESSENGER": "give a free mail address or a shortened link",
    "JOB_CHAT_ONLY": "can be answered only by a chat application",
    "JOB_SHORT_TEXT": "are far shorter than the job adverts of this pile",
    "JOB_VAGUE_EMPLOYER": "do not let the reader find out who the employer is",
    "JOB_NO_EXPERIENCE": "ask for no experience",
    "JOB_NO_LANGUAGE": "say that the language of the country is not needed",
    "JOB_ACCOMMODATION": "come with accommodation by the employer",
    "JOB_TRAVEL_PAID": "have the journey arranged or advanced",
    "JOB_DOCUMENTS": "handle documents or ask for them early",
    "JOB_FEE": "ask the worker for a fee or a deposit",
    "JOB_DEDUCTIONS": "take costs from the wages",
    "JOB_URGENCY": "press for a quick start",
    "JOB_CASH": "pay in cash or by the day",
    "JOB_ABROAD": "are about work abroad",
    "JOB_ROLE_RISK": "are for a kind of work in which exploitation was often found",
    "JOB_AGE_GENDER": "limit who may apply by age or gender",
    "JOB_CONTRACT_LATER": "give the contract on arrival or not at all",
    "CTR_REGULAR_JOB": "show signs of a regular offer",
}


# Only adverts of an indicator's domain are counted, so the sentence names them.
NOUNS = {"jobs": "job offers", "services": "service adverts", "both": "adverts"}


def because_of_share(says: str, domain: str, evidence: Mapping[str, Any]) -> str:
    """Return the sentence for what a share of an operation's adverts does."""
    shown, of, nouns = evidence["adverts"], evidence["of"], NOUNS[domain]
    all_of_them = f"Both {nouns}" if of == 2 else f"All {of:,} {nouns}"
    who = all_of_them if shown == of else f"{shown:,} of {of:,} {nouns} ({share(shown, of)})"
    return f"{who} {says}; of the other {nouns} in the pile {percent(evidence['usual'])} do{_nearer(evidence)}."


def _nearer(evidence: Mapping[str, Any]) -> str:
    """Return what is usual on its sites and in its countries, where that differs from the pile."""
    parts = [
        f"{place} {percent(evidence[name])}"
        for name, place in (("sites", "on its sites"), ("countries", "in its country"))
        if name in evidence and percent(evidence[name]) != percent(evidence["usual"])
    ]
    return f" ({', '.join(parts)})" if parts else ""
