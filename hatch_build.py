"""The wheel holds what a new project begins with, so that `halfyear init` needs no checkout."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Kit(BuildHookInterface[Any]):
    """Adds the kit to the wheel; an editable install finds it in its checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files and where they go."""
        if version != "standard":
            return
        root = Path(self.root)
        kit = runpy.run_path(str(root / "src" / "halfyear" / "kit.py"))
        for name in kit["names"](root):
            build_data["force_include"][str(root / name)] = f"halfyear/{kit['FOLDER']}/{name}"
