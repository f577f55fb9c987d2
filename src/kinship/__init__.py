"""kinship: remember the people you meet, and stay in touch."""

__version__ = "0.1.0"
