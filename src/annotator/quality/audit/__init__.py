"""Audits: what is still open in an article, and reports of it for people and programs."""
