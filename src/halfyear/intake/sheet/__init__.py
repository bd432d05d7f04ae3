"""The review sheet: written for the analyst, ticked, read back."""
