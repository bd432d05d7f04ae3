"""Vietnamese as reports write it: syllables, plain words, times, figures, names of the codelist."""
