"""Kernels: limits that name notebook and cell, the user's settings shut out, forks kept apart."""

import errno
import gc
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import nbformat
import psutil
import pytest
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from nbformat.v4 import new_output

import home
from halfyear import execution
from halfyear.errors import NotebookError
from halfyear.forking.client import OFF, Server, started
from halfyear.kernel import client, surroundings, warm
from halfyear.kernel.client import Limits
from test_execution import GIVEN, notebook, printed

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks on Linux only")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A kernel server for tests that are not about its start."""
    folder = tmp_path_factory.mktemp("server")
    server = started(warm.READY, [], surroundings.shielded({}, folder), folder)
    yield server
    server.close()


@pytest.fixture
def forking(running: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let kernels be forked from the running server."""
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", warm.NAME)
    monkeypatch.setattr(warm, "SERVERS", [running])


def stopped(source: Path, limits: Limits) -> str:
    with pytest.raises(NotebookError) as caught:
        execution.run(
            source, source.parent / "out" / source.name, GIVEN, source.parent, limits=limits
        )
    (problem,) = caught.value.problems
    assert problem.file == source.name
    return f"{problem.what}; {problem.mend}"


@pytest.mark.usefixtures("forking")
@pytest.mark.bad("notebooks")
def test_a_cell_that_does_not_end_is_named_with_its_limit_and_leaves_nothing_waiting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # Cell 1 is the title, 2 the parameters, 3 is sound, 4 never ends.
    source = notebook(tmp_path, "1", "while True: pass")
    began = time.monotonic()
    told = stopped(source, Limits(cell_seconds=2))
    assert time.monotonic() - began < 60
    assert told.startswith("cell 4 did not end within 2 seconds")
    assert "cell_seconds" in told
    gc.collect()  # Python tells of what was left waiting when it is thrown away
    assert "destroyed" not in caplog.text


@pytest.mark.usefixtures("forking")
@pytest.mark.bad("notebooks")
def test_a_notebook_that_does_not_end_is_named_with_its_limit(tmp_path: Path) -> None:
    source = notebook(tmp_path, "import time\ntime.sleep(0.5)", "time.sleep(100)")
    told = stopped(source, Limits(cell_seconds=50, notebook_seconds=2))
    assert told.startswith("cell 4 was running when the notebook's 2 seconds were over")
    assert "notebook_seconds" in told


@pytest.mark.usefixtures("forking")
@pytest.mark.bad("notebooks")
@pytest.mark.parametrize(
    "dies",
    ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "import os\nos._exit(3)"],
)
def test_a_cell_that_ends_its_kernel_is_named(tmp_path: Path, dies: str) -> None:
    assert stopped(notebook(tmp_path, dies), Limits()).startswith("cell 3 ended its kernel")


DIES = """
import os, sys
from pathlib import Path
from unittest.mock import Mock
if "ipykernel_launcher" in sys.orig_argv:
    starts = Path({starts!r})
    with starts.open("a") as file:
        file.write(".")
    if len(starts.read_text()) < {last}:
        os._exit(1)
"""


def dying(folder: Path, patch: pytest.MonkeyPatch, last: int) -> Path:
    """Let kernels die as they start, as where a port is taken, until the start with this number."""
    starts = folder / "starts"
    code = DIES.format(starts=str(starts), last=last)
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    patch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    return starts


def test_a_kernel_that_dies_before_its_first_cell_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = dying(tmp_path, monkeypatch, 2)
    execution.run(notebook(tmp_path, "print(7)"), tmp_path / "out.ipynb", GIVEN, tmp_path)
    assert printed(tmp_path / "out.ipynb") == "7\n"
    assert starts.read_text() == ".."


@pytest.mark.bad("environment")
def test_a_machine_that_does_not_reach_itself_is_told_before_a_kernel_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = dying(tmp_path, monkeypatch, 1)
    refused = OSError(errno.ENETUNREACH, "Network is unreachable")
    monkeypatch.setattr(client.socket, "create_connection", Mock(side_effect=refused))
    told = stopped(notebook(tmp_path, "print(7)"), Limits())
    assert told.startswith("the kernel of the notebook did not start")
    assert "127.0.0.1" in told
    assert not starts.exists()


@pytest.mark.bad("notebooks")
def test_a_kernel_that_nobody_has_is_told_with_its_notebook(tmp_path: Path) -> None:
    source = notebook(tmp_path, "print(7)")
    node = nbformat.read(source, as_version=4)
    node.metadata["kernelspec"] = {"name": "nobody", "display_name": "x", "language": "python"}
    nbformat.write(node, source)
    assert "set the notebook's kernel to python3" in stopped(source, Limits())


@pytest.mark.bad("notebooks")
def test_a_kernel_that_never_starts_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying(tmp_path, monkeypatch, 100)
    told = stopped(notebook(tmp_path, "print(7)"), Limits())
    assert told.startswith("the kernel of the notebook did not start")
    assert "ipykernel" in told


@pytest.mark.usefixtures("forking")
@pytest.mark.bad("notebooks")
def test_a_cell_that_shows_too_much_is_stopped(tmp_path: Path) -> None:
    source = notebook(tmp_path, "while True: print('x' * 10_000)")
    told = stopped(source, Limits(cell_seconds=60, output_megabytes=1))
    assert told.startswith("cell 3 showed more than 1 megabytes")


@pytest.mark.usefixtures("forking")
def test_what_is_printed_is_stored_in_one_order_however_the_kernel_cuts_it_up(
    tmp_path: Path,
) -> None:
    prints = (
        "import sys, time\nfor n in range(3):\n    print('out', n)\n    sys.stdout.flush()\n"
        "    print('err', n, file=sys.stderr)\n    sys.stderr.flush()\n    time.sleep(0.3)\n"
        "display(1)\nprint('after')"
    )
    out = tmp_path / "out.ipynb"
    execution.run(notebook(tmp_path, prints), out, GIVEN, tmp_path)
    outputs = nbformat.read(out, as_version=4).cells[-1].outputs
    assert [(o.output_type, o.get("name"), o.get("text")) for o in outputs] == [
        ("stream", "stdout", "out 0\nout 1\nout 2\n"),
        ("stream", "stderr", "err 0\nerr 1\nerr 2\n"),
        ("display_data", None, None),
        ("stream", "stdout", "after\n"),
    ]


ASKS = """
import locale, os, sys, time, matplotlib, pandas
print(matplotlib.rcParams["savefig.bbox"], matplotlib.rcParams["path.sketch"])
print(pandas.get_option("display.max_columns"), pandas.get_option("display.max_colwidth"))
print(locale.setlocale(locale.LC_ALL, ""), time.tzname, sys.flags.utf8_mode)
print(sorted(n for n in os.environ if n.startswith(("MPL", "IPY", "JUP", "LC", "PYTHON", "TZ"))))
"""


def test_the_users_settings_do_not_reach_a_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = notebook(tmp_path, ASKS)
    execution.run(source, tmp_path / "plain.ipynb", GIVEN, tmp_path)
    given = home.surroundings(tmp_path / "home")
    for name, value in {**given, "LC_ALL": "tr_TR.UTF-8", "PYTHONWARNINGS": "error"}.items():
        monkeypatch.setenv(name, value)
    execution.run(source, tmp_path / "user.ipynb", GIVEN, tmp_path)
    assert "None None" in printed(tmp_path / "plain.ipynb")
    assert printed(tmp_path / "user.ipynb") == printed(tmp_path / "plain.ipynb")


def warmed(folder: Path, *modules: str) -> warm.kernels:
    return warm.kernels(modules, surroundings.shielded({}, folder), folder)


PLAIN = """
import pandas as pd
print(pd.DataFrame({f"column {n}": [n * 1000.5] for n in range(25)}))
pd.DataFrame({"a": [1]})
"""


def test_a_forked_kernel_gives_the_same_bytes_as_one_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = notebook(tmp_path, PLAIN, "import os\nprint(os.getcwd())", "import sys\nsys.path[0]")
    outs = [tmp_path / f"{name}.ipynb" for name in ("forked", "cold", "off")]
    with warmed(tmp_path, "pandas", "no_such_module"):
        assert warm.SERVERS
        execution.run(source, outs[0], GIVEN, tmp_path)
        assert warm.SERVERS[0].codes  # it was forked there, and it ended
    execution.run(source, outs[1], GIVEN, tmp_path)
    monkeypatch.setenv(OFF, "1")
    with warmed(tmp_path, "pandas"):
        assert not warm.SERVERS
        execution.run(source, outs[2], GIVEN, tmp_path)
    assert outs[0].read_bytes() == outs[1].read_bytes() == outs[2].read_bytes()


def test_jupyter_finds_the_provisioner_by_its_entry_point() -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    group = KernelProvisionerFactory.GROUP_NAME
    ((name, value),) = package["entry-points"][group].items()
    assert name == warm.NAME
    assert issubclass(EntryPoint(name, value, group).load(), LocalProvisioner)


@pytest.mark.usefixtures("forking")
def test_a_forked_kernel_leaves_the_connection_file_as_it_was_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Whoever starts a kernel reads that file meanwhile: one that is written anew is empty at times.
    manager, states = KernelManager(transport_encryption="auto"), []
    whole = Server.fork

    def fork(server: Server, *given: Any) -> Any:
        states.append(Path(manager.connection_file).stat())
        return whole(server, *given)

    monkeypatch.setattr(Server, "fork", fork)
    manager.start_kernel()
    try:
        kernel = manager.blocking_client()
        kernel.start_channels()
        kernel.wait_for_ready(timeout=60)
        kernel.stop_channels()
        states.append(Path(manager.connection_file).stat())
    finally:
        manager.shutdown_kernel(now=True)
    before, after = ((state.st_ino, state.st_mtime_ns) for state in states)
    assert before == after


@pytest.mark.usefixtures("forking")
def test_the_state_of_one_notebook_never_reaches_another(tmp_path: Path) -> None:
    spoils = (
        "import os, json, builtins\nbuiltins.left = json.left = 1\nos.environ['LEFT'] = '1'\n"
        "os.chdir('/')\nimport sys\nsys.modules['left'] = sys"
    )
    asks = (
        "import os, sys, json, builtins\nprint(hasattr(builtins, 'left'), hasattr(json, 'left'),"
        " 'LEFT' in os.environ, os.getcwd() == '/', 'left' in sys.modules)"
    )
    first = notebook(tmp_path, spoils, name="01_first")
    second = notebook(tmp_path, asks, name="02_second")
    execution.run(first, tmp_path / "1.ipynb", GIVEN, tmp_path)
    execution.run(second, tmp_path / "2.ipynb", GIVEN, tmp_path)
    assert printed(tmp_path / "2.ipynb") == "False False False False False\n"


@pytest.mark.usefixtures("forking")
def test_what_a_notebook_leaves_running_ends_with_it(tmp_path: Path) -> None:
    source = notebook(
        tmp_path,
        "import subprocess\nprint(subprocess.Popen(['sleep', '600']).pid)",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()",
    )
    execution.run(source, tmp_path / "out.ipynb", GIVEN, tmp_path)
    assert_ended(int(printed(tmp_path / "out.ipynb")))


@pytest.mark.usefixtures("forking")
def test_a_fork_that_the_system_refuses_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("Resource temporarily unavailable")

    source = notebook(tmp_path, "print(1)")
    monkeypatch.setattr(Server, "fork", refused)
    execution.run(source, tmp_path / "out.ipynb", GIVEN, tmp_path)
    assert printed(tmp_path / "out.ipynb") == "1\n"


def test_a_server_that_dies_takes_its_kernels_with_it_and_the_cell_is_named(
    tmp_path: Path,
) -> None:
    source = notebook(
        tmp_path,
        "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(600)",
    )
    with warmed(tmp_path), pytest.raises(NotebookError, match="cell 3 ended its kernel"):
        execution.run(source, tmp_path / "out.ipynb", GIVEN, tmp_path)


ALONE = """
import sys
sys.modules["rfc3987_syntax"] = None  # takes jsonschema a second to load
from pathlib import Path
from unittest.mock import Mock
sys.path.insert(0, {tests!r})
from test_kernel import GIVEN, execution, notebook, warmed
folder = Path({folder!r})
says = "import os, time\\nopen('here', 'w').write(f'{{os.getpid()}} {{os.getppid()}}')"
source = notebook(folder, says + "\\nos.rename('here', 'pids')\\ntime.sleep(600)")
with warmed(folder):
    execution.run(source, folder / "out.ipynb", GIVEN, folder)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_is_left_when_the_build_is_killed(tmp_path: Path, how: signal.Signals) -> None:
    script = ALONE.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    run = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not (tmp_path / "pids").exists():
        assert time.monotonic() < deadline
        assert run.poll() is None
        time.sleep(0.1)
    pids = [int(text) for text in (tmp_path / "pids").read_text(encoding="utf-8").split()]
    assert all(map(psutil.pid_exists, pids))
    run.send_signal(how)
    run.wait(20)
    for pid in pids:
        assert_ended(pid)


def assert_ended(pid: int) -> None:
    """A process has ended, or does within ten seconds on a busy machine."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    raise AssertionError(f"process {pid} still runs")


PARENT = "import os, psutil\n' '.join(psutil.Process(os.getppid()).cmdline()[1:3])"


def test_nbval_tests_notebooks_in_forked_kernels(tmp_path: Path) -> None:
    source = notebook(tmp_path, PARENT)
    node = nbformat.read(source, as_version=4)
    told = {"text/plain": "'-m halfyear.forking.server'"}
    node.cells[-1].outputs = [new_output("execute_result", data=told, execution_count=2)]
    node.cells[-1].execution_count = 2
    nbformat.write(node, source)
    words = ["-q", "-c", os.devnull, "-p", "halfyear.kernel.plugin", "-p", "nbval.plugin"]
    words += ["--nbval", str(source)]
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", *words, "--nbval-current-env"],
        env={**os.environ, "HALFYEAR_ROOT": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout
