"""Processes that are forked from one which has loaded what they need, where the system can."""
