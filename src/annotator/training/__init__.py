"""Fitting a claim model and judging it on documents it has not seen; numpy is imported here."""
