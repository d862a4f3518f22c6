"""Claims worth a check: features of a sentence, their weights, and who says it."""

from .suggester import ClaimSuggester

__all__ = ["ClaimSuggester"]
