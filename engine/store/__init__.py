"""The encrypted workspace file: one module per noun, one writer, ordered migrations."""
