"""Nouns and their rules: no files, no clock, no SQL."""
