"""The reader: what each figure of a report is, as proposals with reasons."""
