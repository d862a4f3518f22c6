"""HTML: self-contained pages with an article's highlights, to be read in a browser or printed.

``article`` renders an annotated text as a fragment, ``page`` puts fragments into a page. Reports of
other parts of the program use both.
"""
