"""The server of a preview: shows the last good page and what is wrong since, and watches saves."""

import asyncio
import html
import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.web import Application, RequestHandler
from watchfiles import DefaultFilter, awatch

from halfyear.errors import BuildError, Problem

HERE = "127.0.0.1"
SETTLED = 50  # milliseconds without a further save until the page is made
Made = tuple[Path | None, list[str]]


@dataclass
class State:
    """What a browser is shown: a page, what is wrong since, and how often either changed."""

    page: Path | None = None
    wrong: list[str] = field(default_factory=list)
    turn: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def show(self, made: Made) -> None:
        """Show what was made; the last page stays where nothing was."""
        page, self.wrong = made
        self.page = page or self.page
        async with self.changed:
            self.turn += 1
            self.changed.notify_all()

    async def after(self, turn: int) -> None:
        """Wait until it is no longer as after so many changes."""
        async with self.changed:
            await self.changed.wait_for(lambda: self.turn != turn)

    def told(self) -> str:
        """The state as one JSON text."""
        return json.dumps({"turn": self.turn, "wrong": self.wrong}, ensure_ascii=False)


class Shell(RequestHandler):
    """The frame around the page, with its script."""

    def initialize(self, lang: str, title: str) -> None:
        """Take what the frame says."""
        self.lang, self.title = lang, title

    def get(self) -> None:
        """Give the frame."""
        text = (files("halfyear.preview") / "shell.html").read_text(encoding="utf-8")
        for name, value in (("lang", self.lang), ("title", self.title)):
            text = text.replace(f"{{{{ {name} }}}}", html.escape(value))
        self.write(text)


class Page(RequestHandler):
    """The last good page."""

    def initialize(self, state: State) -> None:
        """Take the state."""
        self.state = state

    def get(self) -> None:
        """Give the page; nothing yet where none was made."""
        self.set_header("Cache-Control", "no-store")
        self.write(self.state.page.read_bytes() if self.state.page else b"")


class Events(RequestHandler):
    """Server-sent events: one at once, and one whenever the state changes."""

    def initialize(self, state: State) -> None:
        """Take the state."""
        self.state = state

    async def get(self) -> None:
        """Tell the state until the browser goes."""
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        told = -1
        with suppress(StreamClosedError, asyncio.CancelledError):
            while True:
                await self.state.after(told)
                told = self.state.turn
                self.write(f"data: {self.state.told()}\n\n")
                await self.flush()


class Saves(DefaultFilter):
    """Saves that concern an edition: no temporary files of editors, nothing that is built."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, "build", ".ipynb_checkpoints")
    ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"^\.", r"^~\$")


def _taken(port: int, error: OSError) -> BuildError:
    found, free = f"{port}: {error.strerror}", "--port 0 takes a free one"
    vietnamese = Problem(
        "không mở được cổng của trang xem trước", found=found, mend="--port 0 chọn một cổng trống"
    )
    what = "the port of the preview cannot be opened"
    return BuildError(Problem(what, found=found, mend=free, vi=vietnamese))


async def serve(
    folders: list[Path],
    make: Callable[[], Made],
    ready: Callable[[str], None],
    *,
    lang: str,
    title: str,
    port: int = 0,
) -> None:
    """Serve a page on this machine alone, and make it anew whenever something in folders is saved.

    `make` gives the page, or None and the lines that tell what is wrong; `ready` is told the
    address, once. Raises BuildError where the port is taken.
    """
    state, loop = State(), asyncio.get_running_loop()
    maker = ThreadPoolExecutor(1)  # the loop would wait for one of its own when it is interrupted
    try:
        door = socket.create_server((HERE, port))
    except OSError as error:
        raise _taken(port, error) from error
    server = HTTPServer(
        Application(
            [
                ("/", Shell, {"lang": lang, "title": title}),
                ("/page", Page, {"state": state}),
                ("/events", Events, {"state": state}),
            ]
        )
    )
    door.setblocking(False)
    server.add_socket(door)
    watched = awatch(*folders, watch_filter=Saves(), debounce=SETTLED * 4, step=SETTLED)
    ready(f"http://{HERE}:{door.getsockname()[1]}/")
    await state.show(await loop.run_in_executor(maker, make))
    async for _ in watched:
        await state.show(await loop.run_in_executor(maker, make))
