"""Raw lines, as the readers of the kinds of files give them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Raw:
    """A line of text and its page, 0 where there are no pages.

    pictured tells that the page is a picture, or set so that its text cannot be read.
    """

    text: str
    page: int = 0
    pictured: bool = False


class Unreadable(Exception):
    """A file cannot be read: what is wrong, what was found, how to mend it."""

    def __init__(self, what: str, found: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what, self.found, self.mend = what, found, mend
