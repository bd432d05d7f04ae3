"""Names in two languages: the Vietnamese part of what a table prints with its English."""

import re

_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?",
    re.IGNORECASE,
)
_LINKS = frozenset(
    ("and", "at", "by", "for", "in", "less", "non", "of", "on", "prel", "the", "to", "which")
)
_DASH = re.compile(r"\s[-–/]\s|/")
SHORTEST = 5  # letters of an English word that is no abbreviation


def native(text: str) -> str:
    """Give a text without the English that follows the Vietnamese, the rest blanked.

    English is what follows a dash without a Vietnamese letter, or ends the text with two words
    that are no Vietnamese syllables. A text of one language stays as it is.
    """
    words = list(_WORD.finditer(text))
    if not any(map(_accented, words)):
        return text
    for dash in _DASH.finditer(text):
        after = [word for word in words if word.start() >= dash.end()]
        if any(map(_english, after)) and not any(map(_accented, after)):
            return _cut(text, dash.start())
    tail = _tail(words)
    english = [word for word in tail if _english(word)]
    return _cut(text, english[0].start()) if len(english) > 1 else text


def _tail(words: "list[re.Match[str]]") -> "list[re.Match[str]]":
    found: list[re.Match[str]] = []
    for word in reversed(words):
        if _accented(word) or not (_english(word) or word.group().casefold() in _LINKS):
            break
        found.insert(0, word)
    return found


def _accented(word: "re.Match[str]") -> bool:
    return not word.group().isascii()


def _english(word: "re.Match[str]") -> bool:
    text = word.group()
    return text.isascii() and len(text) >= SHORTEST and _SYLLABLE.fullmatch(text) is None


def _cut(text: str, at: int) -> str:
    return text[:at] + " " * (len(text) - at)
