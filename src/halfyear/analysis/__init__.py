"""Analysis: from visible figures to verdicts, needs, paths, outlooks and ledgers."""
