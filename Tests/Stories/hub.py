"""A real hub for a story: started over a directory of its own, killed, started again, stopped."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]


def binary():
    """The program under test: HUB311, or the debug build's."""
    if "HUB311" in os.environ:
        return os.environ["HUB311"]
    shown = subprocess.run(
        ["swift", "build", "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return os.path.join(shown.stdout.strip().splitlines()[-1], "hub311")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Hub:
    def __init__(self, tenants=None, geo=None):
        # Below /tmp itself: the path of a Unix socket must be short, and the database's own user must get in.
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="hub-", dir="/tmp"))
        self.data.chmod(0o755)
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.program = binary()
        self.tenants = str(tenants or ROOT / "tenants")
        self.geo = str(geo or ROOT / "geo")
        self.process = None
        self.log = open(self.data / "service.log", "ab")

    def start(self, patience=120):
        self.process = subprocess.Popen(
            [self.program, "serve", "--data", str(self.data), "--port", str(self.port),
             "--tenants", self.tenants, "--geo", self.geo],
            stdout=self.log, stderr=self.log, cwd=ROOT,
        )
        return self.wait(patience)

    def wait(self, patience=120):
        """Waits until the service is ready; how many seconds it took."""
        began = time.monotonic()
        while time.monotonic() - began < patience:
            if self.process.poll() is not None:
                raise RuntimeError(f"the service ended with {self.process.returncode}:\n{self.tail()}")
            try:
                if self.get("/health/ready").status == 200:
                    return time.monotonic() - began
            except (urllib.error.URLError, ConnectionError, TimeoutError, OSError):
                pass
            time.sleep(0.05)
        raise RuntimeError(f"not ready after {patience} s:\n{self.tail()}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, patience=40):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(patience)
        return self.process.returncode

    def remove(self):
        if self.process and self.process.poll() is None:
            self.stop()
        self.log.close()
        shutil.rmtree(self.data, ignore_errors=True)

    def tail(self, size=4000):
        return (self.data / "service.log").read_bytes()[-size:].decode(errors="replace")

    @property
    def key(self):
        return (self.data / "first-api-key").read_text().strip()

    def run(self, *arguments, check=True):
        """One command of the program over this hub's data."""
        done = subprocess.run(
            [self.program, *arguments, "--data", str(self.data)], cwd=ROOT, capture_output=True, text=True
        )
        if check and done.returncode != 0:
            raise RuntimeError(f"hub311 {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def get(self, path, timeout=10):
        try:
            return urllib.request.urlopen(self.base + path, timeout=timeout)
        except urllib.error.HTTPError as answer:
            return answer

    def json(self, path, timeout=10):
        return json.load(self.get(path, timeout))

    def post(self, path, fields, headers=None, timeout=10):
        body = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.base + path, body, headers or {})
        try:
            return urllib.request.urlopen(request, timeout=timeout)
        except urllib.error.HTTPError as answer:
            return answer
