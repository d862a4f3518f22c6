"""Agreement between annotators: pure measures, counted a document at a time.

Each family of measures has a module that counts one document, and measures that turn counts into a
value. Counts of documents add up, so a corpus is the sum of its documents, and a bootstrap is the
sum of documents drawn by lot.
"""
