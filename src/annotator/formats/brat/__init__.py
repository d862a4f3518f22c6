"""brat standoff: a text and its .ann file; annotation.conf (brat.nlplab.org/standoff.html)."""
