"""kill -9 of the service, twenty times under load: no acknowledged request lost, none doubled, forwarding goes on.

Each client keeps the key of a submission until it is acknowledged, as a careful client does. Three numbers at the end:
acknowledged and lost, doubled, torn (stored without its history).
"""

import json
import random
import sys
import threading
import time
import uuid

from hub import Hub

KILLS = 20
CLIENTS = 8
PAUSE = 0.02
# A place on a regional road inside a town, and a local street: one is offered on, the other stays.
PLACES = [("brindle-bay", "44.13", "-79.20005", True), ("maplewater-311", "44.1016", "-79.18", False)]


def submit(hub, key, number, stopping, acknowledged, lock):
    while not stopping.is_set():
        jurisdiction, lat, long, goes_on = PLACES[number % 2]
        idempotency = str(uuid.uuid4())
        # In letters alone: figures may look like a telephone number, which is held back from the public and not found by its words here.
        said = "".join("abcdefghijklmnop"[int(digit, 16)] for digit in idempotency.replace("-", ""))
        while True:
            try:
                answer = hub.post(
                    "/open311/v2/requests.json",
                    {"api_key": key, "jurisdiction_id": jurisdiction, "service_code": "RD-POTH", "lat": lat,
                     "long": long, "description": said} | ATTRIBUTES,
                    {"Idempotency-Key": idempotency},
                )
                text = answer.read()
                if answer.status == 200:
                    with lock:
                        acknowledged[said] = (json.loads(text)[0]["service_request_id"], jurisdiction, goes_on)
                    break
                if answer.status < 500 and answer.status != 409:
                    raise SystemExit(f"refused: {answer.status} {text.decode()}")
            except SystemExit:
                raise
            except Exception:
                pass
            if stopping.is_set() and random.random() < 0.2:
                return
            time.sleep(0.05)
        number += 1
        time.sleep(PAUSE)


ATTRIBUTES = {}


def required_attributes(hub):
    definition = hub.json("/open311/v2/services/RD-POTH.json?jurisdiction_id=brindle-bay")
    chosen = {}
    for attribute in definition["attributes"]:
        if attribute["required"]:
            values = attribute.get("values")
            chosen[f"attribute[{attribute['code']}]"] = values[0]["key"] if values else "1"
    return chosen


def main():
    hub = Hub()
    try:
        first = hub.start()
        ATTRIBUTES.update(required_attributes(hub))
        key, acknowledged, lock, stopping = hub.key, {}, threading.Lock(), threading.Event()
        clients = [
            threading.Thread(target=submit, args=(hub, key, n, stopping, acknowledged, lock), daemon=True)
            for n in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        restarts = []
        for round in range(KILLS):
            time.sleep(random.uniform(0.3, 1.2))
            hub.kill()
            restarts.append(hub.start())
        time.sleep(1)
        stopping.set()
        for client in clients:
            client.join(30)
        return report(hub, acknowledged, first, restarts)
    finally:
        hub.remove()


def stored(hub, jurisdiction):
    """Every request of a jurisdiction by description."""
    found, page = {}, 1
    while True:
        lot = hub.json(f"/open311/v2/requests.json?jurisdiction_id={jurisdiction}&page={page}&page_size=500&extensions=true")
        for request in lot:
            found.setdefault(request["description"], []).append(request)
        if len(lot) < 500:
            return found
        page += 1


def report(hub, acknowledged, first, restarts):
    town = stored(hub, "brindle-bay")
    lost = [k for k, (ref, _, _) in acknowledged.items()
            if not any(r["service_request_id"] == ref for r in town.get(k, []))]
    doubled = [k for k, requests in town.items() if len(requests) > 1]
    torn = [k for k, requests in town.items() if not any(n["type"] == "received" for n in requests[0]["notes"])]
    offered = {k for k, (_, _, goes_on) in acknowledged.items() if goes_on}
    began = time.monotonic()
    missing = offered
    while missing and time.monotonic() - began < 120:
        region = stored(hub, "maplewater")
        missing = {k for k in offered if k not in region}
        time.sleep(1)
    region = stored(hub, "maplewater")
    doubled_on = [k for k in offered if len(region.get(k, [])) > 1]
    print(f"first start {first:.1f} s; {len(restarts)} restarts, the slowest {max(restarts):.1f} s")
    print(f"{len(acknowledged)} acknowledged, {len(lost)} lost, {len(doubled)} doubled, {len(torn)} torn")
    print(f"{len(offered)} handed on, {len(missing)} not delivered, {len(doubled_on)} delivered twice")
    ok = len(acknowledged) > 100 and not (lost or doubled or torn or missing or doubled_on)
    if not ok:
        print(hub.tail())
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
