"""doccano's JSONL, with labels as triples or with entities and relations."""
