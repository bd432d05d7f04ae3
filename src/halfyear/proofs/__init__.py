"""Proofs about a finished build: coverage, parity of the languages, the build made again."""
