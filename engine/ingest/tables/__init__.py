"""Tables as people have them (csv, tsv, xlsx, json, jsonl, parquet, each also .gz), read as rows of text."""
