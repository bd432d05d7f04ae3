"""The dossier of an edition: all that is known of it before anything is put into words."""

from collections.abc import Iterable

from halfyear.analysis import changes
from halfyear.edition import Edition
from halfyear.results import Results


def dossier(edition: Edition, notebooks: Iterable[Results]) -> Results:
    """What the notebooks left, every printed figure, and what changed since an earlier edition.

    Raises BuildError where two different results bear one name.
    """
    results = Results()
    for saved in notebooks:
        results.merge(saved)
    results.add(*edition.printed())
    results.merge(changes.study(edition).results())
    return results
