"""The layout of a report: its head, its paragraphs and sections."""
