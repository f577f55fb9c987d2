"""Text of other programs, read and written; knows nothing of the store."""
