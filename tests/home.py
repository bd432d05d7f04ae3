"""A user whose own settings would change what is drawn, shown and printed."""

from pathlib import Path

FILES = {
    ".config/matplotlib/matplotlibrc": "savefig.bbox: tight\npath.sketch: 1, 100, 2\n",
    ".ipython/profile_default/startup/00.py": "import pandas\n"
    "pandas.set_option('display.max_columns', 3, 'display.max_colwidth', 9)\n",
    ".jupyter/jupyter_config.py": "raise SystemExit('the user')",
}


def surroundings(home: Path) -> dict[str, str]:
    """Write the settings into a home, and give the variables that lead to them."""
    for name, text in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return {
        "HOME": str(home),
        "TZ": "Pacific/Apia",
        "PYTHONSTARTUP": "nowhere.py",
        "MATPLOTLIBRC": str(home / ".config" / "matplotlib"),
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
    }
