"""Places, services and right answers of the demonstration region, found without asking the hub."""

import json
import random
import urllib.parse

from measure import ROOT, SEED

# Services whose lead follows from the municipality alone, and services that are the region's wherever the place lies.
OF_THE_TOWN = ["PK-PLAY", "BY-PROP", "BD-PERMIT", "PK-GRAF", "CL-LICENCE"]
OF_THE_REGION = ["PH-FOOD", "TR-STOP", "SS-INTAKE"]
# Who answers for these depends on the roads near the place.
BY_ROAD = ["RD-POTH", "WN-PLOW"]
PLACES = 4000
TENANTS = {"brindle-bay", "cobbleford", "dunmore-mills", "elmsbridge", "fallow"}


def inside(ring, x, y):
    """Even-odd rule, plainly."""
    found, previous = False, ring[-1]
    for point in ring:
        if (point[1] > y) != (previous[1] > y):
            if x < (previous[0] - point[0]) * (y - point[1]) / (previous[1] - point[1]) + point[0]:
                found = not found
        previous = point
    return found


class Layer:
    """Areas of one layer of a GeoJSON file, each asked point by point."""

    def __init__(self, path, name=None, key="id"):
        self.areas = []
        for feature in json.load(open(path))["features"]:
            if name and feature["properties"].get("layer") != name:
                continue
            geometry = feature["geometry"]
            polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
            points = [point for polygon in polygons for point in polygon[0]]
            box = (min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))
            self.areas.append((str(feature["properties"].get(key)), box, polygons))

    @property
    def box(self):
        boxes = [box for _, box, _ in self.areas]
        return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))

    def covering(self, x, y):
        """Ids of the areas that cover a point."""
        return [
            name for name, box, polygons in self.areas
            if box[0] <= x <= box[2] and box[1] <= y <= box[3]
            and any(inside(rings[0], x, y) and not any(inside(hole, x, y) for hole in rings[1:]) for rings in polygons)
        ]


def places(count, random):
    """Points in exactly one town that is a tenant, with the town's id; six decimals, as a telephone sends them."""
    layer = Layer(ROOT / "geo" / "boundaries.geojson", "municipality")
    west, south, east, north = layer.box
    found = []
    while len(found) < count:
        x, y = round(random.uniform(west, east), 6), round(random.uniform(south, north), 6)
        covering = layer.covering(x, y)
        if len(covering) == 1 and covering[0] in TENANTS:
            found.append((f"{y:.6f}", f"{x:.6f}", covering[0]))
    return found


def lead(jurisdiction):
    return '"lead":{"kind":"tenant","jurisdiction_id":"%s"' % jurisdiction


def route_requests(hub):
    """GETs of the route with the text a right answer contains; how many of them are judged by geometry of our own."""
    chance = random.Random(SEED)
    requests, judged = [], 0
    for lat, long, town in places(PLACES, chance):
        service = chance.choice(OF_THE_TOWN + OF_THE_REGION + BY_ROAD)
        path = f"/api/v1/route?lat={lat}&long={long}&service={service}"
        if service in BY_ROAD:
            # What the hub says of it now must be what it says under load.
            expected = lead_text(hub.json(path))
        else:
            expected, judged = lead("maplewater" if service in OF_THE_REGION else town), judged + 1
        requests.append(("GET", path, "", expected))
    return requests, judged


def lead_text(answer):
    found = answer["decision"]["lead"]
    if found["kind"] == "tenant":
        return lead(found["jurisdiction_id"])
    return '"lead":{"kind":"partner","partner_id":"%s"' % found["partner_id"] if found["kind"] == "partner" else '"undecided"'


class Posts:
    """Open311 POSTs to the hub's own jurisdiction at varied places; every third names a person, as one type asks of all."""

    services = ["RD-POTH", "RD-SIGNDN", "PK-VAND", "BY-PROP", "TR-STOP", "WN-PLOW"]

    def __init__(self, hub):
        self.key = hub.key
        self.answers = {}
        for code in self.services:
            definition = hub.json(f"/open311/v2/services/{code}.json?jurisdiction_id=maplewater-311")
            chosen = {}
            for attribute in definition["attributes"]:
                if attribute["required"]:
                    values = attribute.get("values")
                    chosen[f"attribute[{attribute['code']}]"] = values[0]["key"] if values else "1"
            self.answers[code] = chosen
        # Where a body outside the hub answers (a provincial highway), nothing is stored and the sender is told so.
        chance = random.Random(SEED)
        self.matters = []
        for lat, long, _ in places(PLACES, chance):
            code = chance.choice(self.services)
            found = hub.json(f"/api/v1/route?lat={lat}&long={long}&service={code}")["decision"]["lead"]
            if found["kind"] == "tenant":
                self.matters.append((lat, long, code))

    def requests(self, mark):
        made = []
        for number, (lat, long, code) in enumerate(self.matters):
            fields = {
                "api_key": self.key, "jurisdiction_id": "maplewater-311", "service_code": code, "lat": lat, "long": long,
                "description": f"{mark} {number}: seen on the way to work this morning, about two metres from the kerb",
            } | self.answers[code]
            if number % 3 == 0 or code == "BY-PROP":
                fields |= {"email": f"someone{number}@mail.example", "first_name": "Someone", "last_name": "Else"}
            made.append(("POST", "/open311/v2/requests.json", urllib.parse.urlencode(fields), '"service_request_id":"'))
        return made
