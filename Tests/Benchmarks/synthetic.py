"""Areas that tile a square with winding common borders: a set for machines without real data."""

import json
import random

SIDE = 60
PIECES = 64


def write_synthetic(path, seed):
    """60 x 60 areas with some 250 vertices each."""
    chance = random.Random(seed)
    step = 0.02
    corners = [[(-80 + (column + chance.uniform(-0.3, 0.3)) * step, 43 + (row + chance.uniform(-0.3, 0.3)) * step)
                for column in range(SIDE + 1)] for row in range(SIDE + 1)]

    def border(start, end):
        """From corner to corner, every vertex a little off the straight line; less near the ends, so that no two borders cross."""
        line = [start]
        for number in range(1, PIECES):
            part = number / PIECES
            room = step * 0.05 * min(part, 1 - part)
            line.append(tuple(round(a + (b - a) * part + chance.uniform(-room, room), 9) for a, b in zip(start, end)))
        return line + [end]

    level = [[border(row[column], row[column + 1]) for column in range(SIDE)] for row in corners]
    upright = [[border(corners[row][column], corners[row + 1][column]) for column in range(SIDE + 1)] for row in range(SIDE)]
    with open(path, "w") as file:
        for row in range(SIDE):
            for column in range(SIDE):
                ring = (level[row][column] + upright[row][column + 1][1:] + level[row + 1][column][::-1][1:]
                        + upright[row][column][::-1][1:])
                feature = {"type": "Feature", "properties": {"id": f"a{row:02}{column:02}"},
                           "geometry": {"type": "Polygon", "coordinates": [ring]}}
                file.write(json.dumps(feature) + "\n")
    return path
