"""Self-contained HTML pages: what exports, audits, agreement and statistics have in common.

``page`` is the frame with style sheet and content security policy, ``escaping`` makes text from
files safe, ``tables`` and ``heat_map`` are the parts that several reports show. A page asks for
nothing from elsewhere, reads in light, dark and print, and works without a mouse.
"""
