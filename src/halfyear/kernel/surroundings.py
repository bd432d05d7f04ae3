"""The surroundings of a kernel: those of this process, without the user's own settings."""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

# Settings of the user that reach into a kernel: where each tool looks for its own.
SETTINGS = (
    "MPL",
    "MATPLOTLIB",
    "IPYTHON",
    "JUPYTER",
    "JPY_",
    "PYTHON",
    "LC_",
    "LANG",
    "FORCE_COLOR",
)
KEPT = ("PYTHONPATH", "PYTHONHOME")
FIXED = {
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONNOUSERSITE": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}


def shielded(
    given: Mapping[str, str], private: Path, environ: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment of a kernel, which keeps its own files in `private`.

    `given` is added last. No start-up file, profile, configuration, locale or time zone of the
    user reaches the kernel, so that it gives the same bytes on every machine.
    """
    kept = {
        name: value
        for name, value in environ.items()
        if name in KEPT or not name.startswith(SETTINGS)
    }
    own = {
        "IPYTHONDIR": private / "ipython",
        "JUPYTER_CONFIG_DIR": private / "jupyter",
        "JUPYTER_DATA_DIR": private / "jupyter",
        "JUPYTER_RUNTIME_DIR": private / "jupyter",
        "MATPLOTLIBRC": _defaults(),
    }
    return {**kept, **FIXED, **{name: str(path) for name, path in own.items()}, **given}


def _defaults() -> Path:
    """Matplotlib's own file of settings, found without loading it."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib")
    return Path(spec.origin).parent / "mpl-data" / "matplotlibrc"
