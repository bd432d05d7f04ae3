"""Documents: Word, PDF and text files read as numbered lines."""
