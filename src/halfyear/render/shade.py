"""The dark partner of a colour: the same hue, with light and dark exchanged."""

from math import cbrt

BACKGROUND, LIGHTEST = 0.20, 0.94  # OKLab lightness of the dark page and of its text


def variable(colour: str) -> str:
    """Name of the CSS variable that stands for `colour` (`#rrggbb`)."""
    return f"--c-{colour[1:]}"


def dark(colour: str) -> str:
    """The colour that reads on a dark page as `colour` (`#rrggbb`) reads on a white one.

    OKLab (Ottosson 2020): dark tones are lifted, pale tones sink to the page, tones between
    (lightness 0.55 to 0.8) are light enough for both and stay.
    """
    lightness, a, b = _oklab(colour)
    if lightness < 0.55:
        lightness = LIGHTEST - lightness * 0.55
    elif lightness > 0.8:
        lightness = BACKGROUND + (1 - lightness) * 1.1
        a, b = a * 0.7, b * 0.7
    return _hex(lightness, a, b)


def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _hex(lightness: float, a: float, b: float) -> str:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(channel)):02x}" for channel in channels)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    value = min(max(value, 0.0), 1.0)
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
