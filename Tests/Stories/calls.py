"""Calls to 311 through a real Kamailio (deploy/kamailio) with SIPp at both ends, on loopback alone.

A thousand calls at a hundred a second: each must arrive at the desk that the region's registers say, once. Then the hub is stopped in
the middle of a thousand more, and made to hang in the middle of others: not one call is lost. A desk that is silent is stood in for, and
911 is never taken over. Calls that bring their place are routed by LoST.

CALLS=N and RATE=N change how many and how fast.
"""

import csv
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from hub import ROOT, Hub
from walk import expect, until

CALLS = int(os.environ.get("CALLS", "1000"))
RATE = int(os.environ.get("RATE", "100"))
SCENARIOS = pathlib.Path(__file__).resolve().parent / "sip"

# Which desk takes what: a body's own, the gateway to old numbers, the one for everybody, the proxy's own default.
DESKS = ["centre", "fallow", "cobbleford", "gateway", "default"]

# Number dialled, first six digits of callers, desk. 311 alone is routed by the caller's exchange.
WAYS = [
    ("+13912200311", "391220", "centre"),      # one town without a desk of its own
    ("+13912400311", "391241", "centre"),      # two towns
    ("+13912600311", "393900", "centre"),      # three, one outside; wireless callers of elsewhere
    ("+13912800311", "391280", "centre"),      # two towns, one of them with a desk
    ("+13913000311", "392301", "centre"),
    ("+13913200311", "391320", "centre"),
    ("+13913400311", "391340", "fallow"),      # one town with a desk
    ("+13913400312", "393901", "fallow"),      # its own number
    ("+13912800312", "391281", "cobbleford"),  # a number registered by this story
    ("+13913600311", "391360", "gateway"),     # a council that has not consented: its old number
    ("311", "391341", "fallow"),
    ("311", "391361", "gateway"),
    ("311", "391221", "centre"),
    ("311", "anonymous", "centre"),
    ("+17055550120", "391220", "centre"),      # an old number, counted
]


def free_udp_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Exchange:
    """Kamailio and the desks around a hub."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="calls-", dir="/tmp"))
        self.ports = {desk: free_udp_port() for desk in DESKS}
        self.sip = free_udp_port()
        self.processes = {}
        self.rounds = 0
        self.seen = {desk: 0 for desk in DESKS}

    def region(self):
        """The repository's region with desks on this machine, and without the withdrawal that a calendar day would bring."""
        tenants, geo = self.folder / "tenants", self.folder / "geo"
        shutil.copytree(ROOT / "tenants", tenants)
        shutil.copytree(ROOT / "geo", geo)
        at = {desk: f"127.0.0.1:{port}" for desk, port in self.ports.items()}
        (tenants / "agreement" / "telephone.yml").write_text(
            f"contact_centre: sip:311@{at['centre']}\ndesks:\n  fallow: sip:desk@{at['fallow']}\n"
            f"  cobbleford: sip:desk@{at['cobbleford']}\ngateway: {at['gateway']}\n")
        # LoST answers with the same desks.
        lost = tenants / "agreement" / "lost.yml"
        text = lost.read_text()
        start = text.index("\nsip:\n") + len("\nsip:\n")
        end = text.index("\n\n", start)
        desks = {"maplewater-311": "centre", "brindle-bay": "centre", "fallow": "fallow", "cobbleford": "cobbleford"}
        lost.write_text(text[:start] + "\n".join(f"  {body}: sip:desk@{at[desk]}" for body, desk in desks.items()) + text[end:])
        consents = geo / "exchange-consents.csv"
        with consents.open(newline="") as file:
            rows = list(csv.DictReader(file))
        with consents.open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows({**row, "revocation": "", "revocation_given": "", "revoked": ""} for row in rows)
        return tenants, geo

    def desk(self, name):
        log = open(self.folder / f"{name}.out", "ab")
        self.processes[name] = subprocess.Popen(
            ["sipp", "-sf", str(SCENARIOS / "desk.xml"), "-i", "127.0.0.1", "-p", str(self.ports[name]), "-nostdin",
             "-buff_size", "4000000", "-trace_logs", "-log_file", str(self.folder / f"{name}.log"), "-log_overwrite", "false",
             "-trace_err", "-error_file", str(self.folder / f"{name}.err"), "-error_overwrite", "false"],
            stdout=log, stderr=log, cwd=self.folder)

    def start(self, hub):
        for name in DESKS:
            self.desk(name)
        log = open(self.folder / "kamailio.log", "ab")
        settings = {
            "HUB_URL": hub.base, "SIP_LISTEN": f"udp:127.0.0.1:{self.sip}",
            "SIP_DEFAULT": f"sip:311@127.0.0.1:{self.ports['default']}",
            "SIP_GATEWAY": f"127.0.0.1:{self.ports['gateway']}", "HUB_PAUSE": "1",
        }
        self.processes["kamailio"] = subprocess.Popen(
            ["kamailio", "-DD", "-E", "-f", str(ROOT / "deploy/kamailio/kamailio.cfg"), "-Y", str(self.folder),
             "-m", "64", "-M", "8"] + [f"--substdef=!{name}!{value}!g" for name, value in settings.items()],
            stdout=log, stderr=log, cwd=self.folder)
        until("Kamailio answers", self.answers, 30)

    def answers(self):
        request = (f"OPTIONS sip:127.0.0.1:{self.sip} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bKping\r\n"
                   "From: <sip:ping@127.0.0.1>;tag=1\r\nTo: <sip:127.0.0.1>\r\nCall-ID: ping\r\nCSeq: 1 OPTIONS\r\n"
                   "Max-Forwards: 5\r\nContent-Length: 0\r\n\r\n")
        return self.send(request).startswith("SIP/2.0 200")

    def send(self, message, patience=1.0):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.bind(("127.0.0.1", 0))
            line.settimeout(patience)
            line.sendto(message.encode(), ("127.0.0.1", self.sip))
            try:
                while True:
                    answer = line.recv(4096).decode()
                    if not answer.startswith("SIP/2.0 1"):
                        return answer
            except (socket.timeout, ConnectionError):
                return ""

    def call(self, calls, scenario="caller.xml", rate=RATE, midway=None):
        """Runs calls of (caller, number dialled, …) and gives for each the desk that took it, and the answer times in ms."""
        self.rounds += 1
        rows = self.folder / f"calls-{self.rounds}.csv"
        first = self.rounds * 100_000
        rows.write_text("SEQUENTIAL\n" + "".join(
            ";".join([caller, dialled, str(first + index), *more]) + "\n"
            for index, (caller, dialled, *more) in enumerate(calls)))
        times = self.folder / f"times-{self.rounds}.csv"
        run = subprocess.Popen(
            ["sipp", "-sf", str(SCENARIOS / scenario), "-inf", str(rows), "-i", "127.0.0.1", "-p", str(free_udp_port()),
             "-m", str(len(calls)), "-r", str(rate), "-l", "2000", "-timeout", "120s", "-timeout_error", "-nostdin",
             "-buff_size", "4000000", "-trace_err", "-error_file", str(self.folder / f"errors-{self.rounds}.log"),
             "-trace_rtt", "-rtt_freq", "1", f"127.0.0.1:{self.sip}"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=self.folder)
        if midway:
            time.sleep(len(calls) / rate / 2)
            midway()
        output, _ = run.communicate(timeout=180)
        for path in self.folder.glob(f"*_{run.pid}_rtt.csv"):
            path.rename(times)
        taken = {}
        doubled = []
        for desk in DESKS:
            lines = [line.split()[1] for line in (self.folder / f"{desk}.log").read_text().splitlines() if line.startswith("ROW")] \
                if (self.folder / f"{desk}.log").exists() else []
            for row in map(int, lines):
                if row < first or row >= first + len(calls):
                    continue
                if row in taken:
                    doubled.append(row - first)
                taken[row] = desk
        answered = []
        if times.exists():
            for line in times.read_text().splitlines()[1:]:
                answered.append(float(line.split(";")[1]))
        if run.returncode != 0:
            errors = self.folder / f"errors-{self.rounds}.log"
            print(output[-3000:])
            print(errors.read_text()[-3000:] if errors.exists() else "")
        return run.returncode, [taken.get(first + index) for index in range(len(calls))], doubled, sorted(answered)

    def stop(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def numbers(count, seed):
    """Calls over all ways in turn: caller, number dialled, and the desk each must reach."""
    chance = random.Random(seed)
    calls = []
    for index in range(count):
        dialled, code, desk = WAYS[index % len(WAYS)]
        caller = code if code == "anonymous" else f"+1{code}{chance.randrange(10_000):04}"
        calls.append((caller, dialled, desk))
    return calls


def at(share, times):
    return times[min(int(len(times) * share), len(times) - 1)] if times else float("nan")


def told(what, times):
    print(f"          {what}: answered in {at(0.5, times):.0f} ms (half), {at(0.99, times):.0f} ms (99 %), {at(1, times):.0f} ms (all)")


def check(exchange, what, calls, result, also=()):
    status, taken, doubled, times = result
    wrong = [(index, call, desk) for index, (call, desk) in enumerate(zip(calls, taken)) if desk not in (call[2], *also)]
    if wrong:
        print("          wrong: " + ", ".join(f"{call} -> {desk}" for _, call, desk in wrong[:8]))
    told(f"{len(calls)} calls", times)
    expect(f"{what}: SIPp saw every call to its end", status == 0)
    expect(f"{what}: every call arrived, none twice", None not in taken and not doubled)
    expect(f"{what}: each at the desk the registers say", not wrong)


def by_place(exchange, hub):
    """Calls that bring a point, when this hub answers LoST."""
    ask = urllib.request.Request(hub.base + "/lost", b"<x/>", {"Content-Type": "application/lost+xml"})
    try:
        with urllib.request.urlopen(ask, timeout=10) as answer:
            served = answer.status == 200
    except urllib.error.HTTPError:
        served = False
    if not served:
        print("  skipped   calls by place: this hub does not answer LoST")
        return
    places = [("44.4 -79.0025", "fallow"), ("44.1285 -78.8775", "cobbleford"), ("44.1016 -79.18", "centre")]
    calls = [("+13939001234", "311", *places[index % len(places)]) for index in range(60)]
    status, taken, doubled, times = exchange.call(
        [(caller, dialled, place) for caller, dialled, place, _ in calls], "caller-with-place.xml", rate=20)
    told("60 calls with a place", times)
    expect("by place: SIPp saw every call to its end", status == 0 and not doubled)
    wrong = [(call, desk) for call, desk in zip(calls, taken) if desk != call[3]]
    if wrong:
        print(f"          wrong: {wrong[:5]}")
    expect("by place: each at the desk of the municipality it lies in", not wrong)


def story(exchange, hub):
    hub.run("exchange", "termination", "add", "+13912800312", "--tenant", "cobbleford", "--from", "2026-01-01")
    route = "/telephony/route?from=anonymous&did=%2B13912800312"
    until("the new number is in force", lambda: str(exchange.ports["cobbleford"]) in hub.get(route).read().decode())
    exchange.start(hub)

    calls = numbers(CALLS, 1)
    check(exchange, f"{CALLS} calls at {RATE}/s", calls, exchange.call([call[:2] for call in calls]))
    counted = sum(1 for call in calls if call[1] == "+17055550120")
    old = lambda: {line["number"]["number"]: line["calls"]
                   for line in json.loads(hub.run("exchange", "legacy", "list", "--json").stdout)}
    until("calls to the old number are counted", lambda: old()["+17055550120"] == counted)
    expect("calls to the old number are counted", True)

    refused = exchange.send(
        f"INVITE sip:911@127.0.0.1:{exchange.sip} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bKsos\r\n"
        "From: <sip:+13912200001@127.0.0.1>;tag=1\r\nTo: <sip:911@127.0.0.1>\r\nCall-ID: sos\r\nCSeq: 1 INVITE\r\n"
        "Contact: <sip:caller@127.0.0.1>\r\nMax-Forwards: 5\r\nContent-Length: 0\r\n\r\n", 5)
    expect("911 is refused at once and never taken over", refused.startswith("SIP/2.0 403"))

    by_place(exchange, hub)

    # Every seventh caller is of a code not seen before: what is not in the cache goes to the default once the hub is away.
    fresh = numbers(CALLS, 2)
    fresh = [("+1392" + str(300 + index % 500) + call[0][-4:], call[1], call[2])
             if index % 7 == 0 and call[1] != "311" else call for index, call in enumerate(fresh)]
    stopped = exchange.call([call[:2] for call in fresh], midway=lambda: hub.stop())
    seen = {(call[1], call[0][:8]) for call in calls}
    strays = [call for call, desk in zip(fresh, stopped[1]) if desk == "default"]
    check(exchange, "the hub stopped in the middle", fresh, stopped, also=("default",))
    print(f"          {len(strays)} calls of codes not seen before went to the default")
    expect("the hub stopped in the middle: what was known before still goes to its own desk",
           not [call for call in strays if (call[1], call[0][:8]) in seen])
    expect("the hub stopped in the middle: 99 of 100 calls are answered within a second", at(0.99, stopped[3]) < 1000)

    hub.start()
    calls = numbers(CALLS // 2, 3)
    stuck = exchange.call([call[:2] for call in calls], midway=lambda: hub.process.send_signal(signal.SIGSTOP))
    hub.process.send_signal(signal.SIGCONT)
    check(exchange, "the hub hanging in the middle", calls, stuck, also=("default",))
    expect("the hub hanging in the middle: what was known before goes to its own desk",
           sum(1 for desk in stuck[1] if desk == "default") == 0)

    hub.wait()
    time.sleep(1.5)  # the proxy's pause after the hub failed
    desk = exchange.processes["fallow"]
    desk.send_signal(signal.SIGKILL)
    desk.wait()
    calls = [("+13913400001", "+13913400311", "default")] * 20
    check(exchange, "a desk that is gone", calls, exchange.call([call[:2] for call in calls], rate=10))


def main():
    for tool in ["kamailio", "sipp"]:
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is missing; deploy/install-packages test installs it")
    exchange = Exchange()
    tenants, geo = exchange.region()
    hub = Hub(tenants=tenants, geo=geo)
    try:
        hub.start()
        story(exchange, hub)
    except AssertionError:
        print((exchange.folder / "kamailio.log").read_text(errors="replace")[-3000:])
        raise
    finally:
        exchange.stop()
        hub.remove()
        if "KEEP" not in os.environ:
            shutil.rmtree(exchange.folder, ignore_errors=True)


main()
