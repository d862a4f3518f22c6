"""Prodigy's JSONL of tasks."""
