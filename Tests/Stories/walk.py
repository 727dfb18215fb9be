"""The README's walk from a pothole to the region's schema, then the faults an operator meets: a killed database, a stop.

Each step is the README's own, with what it must show; so the README stays true.
"""

import json
import os
import signal
import sys
import time

from hub import Hub

POINT = ["--lat", "44.13", "--long", "-79.20005"]


def expect(what, holds):
    print(("  ok      " if holds else "  FAILED  ") + what)
    if not holds:
        raise AssertionError(what)


def until(what, check, patience=30):
    began = time.monotonic()
    while time.monotonic() - began < patience:
        if check():
            return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError(f"not within {patience} s: {what}")


def walk(hub):
    told = hub.run("route", "explain", *POINT, "--service", "RD-POTH").stdout
    expect("1 a pothole on the regional road is the Region's", "This is the Region’s job" in told.splitlines()[0])
    told = hub.run("route", "explain", *POINT, "--service", "RD-SWALK", "--language", "fr").stdout
    expect("2 its sidewalk is the town's, said in French", "la Ville s’occupe des trottoirs" in told.splitlines()[0])
    types = hub.json("/open311/v2/services.json?jurisdiction_id=maplewater-311&lat=44.13&long=-79.20005")
    expect("3 the place offers more than a hundred public types", len(types) > 100)
    answer = hub.post("/open311/v2/requests.json", {
        "api_key": hub.key, "jurisdiction_id": "brindle-bay", "service_code": "RD-POTH", "lat": "44.13",
        "long": "-79.20005", "description": "Deep hole by the bridge", "attribute[SPOT]": "lane"})
    reference = json.load(answer)[0]["service_request_id"]
    expect("4 the town takes it and gives a reference of its own", answer.status == 200 and reference.startswith("BB-"))
    region = f"/open311/v2/requests/{reference}.json?jurisdiction_id=maplewater"
    until("the copy in the region's schema", lambda: hub.get(region).status == 200)
    copy = hub.json(region)[0]
    expect("5 the region has it under the same reference and its own type", copy["service_code"] == "RR-POTH")
    hub.run("request", "accept", reference, "--jurisdiction", "maplewater")
    hub.run("request", "step", reference, "assign", "--jurisdiction", "maplewater", "--text", "Crew on Tuesday")
    town = f"/open311/v2/requests/{reference}.json?jurisdiction_id=brindle-bay&extensions=true"
    until("6, 7 the town sees that a crew has it",
          lambda: hub.json(town)[0]["extended_attributes"]["status"] == "in_progress")
    told = hub.run("request", "show", reference).stdout
    expect("8 one history, not completed", "Crew on Tuesday" in told and "completed: not yet" in told)
    expect("9 the town's Open311 says open", hub.json(town)[0]["status"] == "open")
    page = hub.get(f"/fr/requests/{reference}").read().decode()
    expect("10 the French page shows the step", "Travail attribué" in page)
    refused = hub.run("request", "step", reference, "review", "--jurisdiction", "maplewater", check=False)
    expect("a step that is not possible is refused with the possible ones", refused.returncode == 2 and "possible:" in refused.stderr)
    unknown, foreign = hub.get("/open311/v2/requests/BB-00000-0000.json?jurisdiction_id=cobbleford"), \
        hub.get(f"/open311/v2/requests/{reference}.json?jurisdiction_id=cobbleford")
    expect("unknown and foreign look alike", unknown.status == foreign.status == 404 and unknown.read() == foreign.read())
    return reference


def faults(hub, reference):
    pid = int((hub.data / "database/cluster/postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    until("the service says that it is degraded", lambda: hub.get("/health/ready").status == 503)
    page = hub.get("/en")
    expect("the first page answers while the database is away", page.status == 200)
    back = until("the database is back", lambda: hub.get("/health/ready").status == 200, 60)
    print(f"  a killed database was back after {back:.1f} s")
    expect("the request is still there", hub.get(f"/open311/v2/requests/{reference}.json?jurisdiction_id=brindle-bay").status == 200)
    expect("SIGTERM ends the service with status 0", hub.stop() == 0)
    expect("its database stopped with it", not (hub.data / "database/cluster/postmaster.pid").exists())
    again = hub.start()
    print(f"  the second start took {again:.1f} s")
    expect("and nothing is lost", hub.get(f"/open311/v2/requests/{reference}.json?jurisdiction_id=brindle-bay").status == 200)


def main():
    hub = Hub()
    try:
        print(f"  the first start took {hub.start():.1f} s")
        faults(hub, walk(hub))
        return 0
    except Exception:
        print(hub.tail())
        raise
    finally:
        hub.remove()


if __name__ == "__main__":
    sys.exit(main())
