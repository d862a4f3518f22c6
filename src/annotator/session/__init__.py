"""Use cases over one open document and over the documents of a project; no user interface."""
