#!/usr/bin/env python3
"""Draws the demonstration region's civic addresses along the roads of roads.geojson: addresses.csv beside this file.

Invented like the region itself; the same roads always give the same bytes. The real difficulties are made on purpose: one street name
in every town, French names, numbered lines and regional roads, units, suffixes, a building that two registers spell differently, a
community that is no municipality, addresses of a boundary road whose points lie in the neighbour's polygon, one in the gap between
two surveys. Former names and communities stand in address-aliases.csv and address-communities.csv, written by hand.
"""
import csv
import json
import math
import os

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {
    "bb": "Brindle Bay", "cf": "Cobbleford", "dm": "Dunmore Mills", "eb": "Elmsbridge", "fl": "Fallow",
    "gh": "Greyhaven", "hw": "Hartwick",
}
POSTAL = {"bb": "L0Z 1B", "cf": "L0Z 2C", "dm": "L0Z 3J", "eb": "L0Z 4E", "fl": "L0Z 5L", "gh": "L0Z 6G", "hw": "L0Z 7H"}
# Segments that no door stands on: a highway with limited access, a road of the neighbour's countryside.
WITHOUT_DOORS = {"hw7-1", "hw7-2"}
# Streets of the countryside that the road file leaves out: name, town, first and last point.
COUNTRY = [
    ("Fifth Line", "fl", (-79.25, 44.41), (-79.08, 44.41)),
    ("Sideroad 15", "fl", (-78.93, 44.35), (-78.93, 44.44)),
    ("County Road 9", "eb", (-78.74, 44.235), (-78.74, 44.325)),
    ("St. Clair Avenue West", "bb", (-79.16, 44.112), (-79.14, 44.112)),
    ("St. Clair Avenue East", "bb", (-79.138, 44.112), (-79.122, 44.112)),
    ("MacTavish Court", "cf", (-78.894, 44.142), (-78.890, 44.142)),
    ("O'Grady's Lane", "eb", (-78.806, 44.270), (-78.800, 44.270)),
    ("Weir-Canal Crescent", "dm", (-79.016, 44.286), (-79.010, 44.286)),
    ("Chemin de l'Église", "dm", (-79.046, 44.262), (-79.046, 44.256)),
    ("Avenue Road", "cf", (-78.899, 44.128), (-78.899, 44.138)),
]


def town(segment, lon, lat):
    prefix = segment.split("-")[0]
    if prefix in NAMES:
        return prefix
    if segment == "townline-1":
        return "bb"
    if segment == "townline-2":
        return "dm"
    if lat < 44.22:
        return "bb" if lon < -79.0 else "cf"
    if lat < 44.34:
        return "dm" if lon < -78.95 else "eb"
    return "fl"


def doors(name, segment, start, end, metres, first):
    """A door every so many metres, odd numbers on the left side and even ones on the right."""
    (lon1, lat1), (lon2, lat2) = start, end
    scale = math.cos(math.radians((lat1 + lat2) / 2)) * 111_320
    east, north = (lon2 - lon1) * scale, (lat2 - lat1) * 111_320
    length = math.hypot(east, north)
    count = int(length // metres)
    for index in range(count):
        part = (index + 0.5) / count
        lon, lat = lon1 + (lon2 - lon1) * part, lat1 + (lat2 - lat1) * part
        for side in (1, 0):
            offset = 15 if side else -15
            # Left of the direction of travel is the odd side.
            shifted = (lon - north / length * offset / scale, lat + east / length * offset / 111_320)
            number = first + index * (2 if metres < 100 else 24) + (1 - side)
            # Some lots are built over by their neighbours: their numbers are free.
            if (number * 7919 + len(name)) % 17 == 0:
                continue
            yield number, shifted[0], shifted[1], town(segment, lon, lat)


def main():
    roads = json.load(open(os.path.join(HERE, "roads.geojson"), encoding="utf-8"))["features"]
    rows = []
    nexts = {}

    def add(number, unit, street, where, community, lon, lat, block):
        code = f"{POSTAL[where]}{block % 9 + 1}"
        # The last two of a Canadian code are letter and digit: L0Z 1B + digit.
        rows.append([number, unit, street, NAMES[where], community, code, f"{lat:.6f}", f"{lon:.6f}"])

    segments = []
    for feature in roads:
        line = feature["geometry"]["coordinates"]
        name, segment = feature["properties"]["name"], feature["properties"]["id"]
        if feature["geometry"]["type"] != "LineString" or segment in WITHOUT_DOORS or segment not in KNOWN:
            continue
        segments.append((name, segment, line[0], line[-1]))
    for name, prefix, start, end in COUNTRY:
        segments.append((name, f"{prefix}-country", start, end))
    for block, (name, segment, start, end) in enumerate(segments):
        length = math.hypot((end[0] - start[0]) * 79_700, (end[1] - start[1]) * 111_320)
        metres = 40 if length < 3_300 else 250
        key = (name, town(segment, start[0], start[1]))
        first = nexts.get(key, 1 if metres == 40 else 1001)
        for number, lon, lat, where in doors(name, segment, start, end, metres, first):
            nexts[key] = max(nexts.get(key, 0), number + 2 - (number + 1) % 2)
            community = "Saint-Amand" if segment in ("dm-rue-principale", "dm-rue-du-moulin", "dm-rue-saint-jean") else ""
            if where == "fl" and segment in ("fl-main-street", "fl-church-street", "fl-mill-street"):
                community = "Fallow Corners"
            add(number, "", name, where, community, lon, lat, block)
    # An apartment house, a row of shops, suffixes, a fraction.
    for unit in range(1, 25):
        add(150, unit, "Queen Street", "bb", "", -79.1712, 44.10175, 3)
    for unit in ("A", "B", "C", "D"):
        add(88, unit, "Rue Principale", "dm", "Saint-Amand", -79.0201, 44.26765, 4)
    for suffix in ("A", "B"):
        add(f"212{suffix}", "", "Main Street", "cf", "", -78.8669, 44.13012, 5)
    add("14 1/2", "", "Church Street", "fl", "Fallow Corners", -79.0093, 44.40012, 6)
    # The county's register and the town's spell one house in two ways.
    for number, lon, lat in ((301, -78.8663, 44.28012), (303, -78.8661, 44.28012)):
        add(number, "", "Station Street South", "eb", "", lon, lat, 7)
        add(number, "", "STATION ST S", "eb", "", lon, lat, 7)
    # One door stands in the gap between two surveys.
    add(1, "", "Ferry Road", "cf", "Ferrybank", -78.99905, 44.12, 8)
    add(3, "", "Ferry Road", "cf", "Ferrybank", -78.9982, 44.12, 8)
    add(2, "", "Ferry Road", "bb", "Ferrybank", -79.0012, 44.12, 8)
    with open(os.path.join(HERE, "addresses.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["number", "unit", "street", "municipality", "community", "postal_code", "lat", "lon"])
        writer.writerows(rows)
    print(f"{len(rows)} addresses")


# The segments that doors stand on; new roads get doors when they are named here, so that addresses stay when roads are added.
KNOWN = set(
    """
    rr25-1 rr25-2 rr25-3 rr25-4 bb-mill-service rr12-1 rr12-2 bb-king rr8-1 rr8-2 rr30 rr7 townline-1 townline-2 bb-lakeview cf-meadowlark
    fl-line-3 fl-conc-6 bb-front-street bb-bay-street bb-queen-street bb-albert-street bb-harbour-street bb-mill-street bb-main-street
    bb-church-street bb-elm-street cf-bridge-street cf-main-street cf-king-street cf-ford-street cf-orchard-street cf-station-street
    dm-rue-principale dm-main-street dm-wheel-street dm-rue-du-moulin dm-loom-street dm-weir-street dm-king-street dm-rue-saint-jean
    dm-canal-street eb-elm-avenue eb-main-street eb-bridge-street eb-north-street eb-market-street eb-mill-street fl-main-street
    fl-church-street fl-mill-street gh-castle-street gh-main-street gh-grey-street gh-gate-street gh-haven-street hw-main-street
    hw-hart-street
    """.split()
)

if __name__ == "__main__":
    main()
