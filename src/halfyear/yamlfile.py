"""YAML files: read strictly, so that nothing in them is lost, repeated or grows beyond measure."""

from collections.abc import Hashable
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

LARGEST = 2_000_000


class Unreadable(Exception):
    """A file that is no plain YAML: why, in both languages, and where."""

    def __init__(self, en: str, vi: str, row: int | None = None, found: str = "") -> None:
        super().__init__(en)
        self.en, self.vi, self.row, self.found = en, vi, row, found


def read(path: Path) -> Any:
    """Read a YAML file of plain values; raises Unreadable, also for keys twice and aliases.

    A missing file raises FileNotFoundError, one that may not be read PermissionError.
    """
    raw = _bytes(path)
    try:
        return yaml.load(raw.decode("utf-8-sig"), Loader=_Plain)
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        found = f"byte {raw[error.start]:#04x}"
        raise Unreadable("not UTF-8", "không mã hóa UTF-8", row, found) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else None
        found = str(getattr(error, "problem", "") or str(error).splitlines()[0])
        raise Unreadable("not readable as YAML", "không đúng YAML", line, found) from error
    except RecursionError as error:
        raise Unreadable("nested too deeply", "lồng nhau quá sâu") from error
    except ValueError as error:  # a date such as 2026-02-30
        found = str(error)
        raise Unreadable("a value that cannot be", "giá trị không thể có", None, found) from error


def parse(text: str) -> Any:
    """Read YAML of the project quickly; raises yaml.YAMLError, also where a key stands twice."""
    return yaml.load(text, Loader=_Quick)


def packed(package: str, name: str) -> Any:
    """Read a YAML file that lies beside the modules of a package."""
    return parse((files(package) / name).read_text(encoding="utf-8"))


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise Unreadable("not a plain file", "không phải tệp thường", found=path.name)
    if path.stat().st_size > LARGEST:
        found = f"{path.stat().st_size} bytes"
        raise Unreadable(f"above {LARGEST} bytes", f"lớn hơn {LARGEST} byte", found=found)
    return path.read_bytes()


class _Once(yaml.constructor.SafeConstructor):
    """Refuses a key that stands twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    mark = key_node.start_mark
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key} stands twice", mark
                    )
                seen.add(key)
        return super().construct_mapping(node, deep)


class _Plain(_Once, yaml.SafeLoader):
    """Refuses an alias, too, of which a few lines make millions."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.get_mark()
            raise yaml.constructor.ConstructorError(None, None, "an alias (*)", mark)
        return super().compose_node(parent, index)


class _Quick(_Once, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The parser in C, where PyYAML was built with it."""
