"""GEOS with prepared geometries, asked in bulk through shapely: the usual way to do this well in Python or C."""

import struct
import time

import numpy
import shapely

RUNS = 5


def read_shapes(path):
    """The shapes that `GeoBenchmarks export` wrote."""
    data, offset, shapes = path.read_bytes(), 0, []
    while offset < len(data):
        (count,) = struct.unpack_from("<I", data, offset)
        shapes.append(data[offset + 4:offset + 4 + count])
        offset += 4 + count
    return shapely.from_wkb(numpy.array(shapes, dtype=object))


def best_of_geos(shapes, points):
    """Nanoseconds a point, and how many pairs of area and point there are.

    The tree finds the areas whose box holds a point, prepared geometries decide. Making the points, the tree and the preparation
    are not counted.
    """
    shapely.prepare(shapes)
    tree = shapely.STRtree(shapes)
    places = shapely.points(points / 1e9)
    best, hits = float("inf"), 0
    for _ in range(RUNS):
        began = time.perf_counter()
        point, area = tree.query(places)
        hits = int(shapely.covers(shapes[area], places[point]).sum())
        best = min(best, time.perf_counter() - began)
    return best * 1e9 / len(points), hits
