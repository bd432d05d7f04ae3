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
    """A file cannot be read: the code of the refusal and what fills the gaps of its texts."""

    def __init__(self, code: str, **slots: object) -> None:
        super().__init__(code)
        self.code, self.slots = code, slots
