"""One span a row: CSV, TSV, JSONL, Parquet; what rows cannot say lies in a file beside them."""
