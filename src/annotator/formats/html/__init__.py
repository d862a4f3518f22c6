"""HTML: self-contained pages with an article's highlights, to be read in a browser or printed.

``article`` renders an annotated text as a fragment, ``article_page`` puts fragments into a page;
frame and style sheet are those of every page (``annotator.pages``).
"""
