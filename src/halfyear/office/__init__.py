"""What offices live in: the briefing as Word documents and the annex as an Excel workbook."""
