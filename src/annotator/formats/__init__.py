"""Interchange: one module a format, each with a reader and a writer, and their registry.

``base`` says what flows and what a format is, ``aspects`` what there is to lose, ``loss`` what a
format loses of a record. A new format is a module with a :class:`~.base.Format` and a line in
``registry``, or an entry point of another package.
"""
