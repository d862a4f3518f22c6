"""Contradiction hints: pairs of claims of one article that cannot both hold."""

from .suggester import ContradictionSuggester

__all__ = ["ContradictionSuggester"]
