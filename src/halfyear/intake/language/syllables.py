"""Wording: Vietnamese text as folded syllables, so that spellings of one term meet."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

_SYLLABLE = re.compile(r"[^\W_]+")
_LATE = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_SAME = {"tỉ": "tỷ", "quí": "quý", "kĩ": "kỹ", "mĩ": "mỹ", "lí": "lý", "ngàn": "nghìn"}
ABBREVIATIONS = {
    "kcn": "khu công nghiệp",
    "kcx": "khu chế xuất",
    "ccn": "cụm công nghiệp",
    "kkt": "khu kinh tế",
    "xnk": "xuất nhập khẩu",
    "xk": "xuất khẩu",
    "nk": "nhập khẩu",
    "nsnn": "ngân sách nhà nước",
    "dn": "doanh nghiệp",
    "sxkd": "sản xuất kinh doanh",
    "bhxh": "bảo hiểm xã hội",
    "bhyt": "bảo hiểm y tế",
    "bhtn": "bảo hiểm thất nghiệp",
    "cntt": "công nghệ thông tin",
    "gpmb": "giải phóng mặt bằng",
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "noxh": "nhà ở xã hội",
    "đtpt": "đầu tư phát triển",
    "gtsx": "giá trị sản xuất",
    "ptsx": "phát triển sản xuất",
    "fdi": "đầu tư nước ngoài",
}
_FILLERS = tuple(
    tuple(words.split())
    for words in (
        "trên địa bàn thành phố", "trên địa bàn tỉnh", "trên địa bàn", "toàn địa bàn",
        "trên phạm vi toàn tỉnh", "của thành phố", "của tỉnh", "toàn thành phố", "toàn tỉnh",
        "cả tỉnh", "thành phố", "tỉnh", "khu vực", "hoạt động", "tổng số", "số lượng", "tổng",
        "số", "và", "của", "các", "về", "ngành", "từ", "những", "trực tiếp", "theo", "toàn",
        "nghiệp liên quan", "lĩnh vực", "hằng năm",
    )
)  # fmt: skip
_ALIKE = {("lâm", "nghiệp"): "lâm", ("ngư", "nghiệp"): "thủy sản", ("nông", "nghiệp"): "nông"}
_PARTING = re.compile(r"[,;:–/-]|\bvà\b", re.IGNORECASE)
_ASIDE = re.compile(r"\(\s*[A-ZĐ][A-ZĐa-z]{1,6}(?:\s+Index)?\s*\)")


@dataclass(frozen=True)
class Word:
    """A folded syllable, where it stands, and whether a comma, dash or "và" stands before it."""

    text: str
    start: int
    end: int
    parted: bool = False


def fold(syllable: str) -> str:
    """Fold case, the place of the tone mark and i/y, e.g. "Hoá" and "hóa"."""
    low = syllable.casefold()
    if not low.startswith("qu"):
        for late, early in _LATE.items():
            if low.endswith(late):
                low = low[: -len(late)] + early
                break
    return _SAME.get(low, low)


def words(text: str) -> Iterator[Word]:
    """Give every folded syllable of a text."""
    for match in _SYLLABLE.finditer(text):
        yield Word(fold(match.group()), match.start(), match.end())


def folded(text: str) -> str:
    """Give the folded syllables of a text with single spaces."""
    return " ".join(word.text for word in words(text))


def asides(text: str) -> list[tuple[int, int]]:
    """Give where abbreviations stand in brackets, as in "… trên địa bàn (GRDP)"."""
    return [match.span() for match in _ASIDE.finditer(text)]


def content(text: str, names: Iterable[str] = ()) -> list[Word]:
    """Give the syllables that tell terms apart: no fillers, abbreviations written out.

    names are further fillers, such as the name of the place.
    """
    aside = asides(text)
    spread: list[Word] = []
    for word in words(text):
        if any(start <= word.start < end for start, end in aside):
            continue
        parts = ABBREVIATIONS.get(word.text, word.text).split()
        spread.extend(Word(part, word.start, word.end) for part in parts)
    kept = list(_kept(spread, _fillers(tuple(names))))
    return [
        Word(word.text, word.start, word.end, bool(_PARTING.search(text[before.end : word.start])))
        for before, word in zip([Word("", 0, 0), *kept], kept, strict=False)
    ]


@cache
def _fillers(names: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """Give the fillers by their first syllable, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for filler in (*(tuple(folded(name).split()) for name in names), *_FILLERS):
        if filler:
            found.setdefault(filler[0], []).append(filler)
    return {first: sorted(fillers, key=len, reverse=True) for first, fillers in found.items()}


def _kept(spread: list[Word], fillers: dict[str, list[tuple[str, ...]]]) -> Iterator[Word]:
    at = 0
    while at < len(spread):
        skip = next(
            (
                len(filler)
                for filler in fillers.get(spread[at].text, ())
                if tuple(word.text for word in spread[at : at + len(filler)]) == filler
            ),
            0,
        )
        pair = tuple(word.text for word in spread[at : at + 2])
        if skip:
            at += skip
        elif pair in _ALIKE:
            one, two = spread[at], spread[at + 1]
            for part in _ALIKE[pair[0], pair[1]].split():
                yield Word(part, one.start, two.end)
            at += 2
        else:
            yield spread[at]
            at += 1
