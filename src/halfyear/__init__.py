"""Bilingual half-year report: from tidy data to notebooks, briefing and manifest."""
