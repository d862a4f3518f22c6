"""spaCy's binary corpora (.spacy)."""
