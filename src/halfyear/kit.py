"""The kit: the files that every project has alike, with which a new one begins."""

from pathlib import Path

FOLDER = "kit"  # in the package, where a wheel was installed
PATTERNS = (
    ".gitattributes",
    ".gitignore",
    "LICENSE",
    "_quarto*.yml",
    "data/README.md",
    "data/datapackage.json",
    "data/groups.csv",
    "data/indicators.csv",
    "data/places.csv",
    "data/units.csv",
    "environment.yml",
    "notebooks/README.md",
    "notebooks/[0-9][0-9]_*.ipynb",
    "params/README.md",
    "report/*.lua",
    "report/filters/*.lua",
    "report/fonts/*.*",
    "report/templates/*.*",
    "report/texts/*.yml",
    "requirements.lock",
)


def root() -> Path:
    """Folder that holds the kit: in the installed package, else the checkout around it."""
    package = Path(__file__).resolve().parent
    installed = package / FOLDER
    return installed if installed.is_dir() else package.parents[1]


def names(root: Path) -> list[str]:
    """Files of the kit below a folder, by their names with /."""
    found = {path for pattern in PATTERNS for path in root.glob(pattern) if path.is_file()}
    return sorted(path.relative_to(root).as_posix() for path in found)
