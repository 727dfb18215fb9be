"""Starting: a hub of 30 tenants, and with --large one of 1,000; beside a database server started bare."""

import itertools
import pathlib
import shutil
import string
import subprocess
import tempfile
import time

from hub import Hub
from measure import ROOT, goal, memory, postgres_program


def run(rounds, large):
    measure(30, rounds, start_goal=3)
    if large:
        measure(1000, rounds, start_goal=10, creation_goal=2)


def measure(count, rounds, start_goal, creation_goal=None):
    print(f"\n5  Start of a hub with {count} tenants: the demonstration region and copies of its township (25 types each)")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir="/tmp"))
    folder.chmod(0o755)
    hub = Hub(tenants=region_of(count, folder / "tenants"))
    try:
        first = hub.start(patience=3600)
        hosted = len(hub.run("db", "status").stdout.splitlines())
        print(f"  first start, everything made (initdb, schemas, roles, boundaries): {first:.1f} s, "
              f"{first / count:.3f} s a tenant; db status prints {hosted} lines")
        if creation_goal:
            goal(f"under {creation_goal} s a tenant: {first / count:.3f} s", first / count < creation_goal)
        times = []
        for number in range(rounds):
            hub.stop(120)
            times.append(hub.start())
        bare = server_alone(hub)
        answers = sum(hub.json(f"/open311/v2/services.json?jurisdiction_id={name}") != [] for name in sample(hub.tenants))
        print(f"  later starts, from the command to ready: " + ", ".join(f"{seconds:.2f} s" for seconds in times)
              + f"; baseline, its PostgreSQL alone: {bare:.2f} s; RSS {memory(hub.process.pid):.0f} MiB")
        print(f"  hits: {answers} of {len(sample(hub.tenants))} tenants asked for their services gave a list")
        goal(f"ready in under {start_goal} s: {min(times):.2f} s", min(times) < start_goal)
    finally:
        hub.remove()
        shutil.rmtree(folder, ignore_errors=True)


def region_of(count, folder):
    """The demonstration region, and townships like Fallow under other names until there are `count` tenants."""
    shutil.copytree(ROOT / "tenants", folder)
    have = sum(1 for path in folder.iterdir() if (path / "tenant.yml").exists())
    codes = ("Z" + "".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3))
    for number, code in zip(range(count - have), codes):
        name = f"township-{number:04}"
        shutil.copytree(folder / "fallow", folder / name)
        for path in (folder / name).glob("*.yml"):
            text = path.read_text().replace("jurisdiction_id: fallow", f"jurisdiction_id: {name}")
            path.write_text(text.replace("code: FL\n", f"code: {code}\n").replace("Fallow", f"Fallow {number}"))
    return folder


def sample(tenants):
    names = sorted(path.name for path in pathlib.Path(tenants).iterdir() if (path / "tenant.yml").exists())
    return names[:: max(1, len(names) // 40)]


def server_alone(hub):
    """Seconds until the hub's own PostgreSQL answers, started and stopped by its own tool."""
    hub.stop(120)
    cluster = hub.data / "database" / "cluster"
    owner = cluster.owner()
    command = [postgres_program("pg_ctl"), "-D", str(cluster), "-s", "-w"]
    if owner != subprocess.run(["id", "-un"], capture_output=True, text=True).stdout.strip():
        command = ["setpriv", f"--reuid={owner}", f"--regid={cluster.group()}", "--clear-groups", "--", *command]
    began = time.monotonic()
    subprocess.run([*command, "start", "-l", str(cluster / "bench.log")], check=True, stdout=subprocess.DEVNULL, cwd="/")
    seconds = time.monotonic() - began
    subprocess.run([*command, "stop", "-m", "fast"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    hub.start()
    return seconds
