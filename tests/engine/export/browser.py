"""A real browser, driven through two pipes by its DevTools protocol; no port is opened."""

import base64
import fcntl
import itertools
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEMANDED = "ETASCOPE_TEST_BROWSER"
"""Set to anything, tests that need a browser fail where there is none instead of being skipped."""

_PATIENCE = 60.0
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1280,900",
    "--remote-debugging-pipe",
)
_NOT_SHOWN = ("chrome-extension://", "about:blank")


def installed() -> str | None:
    """Return the browser's program, None if there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One page in a browser with a profile of its own; `requests` and `complaints` of that page."""

    def __init__(self, program: str, profile: Path) -> None:
        reads, self._out = os.pipe()
        self._in, writes = os.pipe()
        self._process = _spawned([program, *_FLAGS, f"--user-data-dir={profile}"], reads, writes)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._numbers = itertools.count(1)
        self._rest = b""
        self._loaded = False
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def close(self) -> None:
        os.kill(self._process, signal.SIGTERM)
        os.waitpid(self._process, 0)
        os.close(self._in)
        os.close(self._out)

    def open(self, page: Path) -> None:
        """Load a page and wait until it is there."""
        self._loaded = False
        self.ask("Page.navigate", url=page.as_uri())
        self._listen(lambda: self._loaded)

    def run(self, code: str) -> Any:
        """Evaluate JavaScript in the page; a promise is waited for."""
        told = self.ask("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """Press a key, as a person does."""
        for kind in ("rawKeyDown", "keyUp"):
            self.ask(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code
            )

    def picture(self) -> bytes:
        """Return what is on the screen, as a PNG."""
        return base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"])

    def ask(self, method: str, **values: object) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self._numbers)
        about: dict[str, object] = {"id": number, "method": method, "params": values}
        if self._session:
            about["sessionId"] = self._session
        os.write(self._out, json.dumps(about).encode() + b"\0")
        answer: dict[str, Any] = {}

        def answered() -> bool:
            return bool(answer)

        self._listen(answered, number, answer)
        assert "error" not in answer, answer
        return dict(answer["result"])

    def _listen(
        self,
        enough: Callable[[], bool],
        number: int | None = None,
        answer: dict[str, Any] | None = None,
    ) -> None:
        until = time.monotonic() + _PATIENCE
        while not enough():
            assert time.monotonic() < until, "the browser does not answer"
            ready, _, _ = select.select([self._in], [], [], 1.0)
            piece = os.read(self._in, 2**20) if ready else b""
            assert piece or not ready, "the browser has ended"
            *whole, self._rest = (self._rest + piece).split(b"\0")
            for told in map(json.loads, whole):
                if answer is not None and told.get("id") == number:
                    answer.update(told)
                elif "method" in told:
                    self._note(told["method"], told["params"])

    def _note(self, method: str, about: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Network.requestWillBeSent":
            url = about["request"]["url"]
            if not url.startswith(_NOT_SHOWN):
                self.requests.append(url[:200])
        elif method in {"Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"}:
            self.complaints.append(json.dumps(about)[:500])


def _spawned(command: list[str], reads: int, writes: int) -> int:
    """Start a program that finds the two ends of pipes as its files 3 and 4; return its number."""
    high = [fcntl.fcntl(one, fcntl.F_DUPFD, 100) for one in (reads, writes)]
    quiet = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, one, number) for number, one in enumerate(high, 3)]
    actions += [(os.POSIX_SPAWN_DUP2, quiet, number) for number in (1, 2)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    for one in (reads, writes, *high, quiet):
        os.close(one)
    return process
