#!/usr/bin/env python3
"""Draws the demonstration region: boundaries.geojson, roads.geojson and assets.geojson beside this file.

The region is invented; nothing is traced from a real map. Run it again after a change: the same input always gives the same bytes.
Borders are polylines shared by both neighbours, except where a survey defect is made on purpose (see README.md).
"""
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
STEP = 2500  # a border vertex every 0.0025 degree (about 200 m)


def degrees(micro):
    return micro / 1_000_000


def wiggle(seed, index, amplitude=800):
    """A surveyor's unsteady hand: repeatable, -amplitude … amplitude millionths of a degree."""
    value = (seed * 1_103_515_245 + index * 2_654_435_761 + 12_345) & 0xFFFFFFFF
    value ^= value >> 15
    value = (value * 2_246_822_519) & 0xFFFFFFFF
    value ^= value >> 13
    return value % (2 * amplitude + 1) - amplitude


def across(seed, lat, start, end, straight=(), fixed=()):
    """West to east along a latitude; straight stretches and fixed longitudes (corners, ward cuts) stay on it."""
    points = []
    lon = start
    while lon <= end:
        still = lon in (start, end) or lon in fixed or any(a <= lon <= b for a, b in straight)
        points.append((lon, lat + (0 if still else wiggle(seed, (lon - start) // STEP))))
        lon += STEP
    return points


def upward(seed, lon, start, end):
    """South to north along a longitude."""
    points = []
    lat = start
    while lat <= end:
        still = lat in (start, end)
        points.append((lon + (0 if still else wiggle(seed, (lat - start) // STEP)), lat))
        lat += STEP
    return points


W, C1, C2, E = -79_300_000, -79_000_000, -78_950_000, -78_700_000
S, M, U, N = 44_060_000, 44_220_000, 44_340_000, 44_450_000
CUTS = [-79_215_000, -79_105_000, -78_860_000, -79_220_000, -79_150_000, -79_050_000, -78_830_000, -79_100_000, -78_900_000]

shore = across(11, S, W, E, fixed=[C1] + CUTS)
middle = across(12, M, W, E, straight=[(-79_280_000, -79_165_000)], fixed=[C1, C2] + CUTS)
upper = across(13, U, W, E, fixed=[C2] + CUTS)
north = across(14, N, W, E, fixed=CUTS)
west = upward(21, W, S, M) + upward(22, W, M, U)[1:] + upward(23, W, U, N)[1:]
centre = upward(24, C1, S, M)
second = upward(25, C2, M, U)
east = upward(26, E, S, M) + upward(27, E, M, U)[1:] + upward(28, E, U, N)[1:]

# Defect 1, a gap: Cobbleford's survey draws its western border 40 m east of Brindle Bay's for some 1.2 km.
centre_cobbleford = [(lon + (500 if 44_112_500 <= lat <= 44_125_000 else 0), lat) for lon, lat in centre]
# Defect 2, an overlap: Elmsbridge's survey reaches 67 m south over Cobbleford's northern border for some 800 m.
middle_elmsbridge = [(lon, lat - (600 if -78_805_000 <= lon <= -78_795_000 else 0)) for lon, lat in middle]


def part(line, low, high, axis=0):
    return [p for p in line if low <= p[axis] <= high]


def ring(*arcs):
    """Arcs end to start, counter-clockwise, closed, no point twice in a row."""
    points = []
    for arc in arcs:
        for point in arc:
            if not points or points[-1] != point:
                points.append(point)
    if points[0] != points[-1]:
        points.append(points[0])
    return points


def box(west_, south, east_, north_):
    return [(west_, south), (east_, south), (east_, north_), (west_, north_), (west_, south)]


def back(line):
    return list(reversed(line))


greyhaven = ring(
    across(31, 44_260_000, -79_140_000, -79_090_000),
    upward(32, -79_090_000, 44_260_000, 44_290_000),
    back(across(33, 44_290_000, -79_140_000, -79_090_000)),
    back(upward(34, -79_140_000, 44_260_000, 44_290_000)),
)
hole = back(greyhaven)
heron_island = ring(
    across(41, 44_030_000, -79_170_000, -79_150_000),
    back(across(42, 44_038_000, -79_170_000, -79_150_000)),
)

FEATURES = []


def area(layer, id, name, polygons, jurisdiction=None, **more):
    properties = {"id": id, "layer": layer, "name": name}
    if jurisdiction:
        properties["jurisdiction_id"] = jurisdiction
    properties.update(more)
    coordinates = [[[[degrees(x), degrees(y)] for x, y in r] for r in polygon] for polygon in polygons]
    geometry = (
        {"type": "Polygon", "coordinates": coordinates[0]}
        if len(coordinates) == 1
        else {"type": "MultiPolygon", "coordinates": coordinates}
    )
    FEATURES.append({"type": "Feature", "properties": properties, "geometry": geometry})


def strip(low, high, bottom, top, left, right):
    """The part of a town between two longitudes; left and right are upward lines or None for a straight ward cut."""
    down, up = part(bottom, low, high), part(top, low, high)
    return ring(down, right or [down[-1], up[-1]], back(up), back(left) if left else [up[0], down[0]])


west_south, west_mid, west_north = part(west, S, M, 1), part(west, M, U, 1), part(west, U, N, 1)
east_south, east_mid, east_north = part(east, S, M, 1), part(east, M, U, 1), part(east, U, N, 1)

TOWNS = {
    "brindle-bay": dict(
        name="Town of Brindle Bay", short="bb", low=W, high=C1, bottom=shore, top=middle, left=west_south, right=centre,
        cuts=[-79_215_000, -79_105_000]),
    "cobbleford": dict(
        name="Town of Cobbleford", short="cf", low=C1, high=E, bottom=shore, top=middle, left=centre_cobbleford,
        right=east_south, cuts=[-78_860_000]),
    "dunmore-mills": dict(
        name="City of Dunmore Mills", short="dm", low=W, high=C2, bottom=middle, top=upper, left=west_mid, right=second,
        cuts=[-79_220_000, -79_150_000, -79_050_000]),
    "elmsbridge": dict(
        name="Town of Elmsbridge", short="eb", low=C2, high=E, bottom=middle_elmsbridge, top=upper, left=second,
        right=east_mid, cuts=[-78_830_000], priority=10),
    "fallow": dict(
        name="Township of Fallow", short="fl", low=W, high=E, bottom=upper, top=north, left=west_north, right=east_north,
        cuts=[-79_100_000, -78_900_000]),
}

area("upper_tier", "maplewater", "Regional Municipality of Maplewater",
     [[ring(shore, east, back(north), back(west)), hole], [heron_island]], "maplewater")
for id, t in TOWNS.items():
    outer = strip(t["low"], t["high"], t["bottom"], t["top"], t["left"], t["right"])
    polygons = [[outer]]
    if id == "dunmore-mills":
        polygons[0].append(hole)
    if id == "brindle-bay":
        polygons.append([heron_island])
    more = {"priority": t["priority"]} if "priority" in t else {}
    area("municipality", id, t["name"], polygons, id, **more)
area("municipality", "greyhaven", "City of Greyhaven", [[greyhaven]], "greyhaven")
area("municipality", "hartwick", "Township of Hartwick",
     [[ring([(-79_500_000, S), (W, S)], west, [(W, N), (-79_500_000, N)])]], "hartwick")

for id, t in TOWNS.items():
    edges = [t["low"]] + t["cuts"] + [t["high"]]
    for number, (low, high) in enumerate(zip(edges, edges[1:]), 1):
        polygons = [[strip(low, high, t["bottom"], t["top"],
                           t["left"] if low == t["low"] else None, t["right"] if high == t["high"] else None)]]
        if id == "dunmore-mills" and low == -79_150_000:
            polygons[0].append(hole)
        if id == "brindle-bay" and low == -79_215_000:
            polygons.append([heron_island])
        area("ward", f"{t['short']}-w{number}", f"{t['name'].split(' of ')[1]} Ward {number}", polygons, id)

served = ring(shore, east_south, east_mid, back(upper), back(west_mid), back(west_south))
area("police", "maplewater-police", "Maplewater Regional Police", [[served, hole], [heron_island]], "maplewater")
area("police", "opp-fallow", "Provincial police, Fallow detachment",
     [[strip(W, E, upper, north, west_north, east_north)]])
wide = box(-79_500_000, 44_020_000, -78_700_000, 44_450_000)
area("health_unit", "maplewater-health", "Maplewater Public Health", [[box(-79_310_000, 44_020_000, -78_690_000, 44_460_000)]],
     "maplewater")
area("school_english_public", "maplewater-dsb", "Maplewater District School Board", [[wide]])
area("school_english_catholic", "lakeridge-cdsb", "Lakeridge Catholic District School Board", [[wide]])
area("school_french_public", "cs-grands-lacs", "Conseil scolaire des Grands-Lacs", [[wide]])
area("school_french_catholic", "csc-baie-claire", "Conseil scolaire catholique Baie-Claire", [[wide]])
area("watershed", "mill-creek", "Mill Creek Conservation Authority", [[box(-79_500_000, 44_020_000, C1, 44_450_000)]])
area("watershed", "cobble-river", "Cobble River Conservation Authority", [[box(C1, 44_020_000, E, 44_450_000)]])
area("distributor", "brindle-hydro", "Brindle Hydro", [[box(W, 44_020_000, C1, M)]])
area("distributor", "dunmore-power", "Dunmore Power", [[box(W, M, C2, U)]])
area("distributor", "northern-electric", "Northern Electric",
     [[[(C1, 44_020_000), (E, 44_020_000), (E, N), (W, N), (W, U), (C2, U), (C2, M), (C1, M), (C1, 44_020_000)]]])

# Land that is nobody's here, an enclave, and a new subdivision until the town takes its streets over.
area("land", "brindle-harbour", "Brindle Harbour", [[box(-79_255_000, 44_066_000, -79_240_000, 44_072_000)]],
     "federal-lands")
area("land", "cedar-point", "Cedar Point First Nation", [[box(-78_810_000, 44_415_000, -78_780_000, 44_435_000)]],
     "first-nation-lands")
area("land", "larkfield-phase-1", "Larkfield, phase 1", [[box(-78_841_500, 44_138_500, -78_834_500, 44_143_000)]],
     "larkfield-homes", valid_until="2027-05-31")
area("enclave", "greyhaven-enclave", "City of Greyhaven", [[greyhaven]], "greyhaven")

ROADS = []


# Classes of the minimum maintenance standards, which say how soon a pothole must be filled.
MAINTENANCE_CLASS = {"arterial": "3", "collector": "4", "local": "5", "gravel": "5"}


def road(id, name, owner, kind, road_class, line, speed=50, **more):
    road_class = MAINTENANCE_CLASS.get(road_class, road_class)
    properties = {"id": id, "name": name, "owner": owner, "owner_kind": kind, "road_class": road_class, "speed_limit": speed}
    properties.update(more)
    ROADS.append({
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "LineString", "coordinates": [[degrees(x), degrees(y)] for x, y in line]},
    })


RR25 = -79_200_000
road("rr25-1", "Regional Road 25", "maplewater", "upper", "arterial", [(RR25, 44_065_000), (RR25, 44_160_000)], 50)
road("rr25-2", "Regional Road 25", "maplewater", "upper", "arterial", [(RR25, 44_160_000), (RR25, 44_220_000)], 80)
road("rr25-3", "Regional Road 25", "maplewater", "upper", "arterial", [(RR25, 44_220_000), (RR25, 44_341_000)], 60)
road("rr25-4", "Regional Road 25", "maplewater", "upper", "arterial", [(RR25, 44_341_000), (RR25, 44_448_000)], 80)
# 22 m east of Regional Road 25, beside it for 800 m: from a point between them both are in reach.
road("bb-mill-service", "Mill Service Road", "brindle-bay", "local", "local",
     [(RR25, 44_146_000), (RR25 + 275, 44_146_300), (RR25 + 275, 44_153_000)], 40)
# One street, two owners: King Street belongs to the region as far as its bend and to the town from there.
road("rr12-1", "Regional Road 12", "maplewater", "upper", "arterial",
     [(-79_298_000, 44_100_000), (RR25, 44_100_000)], 80, aliases=["King Street West"])
road("rr12-2", "King Street", "maplewater", "upper", "arterial",
     [(RR25, 44_100_000), (-79_160_000, 44_100_000)], 50, aliases=["Regional Road 12"])
road("bb-king", "King Street", "brindle-bay", "local", "collector",
     [(-79_160_000, 44_100_000), (-79_120_000, 44_100_000)], 50)
road("rr8-1", "Regional Road 8", "maplewater", "upper", "arterial",
     [(-78_862_000, 44_066_000), (-78_862_000, 44_220_000)], 60, aliases=["Cobble Road"])
road("rr8-2", "Regional Road 8", "maplewater", "upper", "arterial",
     [(-78_862_000, 44_220_000), (-78_862_000, 44_338_000)], 80, aliases=["Cobble Road"])
# The region's, plowed by the township: owner and operator are two bodies.
road("rr30", "Regional Road 30", "maplewater", "upper", "arterial",
     [(RR25, 44_392_000), (-78_720_000, 44_392_000)], 80, operator="fallow")
# Highway 7: provincial in the west, transferred to the region east of Dunmore Mills; people still say Highway 7.
# A connecting link in the middle: the province's, kept by the city under agreement. The handed-over part is called Highway 7 since 2019.
road("hw7-1", "Highway 7", "ontario", "provincial", "highway", [(-79_480_000, 44_310_000), (-79_200_000, 44_310_000)], 80)
road("hw7-2", "Highway 7", "ontario", "provincial", "highway", [(-79_200_000, 44_310_000), (-79_040_000, 44_310_000)], 60)
road("hw7-link", "Highway 7", "ontario", "provincial", "highway", [(-79_040_000, 44_310_000), (-79_020_000, 44_310_000)], 50,
     aliases=["Mill Road"], operator="dunmore-mills")
road("hw7-3", "Highway 7", "ontario", "provincial", "highway", [(-79_020_000, 44_310_000), (-78_952_000, 44_310_000)], 60)
road("rr7", "Regional Road 7", "maplewater", "upper", "arterial",
     [(-78_948_000, 44_310_000), (-78_702_000, 44_310_000)], 80, aliases=["Highway 7 [2019-04-01/..]"])
# A road of the province that meets the handed-over one: both are called Highway 7 by somebody.
road("hw7-bypass", "Highway 7A", "ontario", "provincial", "highway",
     [(-78_760_000, 44_310_000), (-78_760_000, 44_336_000)], 80, aliases=["Highway 7"])
# On the border of Brindle Bay and Dunmore Mills: the agreement gives kilometres 0 to 4 to one and 4 to 9 to the other, whole width. The two
# segments meet at Regional Road 25's old alignment, 5.2 km along, so that it is the kilometre that decides and never the segment.
road("townline-1", "Townline Road", "brindle-bay", "local", "collector",
     [(-79_280_000, M), (-79_215_000, M)], 60, boundary_line="brindle-bay/dunmore-mills", route="townline", from_km=0)
road("townline-2", "Townline Road", "dunmore-mills", "local", "collector",
     [(-79_215_000, M), (-79_167_500, M)], 60, boundary_line="brindle-bay/dunmore-mills", route="townline", from_km=5.194)
road("bb-lakeview", "Lakeview Lane", "private", "private", "lane",
     [(-79_140_000, 44_075_000), (-79_136_000, 44_075_000), (-79_136_000, 44_078_000)], 20)
road("cf-meadowlark", "Meadowlark Crescent", "larkfield-homes", "unassumed", "local",
     [(-78_840_000, 44_140_000), (-78_838_000, 44_141_500), (-78_836_000, 44_140_000)], 40,
     change_on="2027-06-01", change_owner="cobbleford", change_owner_kind="local")
road("fl-line-3", "Line 3", "fallow", "local", "gravel", [(-79_280_000, 44_370_000), (-78_720_000, 44_370_000)], 80)
road("fl-conc-6", "Concession Road 6", "fallow", "local", "gravel", [(-79_050_000, 44_345_000), (-79_050_000, 44_445_000)], 80)


def grid(short, owner, kind, centre_lat, centre_lon, along, up):
    """A small town: streets along the latitude 400 m apart, streets up 400 m apart, all 2 km long."""
    for number, name in enumerate(along):
        lat = centre_lat + (number - len(along) // 2) * 3_600
        slug = name.lower().replace(" ", "-")
        road(f"{short}-{slug}", name, owner, kind, "local", [(centre_lon - 12_500, lat), (centre_lon + 12_500, lat)], 50)
    for number, name in enumerate(up):
        lon = centre_lon + (number - len(up) // 2) * 5_000
        slug = name.lower().replace(" ", "-")
        road(f"{short}-{slug}", name, owner, kind, "local", [(lon, centre_lat - 9_000), (lon, centre_lat + 9_000)], 40)


grid("bb", "brindle-bay", "local", 44_101_600, -79_180_000,
     ["Front Street", "Bay Street", "Queen Street", "Albert Street"],
     ["Harbour Street", "Mill Street", "Main Street", "Church Street", "Elm Street"])
grid("cf", "cobbleford", "local", 44_130_000, -78_880_000,
     ["Bridge Street", "Main Street", "King Street"], ["Ford Street", "Orchard Street", "Station Street"])
grid("dm", "dunmore-mills", "local", 44_275_000, -79_030_000,
     ["Rue Principale", "Main Street", "Wheel Street", "Rue du Moulin"],
     ["Loom Street", "Weir Street", "King Street", "Rue Saint-Jean", "Canal Street"])
grid("eb", "elmsbridge", "local", 44_280_000, -78_820_000,
     ["Elm Avenue", "Main Street", "Bridge Street"], ["North Street", "Market Street", "Mill Street"])
grid("fl", "fallow", "local", 44_400_000, -79_000_000, ["Main Street", "Church Street"], ["Mill Street"])
grid("gh", "greyhaven", "outside", 44_275_000, -79_115_000,
     ["Castle Street", "Main Street", "Grey Street"], ["Gate Street", "Haven Street"])
grid("hw", "hartwick", "outside", 44_200_000, -79_400_000, ["Main Street"], ["Hart Street"])


ASSETS = []


def asset(id, kind, owner, place, **more):
    """A point, or a line when several places are given."""
    places = place if isinstance(place, list) else [place]
    points = [[degrees(x), degrees(y)] for x, y in places]
    properties = {"id": id, "kind": kind, "owner": owner}
    properties.update(more)
    geometry = {"type": "Point", "coordinates": points[0]} if len(points) == 1 else {"type": "LineString", "coordinates": points}
    ASSETS.append({"type": "Feature", "properties": properties, "geometry": geometry})


# Elm Street: a light every 55 m on the west side. The town's, but for two poles of the distributor; one was taken away in 2025.
ELM = -79_170_000
for number in range(12):
    pole = 2001 + number
    owner = "brindle-hydro" if pole in (2006, 2009) else "brindle-bay"
    more = {"number": str(pole), "asset_class": "led" if number % 2 else "sodium", "road": "bb-elm-street"}
    if pole == 2009:
        more["operator"] = "brindle-bay"  # the distributor's pole, the town's lamp
    if pole == 2012:
        more["in_service_until"] = "2025-06-30"
    asset(f"bb-light-{pole}", "light", owner, (ELM - 60, 44_094_700 + number * 500), **more)
# The same number in another town.
asset("cf-light-2003", "light", "cobbleford", (-78_885_060, 44_122_000), number="2003", asset_class="led", road="cf-ford-street")
# A pole of the distributor 11 m from the town's: two owners in reach.
asset("bb-light-h17", "light", "brindle-hydro", (ELM + 80, 44_097_700), number="H17", asset_class="sodium")
# The signal where King Street meets Regional Road 25, and the light on its mast, which is the signal's.
asset("mw-signal-25-12", "signal", "maplewater", (RR25 + 60, 44_100_060), number="S25", name="Regional Road 25 and King Street")
asset("mw-light-s25", "light", "maplewater", (RR25 + 70, 44_100_060), number="S25-1", component="signal", road="rr25-1")
asset("fl-hydrant-7", "hydrant", "fallow", (-79_002_600, 44_401_000), number="7")
asset("fl-hydrant-8", "hydrant", "fallow", (-79_002_600, 44_401_150), number="8")
asset("bb-hydrant-31", "hydrant", "maplewater", (ELM - 70, 44_099_000), number="31")
# A bridge of the region on a street of the city, and one on the border, looked after by one side.
asset("mw-weir-bridge", "bridge", "maplewater", [(-79_035_000, 44_278_000), (-79_035_000, 44_278_400)], name="Weir Bridge",
      road="dm-weir-street", asset_class="arch")
asset("townline-bridge", "bridge", "dunmore-mills", [(-79_205_200, M), (-79_204_800, M)], name="Townline Bridge",
      operator="brindle-bay", road="townline-2")
asset("mw-culvert-30", "culvert", "maplewater", [(-79_100_000, 44_391_940), (-79_100_000, 44_392_060)], road="rr30")
asset("bb-basin-m4", "catch_basin", "brindle-bay", (-79_199_755, 44_151_000), number="M4", road="bb-mill-service")
asset("mw-basin-25-9", "catch_basin", "maplewater", (-79_199_950, 44_151_000), number="R25-9", road="rr25-1")
asset("mw-stop-114", "bus_stop", "maplewater", (RR25 + 80, 44_130_900), number="114", road="rr25-1")
asset("mw-bin-114", "litter_bin", "maplewater", (RR25 + 85, 44_130_920), number="114", component="bus_stop")
asset("bb-bin-12", "litter_bin", "brindle-bay", (-79_180_300, 44_093_500), number="12")
asset("eb-play-1", "playground", "elmsbridge", (-78_823_500, 44_281_500), name="Market Park")
asset("bb-bench-4", "park_furniture", "brindle-bay", (-79_181_000, 44_093_400), number="4", component="bench")
asset("bb-tree-501", "tree", "brindle-bay", (ELM + 90, 44_103_300), number="501", asset_class="maple", road="bb-elm-street")
asset("mw-tree-25-1", "tree", "maplewater", (RR25 - 90, 44_083_000), number="R1", asset_class="oak", road="rr25-1")


def write(name, features):
    """One feature a line: a change shows as the lines it touches."""
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as out:
        out.write('{"type":"FeatureCollection","features":[\n')
        out.write(",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features))
        out.write("\n]}\n")


write("boundaries.geojson", FEATURES)
write("roads.geojson", ROADS)
write("assets.geojson", ASSETS)
