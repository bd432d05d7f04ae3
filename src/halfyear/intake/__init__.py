"""Intake: reads a Vietnamese report and proposes rows, which an analyst accepts or not."""
