"""Kernels of the notebooks: shielded from the user's own settings, limited, forked where it can."""
