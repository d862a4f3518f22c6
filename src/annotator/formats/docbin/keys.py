"""What the reader and the writer of spaCy's corpora must agree on."""

from __future__ import annotations

DEFAULT_KEY = "sc"
"""Key of ``doc.spans`` that spaCy's span categorizer reads unless told otherwise."""
REJECTED_KEY = "rejected"
"""Key of ``doc.spans`` for candidates that were turned down."""
ENTITIES = "ents"
"""Stands for ``doc.ents`` where a key of ``doc.spans`` is named."""
GROUP = "spacy_group"
"""Key of a span's ``extra``: the key of ``doc.spans`` it was read from, if not the default."""
CATS = "cats"
"""Key of a document's ``meta``: its ``doc.cats``."""
USER_DATA = "user_data"
"""Key of a document's ``meta``: what somebody else keeps in its ``doc.user_data``."""
EXTENSION = "._."
"""First part of the keys under which spaCy keeps extension attributes in ``doc.user_data``."""
