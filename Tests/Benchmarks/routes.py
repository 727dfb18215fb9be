"""`GET /api/v1/route` beside a constant answer through the same middleware, and its latency at a fixed rate."""

from measure import goal, settle, table
from region import route_requests

CONNECTIONS = 16
RATE = 2000


def run(hub, load, seconds, rounds):
    requests, judged = route_requests(hub)
    print(f"\n2  GET /api/v1/route: {CONNECTIONS} connections, {len(requests)} places and 10 types in turn; {judged} of the right "
          f"answers found by geometry of our own, the rest asked once before; {rounds} rounds of {seconds} s, in turns")
    ours = load.write("routes.txt", requests)
    constant = load.write("constant.txt", [("GET", "/health/live", "", '{"status":"live"}')])
    load.run(hub, ours, CONNECTIONS, 2)
    rows, best = [], {}
    for number in range(rounds):
        for name, path in (("route", ours), ("constant /health/live", constant)):
            settle(hub)
            figures = load.run(hub, path, CONNECTIONS, seconds)
            rows.append((f"{name}, round {number + 1}", figures))
            if name not in best or figures["rate"] > best[name]["rate"]:
                best[name] = figures
    paced = {}
    for number in range(rounds):
        for name, path in ((f"route at {RATE}/s", ours), (f"constant at {RATE}/s", constant)):
            settle(hub)
            figures = load.run(hub, path, CONNECTIONS, seconds, RATE)
            rows.append((f"{name}, round {number + 1}", figures))
            if name not in paced or figures["p99"] < paced[name]["p99"]:
                paced[name] = figures
    table(rows)
    share = best["route"]["rate"] / best["constant /health/live"]["rate"]
    goal(f"at least 40 % of the constant answer (best of each): {share * 100:.0f} %", share >= 0.4)
    late, constantly = (figures["p99"] / 1000 for figures in paced.values())
    print(f"  CPU: {best['route']['service_ms']:.3f} ms a route, {best['constant /health/live']['service_ms']:.3f} ms a constant "
          f"answer, {best['constant /health/live']['service_ms'] / best['route']['service_ms'] * 100:.0f} %")
    goal(f"p99 under 5 ms at {RATE}/s, counted from the instant each was due: {late:.2f} ms (the constant answer: "
         f"{constantly:.2f} ms)", late < 5)
