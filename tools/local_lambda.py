"""Runs an artifact as Lambda does: under Amazon's own runtime client, in a process, against a Runtime API on loopback.

``awslambdaric`` is what runs inside Lambda. It imports the handler, asks for the next event, and posts the response.
Here the other side of that is played, with the SnapStart hooks, and every step is timed.
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from tools import artifact_content
from tools.artifact_content import ROOT
from tools.runtime_python import Interpreter

CLIENTS = ROOT / "build" / "runtime-client"
"""Where Amazon's runtime client is put, one folder for each version of Python."""

CLIENT_PACKAGES = ("awslambdaric", "simplejson", "snapshot-restore-py")
"""What Lambda has beside the function: all of it is locked in requirements/prove.txt."""

AWS_SDKS = ROOT / "build" / "aws-sdk"
"""Where boto3 is put, which Lambda's own runtime brings as well."""

AWS_SDK_PACKAGES = ("boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3")
"""boto3 and what it needs, from the same lock. It is there where asked for: it must not hide what an artifact lacks."""

PATIENCE_SECONDS = 20.0
"""How long any one step may take: Lambda itself allows 10 s for init and 7 s for a turn of this function."""

API = "/2018-06-01/runtime"


class LambdaError(Exception):
    """When the function cannot be started or does not answer; the message holds the end of its log."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of one event."""

    body: Any
    """The response, or Lambda's account of the error."""
    failed: bool
    seconds: float
    """From handing out the event to the arrival of the response: the runtime client's work is in it."""


def client_for(python: Interpreter) -> Path:
    """Return the folder with Amazon's runtime client for ``python``, installed from the lock where it is missing."""
    return _installed(CLIENTS / python.version, CLIENT_PACKAGES, python)


def aws_sdk_for(python: Interpreter) -> Path:
    """Return the folder with boto3 for ``python``, installed from the lock where it is missing."""
    return _installed(AWS_SDKS / python.version, AWS_SDK_PACKAGES, python)


def _installed(folder: Path, names: tuple[str, ...], python: Interpreter) -> Path:
    lock = artifact_content.locked(ROOT / "requirements" / "prove.txt", lambda name: name in names)
    stamp = folder / "installed.txt"
    if stamp.exists() and stamp.read_text("utf-8") == lock:
        return folder
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "client.txt"
        wanted.write_text(lock, "utf-8")
        command = [
            *(sys.executable, "-m", "pip", "--python", python.path, "install", "--quiet", "--upgrade", "--no-deps"),
            *("--disable-pip-version-check", "--require-hashes", "--target", str(folder), "-r", str(wanted)),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip() or f"exit {done.returncode}").splitlines()[-1]
        raise LambdaError(f"Amazon's {names[0]} could not be installed; check the network and try again: {reason}")
    stamp.write_text(lock, "utf-8")
    return folder


@dataclass(kw_only=True)
class LocalLambda:
    """One instance of a function. Use it in a ``with`` block: it starts the process, and ends it."""

    folder: Path
    """The artifact."""
    python: Interpreter
    handler: str = "lambda_function.lambda_handler"
    environ: Mapping[str, str] = field(default_factory=dict)
    """The variables of the function, as in template.yaml."""
    snap_start: bool = False
    aws_sdk: bool = False
    """Whether boto3 is there, as in Lambda's own runtime."""
    prefix: tuple[str, ...] = ()
    """A program that starts the process, such as one that limits its share of the processor."""
    init_seconds: float = 0.0
    """From the start of the process until it was ready: for SnapStart until its snapshot could be taken."""
    steps: list[str] = field(default_factory=list)
    """What the runtime client asked for, in order, without repetitions."""

    def __enter__(self) -> Self:
        """Start the Runtime API and the process, and wait until the function is ready for events."""
        self._events: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self._answers: queue.Queue[Answer | None] = queue.Queue()
        self._ready, self._handed_out, self._count = threading.Event(), 0.0, 0
        self._error: str | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _served_by(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        descriptor, path = tempfile.mkstemp(suffix=".log")
        self._log = Path(path)
        client = client_for(self.python)
        started = time.perf_counter()
        self._started = started
        self._process = subprocess.Popen(
            # -S: what else is installed for this Python must not stand in for what the artifact lacks.
            [*self.prefix, self.python.path, "-S", "-W", "ignore", "-m", "awslambdaric", self.handler],
            cwd=self.folder,
            env=self._environ(client),
            stdout=descriptor,
            stderr=subprocess.STDOUT,
        )
        os.close(descriptor)
        while not self._ready.wait(0.002):
            if self._process.poll() is not None or self._error or time.perf_counter() - started > PATIENCE_SECONDS:
                log = self._error or self.log()
                self.__exit__()
                raise LambdaError(f"{self.handler} in {self.folder} did not start: {log[-2000:]}")
        return self

    def __exit__(self, *_: object) -> None:
        """End the process and the Runtime API."""
        self._process.terminate()
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._server.shutdown()
        self._server.server_close()
        self._log.unlink()

    def __call__(self, event: object, _: object = None) -> Any:
        """Return the function's response to ``event``, so that an instance can stand where a handler does."""
        answer = self.invoke(event)
        if answer.failed:
            raise LambdaError(f"The function failed: {answer.body}")
        return answer.body

    def invoke(self, event: object) -> Answer:
        """Hand ``event`` to the function and return what it answers."""
        self._count += 1
        self._events.put((f"00000000-0000-4000-8000-{self._count:012d}", json.dumps(event).encode()))
        try:
            answer = self._answers.get(timeout=PATIENCE_SECONDS)
        except queue.Empty:
            answer = None
        if answer is None:
            raise LambdaError(f"The function did not answer within {PATIENCE_SECONDS:g} s: {self.log()[-2000:]}")
        return answer

    def log(self) -> str:
        """Return all that the function has logged so far."""
        return self._log.read_text("utf-8")

    def resident_mb(self) -> float:
        """Return the memory that the process holds, in MB (10^6 bytes). Linux only."""
        status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024 / 1e6

    def cpu_seconds(self) -> float:
        """Return the processor time that the process has used so far. Linux only."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text("utf-8").rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))

    def _environ(self, client: Path) -> dict[str, str]:
        port = self._server.server_address[1]
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": os.pathsep.join([str(client), *([str(aws_sdk_for(self.python))] if self.aws_sdk else [])]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "LAMBDA_TASK_ROOT": str(self.folder),
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{port}",
            "AWS_LAMBDA_FUNCTION_NAME": "proof",
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
            "AWS_LAMBDA_LOG_FORMAT": "JSON",
            "AWS_LAMBDA_LOG_LEVEL": "INFO",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start" if self.snap_start else "on-demand",
            **self.environ,
        }

    # --- Called by the Runtime API, from its threads

    def step(self, name: str) -> None:
        """Note that the runtime client asked for ``name``; the first time that it waits, it is ready."""
        if name not in self.steps:
            self.steps.append(name)
        if not self._ready.is_set():
            self.init_seconds = time.perf_counter() - self._started
            self._ready.set()

    def next_event(self) -> tuple[str, bytes]:
        """Wait for the next event and return its id and its JSON."""
        return self._events.get()

    def handed_out(self) -> None:
        """Note that the event is on its way."""
        self._handed_out = time.perf_counter()

    def answered(self, body: bytes, *, failed: bool) -> None:
        """Take the answer to the event on its way."""
        seconds = time.perf_counter() - self._handed_out
        self._answers.put(Answer(body=json.loads(body or b"null"), failed=failed, seconds=seconds))

    def broke(self, body: bytes) -> None:
        """Take the news that init or restore failed."""
        self._error = body.decode()


def _served_by(instance: LocalLambda) -> type[BaseHTTPRequestHandler]:
    class RuntimeApi(BaseHTTPRequestHandler):
        """The Runtime API of Lambda, version 2018-06-01."""

        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one packet for each response: two would wait for the receiver's delayed acknowledgement
        disable_nagle_algorithm = True

        def handle(self) -> None:
            """Serve the runtime client until it goes, which it does without a word."""
            with contextlib.suppress(ConnectionError):
                super().handle()

        def do_GET(self) -> None:
            """Hand out the next event, or let a snapshot be restored."""
            if self.path == f"{API}/restore/next":
                instance.step("restore")
                self._reply(200, b"{}")
                return
            instance.step("next")
            request_id, event = instance.next_event()
            deadline = int((time.time() + PATIENCE_SECONDS) * 1000)
            self._reply(
                200,
                event,
                {
                    "Lambda-Runtime-Aws-Request-Id": request_id,
                    "Lambda-Runtime-Deadline-Ms": str(deadline),
                    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:000000000000:function:proof:live",
                },
            )
            self.wfile.flush()
            instance.handed_out()

        def do_POST(self) -> None:
            """Take a response or an error."""
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            if self.path.endswith("/response"):
                instance.answered(body, failed=False)
            elif "/invocation/" in self.path:
                instance.answered(body, failed=True)
            else:
                instance.broke(body)
            self._reply(202, b"{}")

        def _reply(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                **(headers or {}),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: requests are counted, not logged."""

    return RuntimeApi
