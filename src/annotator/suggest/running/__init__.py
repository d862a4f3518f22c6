"""Asking suggesters: in worker processes, with a cache, for the open text or for a whole corpus."""
