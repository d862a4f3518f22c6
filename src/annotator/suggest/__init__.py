"""Candidates: suggesters that read a text and propose spans and links, with scores and reasons."""
