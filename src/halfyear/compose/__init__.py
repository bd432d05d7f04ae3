"""Composition: results and texts put together as one source an edition."""
