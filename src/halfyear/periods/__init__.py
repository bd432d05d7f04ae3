"""Periods: from one period to the next, its files, its workbook and what changed."""
