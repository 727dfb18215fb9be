"""`geo locate --csv` for a million points on real boundaries, beside plain Python with the even-odd rule."""

import csv
import json
import os
import random
import subprocess
import time

from measure import ROOT, SEED, goal
from region import Layer

POINTS = 1_000_000
CHECKED = 2_000
REAL = {"municipalities": "municipality", "upper_tier": "upper_tier", "wards": "ward"}


def run(load):
    real = ROOT.parent / "shared" / "data" / "boundaries-ontario"
    if real.is_dir():
        files = [layered(real / f"{name}.geojson", layer, load) for name, layer in REAL.items()]
        layers = {layer: Layer(path) for layer, path in zip(REAL.values(), files)}
    else:
        files = [ROOT / "geo" / "boundaries.geojson"]
        layers = {name: Layer(files[0], name) for name in ("municipality", "upper_tier", "ward")}
    shape = ", ".join(f"{len(layer.areas)} {name}" for name, layer in layers.items())
    vertices = sum(len(ring) for layer in layers.values() for _, _, polygons in layer.areas for rings in polygons for ring in rings)
    print(f"\n6  geo locate --csv: {POINTS:,} points spread evenly over the box of "
          f"{'real boundaries' if real.is_dir() else 'the demonstration region'} ({shape} areas, {vertices:,} vertices)")
    west, south = min(l.box[0] for l in layers.values()), min(l.box[1] for l in layers.values())
    east, north = max(l.box[2] for l in layers.values()), max(l.box[3] for l in layers.values())
    chance = random.Random(SEED)
    points = [(round(chance.uniform(west, east), 6), round(chance.uniform(south, north), 6)) for _ in range(POINTS)]
    source, target = load.folder / "points.csv", load.folder / "located.csv"
    with open(source, "w") as file:
        file.write("id,lat,lon\n")
        file.writelines(f"{number},{y:.6f},{x:.6f}\n" for number, (x, y) in enumerate(points))

    seconds, cpu, peak = locate(files, source, target)
    empty = load.folder / "one.csv"
    empty.write_text("id,lat,lon\n0,%.6f,%.6f\n" % (points[0][1], points[0][0]))
    alone, alone_cpu, _ = locate(files, empty, load.folder / "one-located.csv")

    with open(target) as file:
        rows = list(csv.DictReader(file))
    inside = sum(1 for row in rows if any(row[name] for name in layers))
    began = time.process_time()
    right = 0
    for number in range(CHECKED):
        right += all(
            sorted(layer.covering(*points[number])) == sorted(filter(None, rows[number][name].split(";")))
            for name, layer in layers.items()
        )
    plain = time.process_time() - began
    print(f"  {cpu:.2f} s of processor, {seconds:.2f} s of clock, of which reading the boundaries {alone_cpu:.2f} s; "
          f"peak RSS {peak:.0f} MiB; {POINTS / max(cpu - alone_cpu, 0.01):,.0f} points a second of processor")
    print(f"  hits: {len(rows):,} rows, {inside:,} covered by an area; {right} of {CHECKED} checked against plain Python name the "
          f"same areas")
    print(f"  baseline, plain Python: {CHECKED / plain:,.0f} points a second of processor")
    goal(f"a million points in under 2 s of processor, reading the boundaries aside: {cpu - alone_cpu:.2f} s", cpu - alone_cpu < 2 and right == CHECKED and len(rows) == POINTS)


def layered(path, layer, load):
    """A copy of a file whose areas say which layer they are of."""
    collection = json.load(open(path))
    for feature in collection["features"]:
        feature["properties"]["layer"] = layer
    copy = load.folder / path.name
    copy.write_text(json.dumps(collection))
    return copy


def locate(files, source, target):
    """Clock seconds, processor seconds and peak memory of one run."""
    command = [os.environ["HUB311"], "geo", "locate", "--csv", str(source), "--out", str(target)]
    for path in files:
        command += ["--boundaries", str(path)]
    began = time.monotonic()
    with open(f"{target}.log", "wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        # Of this one child alone, which the module resource does not tell.
        _, status, used = os.wait4(process.pid, 0)
    seconds, process.returncode = time.monotonic() - began, os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"geo locate ended with {process.returncode}: {open(f'{target}.log').read()[-2000:]}")
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
