"""Many editions at once, built by the workers of a Dask cluster."""
