"""Claims ranked by a model that learned from the annotator's own decisions."""

from ...store.trained_models import trained_model_folder
from .model import ClaimModel, load
from .suggester import TrainedClaimSuggester

__all__ = ["ClaimModel", "TrainedClaimSuggester", "load", "trained_model_folder"]
