"""CoNLL-2003, IOB2 and BILOU columns: tokens with flat tags."""
