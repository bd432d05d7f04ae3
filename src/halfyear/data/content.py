"""Content: what was made of the data is made once, as long as they are the same to the byte."""

import hashlib
from collections.abc import Callable
from typing import Generic, TypeVar

from halfyear.data import lock, sheet
from halfyear.project import Project

MOST = 4
T = TypeVar("T")


class Kept(Generic[T]):
    """The last few answers of this process and its forks, each by the data it was made of."""

    def __init__(self) -> None:
        self._answers: dict[str, T] = {}

    def answer(self, project: Project, make: Callable[[Project], T]) -> T:
        """Give what was made of a project with the same data, or make it.

        What was made while the data changed is not kept.
        """
        digest = of(project)
        if digest and digest in self._answers:
            return self._answers[digest]
        made = make(project)
        if digest == of(project):
            self.keep(digest, made)
        return made

    def keep(self, digest: str, answer: T) -> None:
        """Keep what was made of data with a digest, the oldest answer making room."""
        if digest:
            for oldest in list(self._answers)[: 1 - MOST]:
                self._answers.pop(oldest, None)
            self._answers[digest] = answer


def of(project: Project) -> str:
    """sha256 of every file of the data and its name, "" where one is too large or no plain file."""
    content = hashlib.sha256()
    try:
        for path in sorted(project.data.rglob("*")):
            if path.name in (lock.NAME, lock.HOLDER):
                continue
            content.update(f"{path.relative_to(project.data).as_posix()}\0".encode())
            if path.is_dir():
                content.update(b"/")
            elif path.is_file() and path.stat().st_size <= sheet.LARGEST:
                content.update(hashlib.sha256(path.read_bytes()).digest())
            else:
                return ""
    except (OSError, UnicodeError):
        return ""
    return content.hexdigest()
