"""Old Vietnamese encodings: text set in TCVN3 or VNI fonts, told from Unicode and converted."""

import re
from collections.abc import Iterable
from unicodedata import normalize

TCVN3, VNI = "TCVN3", "VNI"
SURE = 0.9
LEAST_WORDS = 4
FEW = 0.7
_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_MARKS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ROOFED = {"á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323", "â": ""}
_SHORT = {"é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323", "ê": ""}
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_PAIR = re.compile(r"[aeouyôöAEOUYÔÖ][ùøûõïáàåãäâéèúüëêÙØÛÕÏÁÀÅÃÄÂÉÈÚÜËÊ]|[ñôöæóòîÑÔÖÆÓÒÎ]")
_SIGNS = "\xad¨©«¬®¶·¸»¼½¾×÷¡¢£¤¥¦§"
_WORD = re.compile(rf"(?:[^\W\d_]|[{_SIGNS}])+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"[aăâeêioôơuưy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def tell(lines: Iterable[str]) -> str:
    """Give the old encoding that a text is in, "TCVN3" or "VNI"; empty where it is in none.

    It is in one where few of its words with signs are Vietnamese as they stand and nearly all
    are once converted.
    """
    words = [word for line in lines for word in _marked(line)]
    if len(words) < LEAST_WORDS or _share(words) >= FEW:
        return ""
    shares = {name: _share(map(table, words)) for name, table in _TABLES.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= SURE else ""


def convert(line: str, encoding: str) -> str:
    """Give a line as Unicode; words of capitals stay in capitals."""
    return _WORD.sub(lambda match: _TABLES[encoding](match.group()), line)


def _marked(line: str) -> list[str]:
    return [word for word in _WORD.findall(line) if not word.isascii()]


def _share(words: Iterable[str]) -> float:
    told = [_is_syllable(word) for word in words]
    return sum(told) / len(told) if told else 1.0


def _is_syllable(word: str) -> bool:
    """Tell whether a word is built as a Vietnamese syllable: onset, vowels with one tone, end."""
    apart = normalize("NFD", word.casefold())
    tones = sum(sign in _TONES for sign in apart)
    bare = normalize("NFC", "".join(sign for sign in apart if sign not in _TONES))
    return tones <= 1 and bool(_SYLLABLE.fullmatch(bare))


def _from_tcvn3(word: str) -> str:
    if len(word) == 1 and word in _SIGNS:
        return word
    letters = [sign for sign in word if sign.isascii() and sign.isalpha()]
    told = "".join(_TCVN3.get(sign, sign) for sign in word)
    shouted = letters and all(sign.isupper() for sign in letters)
    return told.upper() if shouted and (len(word) > 1) else told


def _from_vni(word: str) -> str:
    return normalize("NFC", _PAIR.sub(lambda match: _letter(match.group()), word))


def _letter(pair: str) -> str:
    base, mark = pair[0], pair[1:].casefold()
    low = _ALONE.get(base.casefold(), base.casefold())
    if not mark:
        told = low
    elif mark in _MARKS:
        told = low + _MARKS[mark]
    elif mark in _ROOFED:
        told = low + "\u0302" + _ROOFED[mark]
    else:
        told = low + "\u0306" + _SHORT.get(mark, "")
    whole = normalize("NFC", told)
    return whole.upper() if base.isupper() else whole


_TABLES = {TCVN3: _from_tcvn3, VNI: _from_vni}
