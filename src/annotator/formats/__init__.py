"""Interchange: one module a format, each with a reader and a writer, and their registry."""
