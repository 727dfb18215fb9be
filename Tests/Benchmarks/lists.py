"""A list of 1,000 requests with their histories: bytes, time, and whether memory stays as it is."""

import json
import statistics
import time

from measure import Database, goal, memory, reset_peak, settle
from region import Posts

TOWN = "brindle-bay"
SCHEMA = "t_bb"
TIMES = 200


def run(hub, load):
    database = Database(hub)
    fill(hub, load, database)
    settle(hub)
    print(f"\n3  List of 1,000 requests of one town, extensions=true, JSON and XML, {TIMES} times on one connection")
    for form in ("json", "xml"):
        path = f"/open311/v2/requests.{form}?jurisdiction_id={TOWN}&extensions=true&page_size="
        # Warm, with many lists at once too, so that what the allocator keeps for itself is there before.
        for _ in range(20):
            hub.get(path + "1000").read()
        reset_peak(hub.process.pid)
        for _ in range(20):
            hub.get(path + "100").read()
        small = memory(hub.process.pid, "VmHWM")
        before = memory(hub.process.pid)
        reset_peak(hub.process.pid)
        times, sizes, hits = [], set(), 0
        for _ in range(TIMES):
            began = time.monotonic()
            text = hub.get(path + "1000").read()
            times.append(time.monotonic() - began)
            sizes.add(len(text))
            hits += number(text, form) == 1000
        after, peak = memory(hub.process.pid), memory(hub.process.pid, "VmHWM")
        times.sort()
        print(f"  {form}: {max(sizes)} bytes, median {statistics.median(times) * 1000:.0f} ms, p99 "
              f"{times[int(TIMES * 0.99) - 1] * 1000:.0f} ms, {1000 / statistics.median(times):.0f} requests/s; hits: {hits} of "
              f"{TIMES} lists had 1,000 requests")
        print(f"  {form}: RSS {before:.1f} MiB before, {after:.1f} MiB after; highest {peak:.1f} MiB during lists of 1,000, "
              f"{small:.1f} MiB during lists of 100")
        goal(f"{form} in constant memory (within 8 MiB)", after - before < 8 and peak - small < 8)
    began = time.monotonic()
    rows = database.ask(f"SELECT count(*), sum(length(t)) FROM (SELECT row_to_json(r)::text || (SELECT json_agg(e) FROM "
                        f"{SCHEMA}.service_request_event AS e WHERE e.service_request_id = r.service_request_id)::text AS t FROM "
                        f"(SELECT * FROM {SCHEMA}.service_request ORDER BY requested_at DESC, service_request_id LIMIT 1000) AS r) AS s")
    print(f"  baseline, the same rows made JSON by the database itself (psql, its start included): "
          f"{(time.monotonic() - began) * 1000:.0f} ms, {rows[0][1]} characters of {rows[0][0]} rows")


def number(text, form):
    return len(json.loads(text)) if form == "json" else text.count(b"<service_request_id>")


def fill(hub, load, database):
    """At least 1,000 requests in the town, through the front door."""
    requests = Posts(hub).requests("list")
    while int(database.ask(f"SELECT count(*) FROM {SCHEMA}.service_request WHERE visibility = 'public'")[0][0]) < 1100:
        load.run(hub, load.write("fill.txt", requests), 8, 4)
