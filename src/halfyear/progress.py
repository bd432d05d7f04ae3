"""Progress: a line that tells how far a work has come, in both languages."""


class Line(str):
    """A line in English that carries its Vietnamese; printed as it is, it is the English one."""

    __slots__ = ("vi",)
    vi: str

    def __new__(cls, en: str, vi: str) -> "Line":
        """Make a line of its two texts."""
        line = super().__new__(cls, en)
        line.vi = vi
        return line

    def say(self, lang: str) -> str:
        """The line in a language, "vi" or "en"."""
        return self.vi if lang == "vi" else str(self)
