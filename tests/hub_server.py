"""A small Hub on this machine: it speaks the real one's protocol, and can be made to misbehave.

What huggingface_hub asks for: /api/models (search), /api/models/NAME/revision/REV (listing),
/NAME/resolve/REV/PATH (a file, or a redirect to another server with the large ones).
"""

import hashlib
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LARGE = 1000
"""Files of more bytes lie in LFS, that is on the other server."""
PIECE = 16384


@dataclass
class Repository:
    """What a repository holds, and who may have it: everybody, or who has its token."""

    files: dict[str, bytes]
    commit: str = COMMIT
    licence: str = "openrail"
    gated: bool = False
    token: str = ""


@dataclass
class Asked:
    """One request, as it came."""

    method: str
    path: str
    headers: dict[str, str]
    where: str


@dataclass
class Hub:
    """Two servers: the Hub, and where its large files are.

    `faults` are, by a file's path, what goes wrong with the next requests for it, in order: "cut
    N", "stall N", "trickle", "corrupt", "html", "whole" (Range is not heard), or a status with a
    Retry-After, as in "429 1". `sent` counts the bytes of each path; `pace` is the pause after
    each piece.
    """

    repositories: dict[str, Repository] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    sent: Counter[str] = field(default_factory=Counter)
    asked: list[Asked] = field(default_factory=list)
    listing: list[str] = field(default_factory=list)
    pace: float = 0.0

    def __enter__(self) -> Self:
        self._front = _serve(self, "hub")
        self._back = _serve(self, "files")
        self.url = f"http://127.0.0.1:{self._front.server_port}"
        self.files_url = f"http://127.0.0.1:{self._back.server_port}"
        return self

    def __exit__(self, *_: object) -> None:
        for server in (self._front, self._back):
            server.shutdown()
            server.server_close()

    def paths(self) -> list[str]:
        """Return the files that were asked for."""
        return [one.path for one in self.asked if "/resolve/" in one.path]


def _serve(hub: Hub, where: str) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"hub": hub, "where": where})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server


def git_sha1(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    where: str
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        url = urlsplit(self.path)
        path = unquote(url.path)
        self.hub.asked.append(Asked(self.command, path, dict(self.headers), self.where))
        try:
            if path == "/api/models":
                self._search(parse_qs(url.query))
            elif path.startswith("/api/models/"):
                self._list(path.removeprefix("/api/models/"))
            elif path.startswith("/blob/"):
                _, _, owner, name, *rest = path.split("/")
                file = "/".join(rest)
                self._file(file, self.hub.repositories[f"{owner}/{name}"].files[file])
            else:
                self._resolve(path)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _json(self, table: object) -> None:
        self._whole(200, json.dumps(table).encode(), {"Content-Type": "application/json"})

    def _whole(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _search(self, query: dict[str, list[str]]) -> None:
        words = query.get("search", [""])[0].lower()
        self._json([
            {"id": name, "modelId": name, "downloads": 7, "tags": ["diffusers"], "gated": one.gated,
             "cardData": {"license": one.licence}}
            for name, one in self.hub.repositories.items() if words in name.lower()
        ])  # fmt: skip

    def _list(self, rest: str) -> None:
        if self.hub.listing:
            self._misbehave(self.hub.listing.pop(0))
            return
        name, _, revision = rest.partition("/revision/")
        repository = self._allowed(name)
        if repository is None:
            return
        if revision not in {"", "main", repository.commit}:
            self._whole(404, b"", {"X-Error-Code": "RevisionNotFound"})
            return
        siblings = []
        for path, data in repository.files.items():
            one = {"rfilename": path, "size": len(data), "blobId": git_sha1(data)}
            if len(data) > LARGE:
                one["lfs"] = {"sha256": sha256(data), "size": len(data), "pointerSize": 134}
            siblings.append(one)
        self._json({
            "id": name, "modelId": name, "sha": repository.commit, "siblings": siblings,
            "gated": "auto" if repository.gated else False, "private": False, "tags": [],
            "cardData": {"license": repository.licence},
        })  # fmt: skip

    def _allowed(self, name: str, *, for_file: bool = False) -> Repository | None:
        repository = self.hub.repositories.get(name)
        told = self.headers.get("Authorization", "")
        if repository is None:
            self._whole(401, b"", {"X-Error-Code": "RepoNotFound"})
        elif repository.token and told != f"Bearer {repository.token}":
            if repository.gated and not for_file:
                return repository  # everybody may see what is in it
            code = "GatedRepo" if repository.gated else "RepoNotFound"
            self._whole(403 if told else 401, b"", {"X-Error-Code": code})
        else:
            return repository
        return None

    def _resolve(self, path: str) -> None:
        name, _, rest = path[1:].partition("/resolve/")
        revision, _, file = rest.partition("/")
        repository = self._allowed(name, for_file=True)
        if repository is None:
            return
        if revision not in {"main", repository.commit} or file not in repository.files:
            self._whole(404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        data = repository.files[file]
        common = {"X-Repo-Commit": repository.commit}
        if len(data) <= LARGE:
            self._file(file, data, common | {"ETag": f'"{git_sha1(data)}"'})
            return
        linked = {"X-Linked-Etag": f'"{sha256(data)}"', "X-Linked-Size": str(len(data))}
        place = f"{self.hub.files_url}/blob/{name}/{file}"
        self._whole(302, b"", common | linked | {"Location": place})

    def _misbehave(self, fault: str) -> None:
        what, _, wait = fault.partition(" ")
        if what == "html":
            self._whole(200, b"<html>sign in</html>", {"Content-Type": "text/html"})
        else:
            self._whole(int(what), b"", {"Retry-After": wait} if wait else {})

    def _file(self, path: str, data: bytes, headers: dict[str, str] | None = None) -> None:
        faults = self.hub.faults.get(path, [])
        fault = faults.pop(0) if faults and self.command == "GET" else ""
        if fault == "html" or fault[:3].isdecimal():
            self._misbehave(fault)
            return
        start = 0
        asked = self.headers.get("Range", "")
        if asked.startswith("bytes=") and fault != "whole":
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            if start >= len(data):
                self._whole(416, b"", {"Content-Range": f"bytes */{len(data)}"})
                return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        if self.command != "HEAD":
            self._send(path, data[start:], fault)

    def _send(self, path: str, data: bytes, fault: str) -> None:
        what, _, count = fault.partition(" ")
        if what == "corrupt":
            data = bytes(byte ^ 1 for byte in data)
        piece = 16 if what == "trickle" else PIECE
        end = int(count) if count else len(data)
        for place in range(0, end, piece):
            block = data[place : min(place + piece, end)]
            self.wfile.write(block)
            self.hub.sent[path] += len(block)
            time.sleep(0.05 if what == "trickle" else self.hub.pace)
        if what == "stall":
            time.sleep(3)
        if what in {"cut", "stall"}:
            self.close_connection = True
