"""Every indicator that is computed, in one visible list. To add one: write its file and name it here."""

from __future__ import annotations

from felinar.score.contract import AdvertRule, OperationRule
from felinar.score.indicators import (
    apart,
    circuit,
    contact_form,
    economics,
    job_form,
    names,
    phrases,
    recruitment,
    rotation,
    scale,
    shared,
    simultaneous,
    timing,
    venue,
)

OPERATION_RULES: tuple[OperationRule, ...] = (
    names.RULE,
    rotation.RULE,
    circuit.RULE,
    apart.RULE,
    simultaneous.RULE,
    shared.TEMPLATE,
    shared.PHOTOS,
    shared.PAYMENT,
    economics.UNIFORM,
    scale.SIZE,
    scale.SITES,
    recruitment.BOTH,
    recruitment.SAME_TEXT,
    recruitment.MOVING,
    recruitment.TOWNS,
    timing.CADENCE,
    timing.BURST,
    venue.RULE,
)

# Looked at in each spell of an operation by itself: what a number handed out again would imitate.
BY_SPELL = (
    names.RULE,
    rotation.RULE,
    circuit.RULE,
    apart.RULE,
    simultaneous.RULE,
    shared.TEMPLATE,
    shared.PHOTOS,
    recruitment.SAME_TEXT,
    recruitment.MOVING,
    recruitment.TOWNS,
)

ADVERT_RULES: tuple[AdvertRule, ...] = (
    contact_form.OBSCURED,
    contact_form.SEVERAL,
    contact_form.COPIED,
    *phrases.RULES,
    economics.PAY,
    job_form.FREE,
    job_form.CHAT,
    job_form.SHORT,
    job_form.VAGUE,
)
