"""Measures an export against a truth: links, telephone numbers, leads, and whom the leads expose."""

from felinar.evaluate.measure import evaluate
from felinar.evaluate.scorecard import SYNTHETIC, Scorecard

__all__ = ["SYNTHETIC", "Scorecard", "evaluate"]
