"""W3C Web Annotation JSON-LD (www.w3.org/TR/annotation-model)."""
