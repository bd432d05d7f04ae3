"""The verbs of the command `halfyear`, one module a group of verbs."""
