"""Charts of the briefing and the notebooks: a finding as title, labels on the marks."""
