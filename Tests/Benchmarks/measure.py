"""What every part of the benchmark needs: the head, the load program, processor time and memory, the table."""

import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SEED = 311
TICK = os.sysconf("SC_CLK_TCK")


def output(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, text=True, **more).stdout.strip()


def postgres_program(name):
    """A program of PostgreSQL in Debian's place, else on the path."""
    places = sorted(pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(places[0]) if places else shutil.which(name) or name


def head(words, command="Tests/Benchmarks/front-door"):
    """Everything a reader needs to do the same again."""
    processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    memory = int(open("/proc/meminfo").readline().split()[1]) // 1024 // 1024
    commit = output("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD")
    if output("git", "-C", str(ROOT), "status", "--porcelain", "--", "Sources"):
        commit += " and uncommitted changes"
    lines = [
        ("command", " ".join([command, *words])),
        ("commit", commit),
        ("toolchain", output("swift", "--version").splitlines()[0]),
        ("processor", f"{os.cpu_count()} x {processor}, {memory} GiB"),
        ("system", f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}"),
        ("versions", output(postgres_program("postgres"), "--version") + "; " + output(postgres_program("pgbench"), "--version")),
        ("load before", "%.1f %.1f %.1f (1, 5, 15 minutes); anything above 0.5 belongs to others" % os.getloadavg()),
        ("seed", str(SEED)),
    ]
    for name, text in lines:
        print(f"{name:12} {text}")
    sys.stdout.flush()


class Load:
    """The load program, built once into a directory that goes away."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.program = str(self.folder / "load")
        compiler = shutil.which("clang") or shutil.which("cc")
        subprocess.run([compiler, "-O2", "-D_GNU_SOURCE", "-o", self.program, str(HERE / "load.c")], check=True)

    def write(self, name, requests):
        """Writes (method, path, body, expected) tuples; where they are."""
        path = self.folder / name
        path.write_text("".join("\t".join(request) + "\n" for request in requests))
        return str(path)

    def run(self, hub, path, connections, seconds, rate=0):
        """Runs one load; its figures with the processor time of service and database per request."""
        before = Usage(hub)
        shown = subprocess.run(
            [self.program, "127.0.0.1", str(hub.port), str(connections), str(seconds), str(rate), path],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout
        figures = json.loads(shown)
        after = Usage(hub)
        count = max(figures["requests"], 1)
        figures["rate"] = figures["requests"] / figures["seconds"]
        figures["service_ms"] = (after.service - before.service) * 1000 / count
        figures["database_ms"] = (after.database - before.database) * 1000 / count
        figures["memory"] = memory(hub.process.pid)
        return figures

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Usage:
    """Seconds of processor time used so far by the service and by its database."""

    def __init__(self, hub):
        self.service = sum(times(hub.process.pid)[:2])
        postmaster = Database(hub).postmaster
        own = times(postmaster)
        self.database = sum(own) + sum(sum(times(child)[:2]) for child in children(postmaster))


def times(process):
    """User, system, and those of children that ended, in seconds; zeros when the process is gone."""
    try:
        fields = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
    except OSError:
        return [0.0] * 4
    return [int(value) / TICK for value in fields[11:15]]


def children(process):
    try:
        return [int(child) for child in open(f"/proc/{process}/task/{process}/children").read().split()]
    except OSError:
        return []


def memory(process, field="VmRSS"):
    """Resident memory in MiB; VmHWM for the peak since it was last reset."""
    for line in open(f"/proc/{process}/status"):
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


def reset_peak(process):
    pathlib.Path(f"/proc/{process}/clear_refs").write_text("5")


class Database:
    """The hub's own server, reached as its superuser."""

    def __init__(self, hub):
        directory = hub.data / "database"
        lines = (directory / "cluster" / "postmaster.pid").read_text().splitlines()
        self.postmaster = int(lines[0])
        self.logs = directory / "cluster" / "log"
        self.environment = os.environ | {
            "PGHOST": lines[4].strip(), "PGPORT": lines[3].strip(), "PGUSER": "postgres", "PGDATABASE": "hub311",
            "PGPASSWORD": (directory / "superuser-password").read_text().strip(),
        }

    def run(self, program, *arguments, stdin=None):
        done = subprocess.run([postgres_program(program), *arguments], env=self.environment, capture_output=True, text=True,
                              input=stdin)
        if done.returncode != 0:
            raise RuntimeError(f"{program} ended with {done.returncode}:\n{done.stderr[-3000:]}")
        return done.stdout

    def ask(self, statement):
        """Rows of text columns."""
        shown = self.run("psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-c", statement)
        return [line.split("|") for line in shown.splitlines()]

    @property
    def tenant_schemas(self):
        return [row[0] for row in self.ask("SELECT nspname FROM pg_namespace WHERE nspname LIKE 't\\_%' ORDER BY 1")]


def settle(hub, quiet=1.0, patience=60):
    """Waits until service and database do nothing any more, so that no run pays for the one before."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        before = Usage(hub)
        time.sleep(quiet)
        after = Usage(hub)
        if after.service + after.database - before.service - before.database < 0.1 * quiet:
            return


def table(rows):
    """Prints rows of a run: name first, then what was measured."""
    print(f"  {'':38}{'per s':>9}{'median ms':>11}{'p99 ms':>9}{'CPU ms':>9}{'of DB':>8}{'RSS MiB':>9}{'hits':>18}")
    for name, figures in rows:
        def shown(key, form, scale=1.0):
            return format(figures[key] * scale, form) if key in figures else "-"
        hits = f"{figures['hits']} of {figures['requests']}" if "hits" in figures else "-"
        print(f"  {name:38}{shown('rate', '.0f'):>9}{shown('median', '.2f', 1e-3):>11}{shown('p99', '.2f', 1e-3):>9}"
              f"{shown('service_ms', '.3f'):>9}{shown('database_ms', '.3f'):>8}{shown('memory', '.0f'):>9}{hits:>18}")
    sys.stdout.flush()


def goal(text, reached):
    print(f"  {'reached' if reached else 'NOT REACHED'}: {text}")
    sys.stdout.flush()
    return reached
