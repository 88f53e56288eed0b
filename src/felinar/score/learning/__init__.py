"""Learn weights from outcomes, only where there are enough: off until somebody asks for it and signs the decision."""

from felinar.score.learning.calibration import Step, calibrated
from felinar.score.learning.outcomes import Outcome, outcomes_from_rows
from felinar.score.learning.weights import Learned, learn

__all__ = ["Learned", "Outcome", "Step", "calibrated", "learn", "outcomes_from_rows"]
