"""Resident memory of the service with the demonstration region."""

import measure


def run(hub, idle):
    print("\n4  Resident memory of the service with the demonstration region (its PostgreSQL not counted)")
    now, peak = measure.memory(hub.process.pid), measure.memory(hub.process.pid, "VmHWM")
    answers = hub.json("/health/ready")["ready"]
    print(f"  after the start {idle:.0f} MiB, after all loads above {now:.0f} MiB, highest {peak:.0f} MiB; "
          f"hits: {1 if answers else 0} of 1 (ready)")
    measure.goal(f"under 200 MiB: {max(idle, now):.0f} MiB", max(idle, now) < 200)
