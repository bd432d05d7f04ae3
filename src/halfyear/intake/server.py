"""The server of a review: one desk, for browsers of this machine that know its address."""

import asyncio
import hmac
import json
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from halfyear import signals
from halfyear.errors import HalfyearError
from halfyear.intake.desk import DOCUMENT, PAGE, Desk, Stale
from halfyear.intake.words import say

HOST = "127.0.0.1"
LARGEST = 200_000
STALE, UNFIT, REFUSED = 409, 422, 403
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Door:
    """What a request must show: the token in its path, this host and, where told, this origin."""

    def __init__(self, port: int) -> None:
        self.token = secrets.token_urlsafe(24)
        self.host = f"{HOST}:{port}"

    @property
    def address(self) -> str:
        """The address of the page."""
        return f"http://{self.host}/{self.token}/"

    def admits(self, request: HTTPServerRequest) -> bool:
        """Tell whether a request is one of the page's own, or opens the page."""
        token = request.path.split("/")[1] if request.path.startswith("/") else ""
        headers = request.headers
        return (
            hmac.compare_digest(token.encode(), self.token.encode())
            and headers.get_list("Host") == [self.host]
            and headers.get("Origin", f"http://{self.host}") == f"http://{self.host}"
            and (
                headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
                or self._opens(request)
            )
        )

    def _opens(self, request: HTTPServerRequest) -> bool:
        """Tell whether a link leads a tab to the page, as that of the file in doorway does."""
        headers = request.headers
        return (
            request.method == "GET"
            and request.path == f"/{self.token}/"
            and headers.get("Sec-Fetch-Mode") == "navigate"
            and headers.get("Sec-Fetch-Dest") == "document"
        )


class Handler(RequestHandler):
    """Answers to who may ask; everybody else is refused."""

    def initialize(self, desk: Desk, door: Door, work: "Work") -> None:
        """Take what all requests share."""
        self.desk, self.door, self.work = desk, door, work

    def set_default_headers(self) -> None:
        """Let nothing be kept, framed, guessed or shared."""
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse a request without the token, from another host or origin."""
        if not self.door.admits(self.request):
            self._refuse(REFUSED, "server.refused")
        elif self.request.method == "POST" and not self._is_json():
            self._refuse(415, "server.not_json")

    def _is_json(self) -> bool:
        kind = self.request.headers.get("Content-Type", "")
        return kind.partition(";")[0].strip().lower() == "application/json"

    def _refuse(self, status: int, key: str) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(say(self.desk.telling.lang, key) + "\n")

    def get(self, *_: str) -> None:
        """There is nothing at any other path."""
        self._refuse(404, "server.nothing_here")

    post = get

    async def answer(self, doing: Callable[[], dict[str, Any]]) -> None:
        """Do something at the desk and answer with what came of it, refusals included."""
        try:
            content = await self.work.at_desk(doing)
        except HalfyearError as error:
            self.set_status(STALE if isinstance(error, Stale) else UNFIT)
            content = {"problems": self.desk.told(error.problems)}
            if isinstance(error, Stale):
                content |= await self.work.at_desk(self.desk.state)
        self.told(content)

    def told(self, content: dict[str, Any]) -> None:
        """Answer with JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(content, ensure_ascii=False))


class Shown(Handler):
    """The page."""

    def get(self, *_: str) -> None:
        """Send the page as it lies in the folder of the review."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish((self.desk.folder / PAGE).read_bytes())


class State(Handler):
    """The rows as they stand."""

    async def get(self, *_: str) -> None:  # type: ignore[override]
        """Send all rows."""
        await self.answer(self.desk.state)


class Check(Handler):
    """What is wrong with the ticked rows and with one that is looked at."""

    async def get(self, *_: str) -> None:  # type: ignore[override]
        """Try to take the rows in, in a copy of the data."""
        row = self.get_query_argument("row", "0")
        place = self.get_query_argument("place", "")
        sheet = await self.work.at_desk(
            partial(self.desk.ticked, int(row) if row.isdecimal() else 0)
        )
        try:
            problems = await self.work.trial(partial(self.desk.wrong, sheet, place))
        except HalfyearError as error:
            problems = self.desk.told(error.problems)
        self.told({"problems": problems})


class Change(Handler):
    """A change of a row, of the document, or of the data."""

    async def post(self, *words: str) -> None:  # type: ignore[override]
        """Make the change that the path names."""
        try:
            asked = _Asked(json.loads(self.request.body))
        except (ValueError, TypeError, KeyError, AttributeError):
            self._refuse(400, "server.not_json")
            return
        await self.answer(partial(getattr(asked, words[0]), self.desk))


class _Asked:
    """The content of a request for a change; raises TypeError or ValueError where it is none."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.seen = int(content["revision"])
        self.number = int(content.get("row", DOCUMENT))
        self.again = content.get("again") is True
        self.place = str(content.get("place", ""))
        self.cells = {str(name): str(cell) for name, cell in content.get("cells", {}).items()}

    def row(self, desk: Desk) -> dict[str, Any]:
        return desk.write(self.seen, self.number, self.cells, again=self.again)

    def source(self, desk: Desk) -> dict[str, Any]:
        return desk.write(self.seen, DOCUMENT, self.cells)

    def undo(self, desk: Desk) -> dict[str, Any]:
        return desk.undo(self.seen)

    def accept(self, desk: Desk) -> dict[str, Any]:
        return desk.accept(self.seen, self.place)

    def take_back(self, desk: Desk) -> dict[str, Any]:
        return desk.take_back(self.seen)


class Work:
    """Two threads: one for the desk, so that its changes come one by one, one for trials."""

    def __init__(self) -> None:
        self.desk, self.tries = ThreadPoolExecutor(1), ThreadPoolExecutor(1)

    async def at_desk(self, doing: Callable[[], Any]) -> Any:
        """Do something at the desk."""
        return await asyncio.get_running_loop().run_in_executor(self.desk, doing)

    async def trial(self, doing: Callable[[], Any]) -> Any:
        """Try something beside the desk."""
        return await asyncio.get_running_loop().run_in_executor(self.tries, doing)

    def end(self) -> None:
        """Wait for what is being done; drop what has not begun."""
        for threads in (self.tries, self.desk):
            threads.shutdown(cancel_futures=True)


def serve(desk: Desk, opened: Callable[[str], None]) -> None:
    """Serve a desk until interrupted; `opened` is told the address when it can be asked.

    A change that is being made when the interruption comes is made to its end.
    """
    work = Work()
    try:
        asyncio.run(_serve(desk, work, opened))
    finally:
        work.end()


async def _serve(desk: Desk, work: Work, opened: Callable[[str], None]) -> None:
    sockets = bind_sockets(0, HOST)
    door = Door(sockets[0].getsockname()[1])
    shared = {"desk": desk, "door": door, "work": work}
    paths: list[tuple[str, type[Handler]]] = [
        (r"/[^/]+/", Shown),
        (r"/[^/]+/state", State),
        (r"/[^/]+/check", Check),
        (r"/[^/]+/(row|source|undo|accept|take_back)", Change),
    ]
    application = Application(
        [(path, handler, shared) for path, handler in paths],
        default_handler_class=Handler,
        default_handler_args=shared,
        log_function=lambda _: None,
    )
    server = HTTPServer(application, max_body_size=LARGEST, max_buffer_size=LARGEST)
    server.add_sockets(sockets)
    with _interruption() as interrupted:
        opened(door.address)
        await interrupted.wait()


@contextmanager
def _interruption() -> Iterator[asyncio.Event]:
    """Give what is set when this process is asked to end.

    An exception of the signal itself would come up in whatever the loop does at that moment, and
    be told as a fault of it.
    """
    loop, interrupted = asyncio.get_running_loop(), asyncio.Event()

    def end(_: int, __: FrameType | None) -> None:
        loop.call_soon_threadsafe(interrupted.set)

    with signals.handled(end):
        yield interrupted
