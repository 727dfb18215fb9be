"""Durable POST through the hub beside `pgbench` with the same statements in tables of the same make."""

import re
import subprocess
import time

from measure import Database, Usage, goal, postgres_program, reset_peak, settle, table
from region import Posts

CONNECTIONS = 8
SAMPLES = 24


def run(hub, load, seconds, rounds):
    database, posts = Database(hub), Posts(hub)
    print(f"\n1  Durable POST: {CONNECTIONS} connections, fsync on, Open311 form to the hub's jurisdiction, {len(posts.matters)} "
          f"places in five towns, {len(Posts.services)} types; {rounds} rounds of {seconds} s each, in turns")
    shown = dict(zip(("fsync", "synchronous_commit", "full_page_writes"), (database.ask(f"SHOW {name}")[0][0] for name in (
        "fsync", "synchronous_commit", "full_page_writes"))))
    print("  server: " + ", ".join(f"{name} {value}" for name, value in shown.items()))
    baseline = Baseline(hub, load, database, capture(hub, load, database, posts))
    load.run(hub, load.write("warm.txt", posts.requests("warm")), CONNECTIONS, 2)
    rows, best, right = [], {}, True
    for number in range(rounds):
        mark = f"round {number}"
        settle(hub)
        ours = load.run(hub, load.write("posts.txt", posts.requests(mark)), CONNECTIONS, seconds)
        stored = count(database, mark)
        right = right and stored == ours["hits"] == ours["requests"]
        settle(hub)
        theirs = baseline.run(seconds)
        rows += [(f"hub, round {number + 1}", ours), (f"pgbench -M prepared -c 8, round {number + 1}", theirs)]
        for name, figures in (("hub", ours), ("pgbench", theirs)):
            if name not in best or figures["rate"] > best[name]["rate"]:
                best[name] = figures
        print(f"  round {number + 1}: {ours['hits']} acknowledged, {stored} rows; pgbench {theirs['requests']} transactions, "
              f"{theirs['hits']} rows")
    table(rows)
    share = best["hub"]["rate"] / best["pgbench"]["rate"]
    both = best["hub"]["service_ms"] + best["hub"]["database_ms"]
    print(f"  CPU per POST: service {best['hub']['service_ms']:.3f} ms, database {best['hub']['database_ms']:.3f} ms, "
          f"together {both:.3f} ms; pgbench's transaction costs the database {best['pgbench']['database_ms']:.3f} ms")
    goal("rows counted equal those acknowledged", right)
    goal(f"at least 70 % of pgbench (best of each): {share * 100:.0f} %", share >= 0.7)


def count(database, mark):
    """Requests whose description begins so, over all tenants; each stands in one schema."""
    return sum(
        int(database.ask(f"SELECT count(*) FROM {schema}.service_request WHERE standing = 'lead' "
                         f"AND description LIKE '{mark} %'")[0][0])
        for schema in database.tenant_schemas
    )


def capture(hub, load, database, posts):
    """What the server is asked for some POSTs, from its own log: a list of (schema, [(statement, values)])."""
    for setting in ("log_statement = 'all'", "log_error_verbosity = 'default'"):
        database.ask(f"ALTER SYSTEM SET {setting}")
    database.ask("SELECT pg_reload_conf()")
    time.sleep(0.5)
    sizes = {path: path.stat().st_size for path in database.logs.iterdir()}
    load.run(hub, load.write("sample.txt", posts.requests("sample")[:SAMPLES]), 1, 2)
    time.sleep(0.5)
    text = "".join(path.read_text()[sizes.get(path, 0):] for path in sorted(database.logs.iterdir()))
    for setting in ("log_statement", "log_error_verbosity"):
        database.ask(f"ALTER SYSTEM RESET {setting}")
    database.ask("SELECT pg_reload_conf()")
    transactions = [found for found in read_log(text) if is_post(found)]
    if len(transactions) < SAMPLES:
        raise RuntimeError(f"only {len(transactions)} POSTs found in the server's log")
    return transactions[:SAMPLES]


def is_post(transaction):
    return any(text.startswith("INSERT INTO service_request\n") and "sample " in str(values) and "'lead'" in repr(values)
               for text, values in transaction[1])


ENTRY = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ UTC \[(\d+)\] (?:(\S+)@\S+ )?(LOG|DETAIL): ", re.MULTILINE)


def read_log(text):
    """Transactions of tenants' sessions, each with its statements and their values."""
    open_now, done = {}, []
    heads = list(ENTRY.finditer(text))
    for head, following in zip(heads, heads[1:] + [None]):
        session, role, kind = head.groups()
        if not role or "_t_" not in role:
            continue
        words = text[head.end():following.start() if following else None].strip().replace("\n\t", "\n")
        if kind == "DETAIL":
            if open_now.get(session) and words.lower().startswith("parameters: "):
                open_now[session][-1][1].extend(values(words.split(": ", 1)[1]))
            continue
        statement = re.sub(r"^execute [^:]+: ", "", words)
        if statement.startswith("BEGIN"):
            open_now[session] = []
        elif statement.startswith(("COMMIT", "ROLLBACK")):
            if statement.startswith("COMMIT") and open_now.get(session):
                done.append(("t_" + role.rsplit("_t_", 1)[1], open_now[session]))
            open_now[session] = []
        elif session in open_now:
            open_now[session].append((statement, []))
    return done


def values(text):
    """`$1 = 'a''b', $2 = NULL` as a list."""
    found = re.findall(r"\$\d+ = (NULL|'(?:[^']|'')*')", text, re.DOTALL)
    return [None if value == "NULL" else value[1:-1].replace("''", "'") for value in found]


class Baseline:
    """Tables of the same make in schemas of their own, and one pgbench script for each POST that was caught."""

    def __init__(self, hub, load, database, transactions):
        self.hub, self.database = hub, database
        self.scripts, self.variables = [], []
        self.schemas = sorted({schema for schema, _ in transactions})
        for schema in self.schemas:
            made = database.run("pg_dump", "-s", "-O", "-x", "-n", schema)
            made = re.sub(rf"\b{schema}\b", f"bench_{schema}", made)
            database.run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", stdin=made)
        statements = 0
        for number, (schema, transaction) in enumerate(transactions):
            path = load.folder / f"post-{number}.sql"
            path.write_text(self.script(number, schema, transaction))
            self.scripts += ["-f", str(path)]
            statements += len(transaction)
        print(f"  baseline: {len(transactions)} POSTs from the server's log, {statements / len(transactions):.1f} statements "
              f"each beside BEGIN and COMMIT, every value bound, in {len(self.schemas)} schemas")

    def script(self, number, schema, transaction):
        reference = next(values[0] for text, values in transaction if text.startswith("INSERT INTO service_request\n"))
        lines = ["\\set n random(1, 9000000000000000000)", "\\set m random(1, 9000000000000000000)", "BEGIN;"]
        for place, (text, bound) in enumerate(transaction):
            for index in range(len(bound), 0, -1):
                lines_for = self.bind(f"p{number}_{place}_{index}", bound[index - 1], reference)
                text = re.sub(rf"\${index}\b", lambda _: lines_for, text)
            lines.append(re.sub(r"\b(INTO|UPDATE|FROM) ([a-z_]+)(?=[\s(])", rf"\1 bench_{schema}.\2", text, count=1)
                         .replace("\n", " ") + ";")
        return "\n".join(lines + ["COMMIT;"]) + "\n"

    def bind(self, name, value, reference):
        if value is None:
            return "NULL"
        if value.startswith(reference):
            return f"('{reference[:3]}' || (:n)::bigint{value[len(reference):] and f''' || '{value[len(reference):]}' '''})"
        if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value):
            # Ids of rows: as random as the service's own, made by the same function on the server's side of the wire.
            return "gen_random_uuid()" if "_" in name else value
        self.variables += ["-D", f"{name}={value}"]
        return f":{name}"

    def run(self, seconds):
        tables = [f"bench_{schema}.service_request" for schema in self.schemas]
        def rows():
            return sum(int(self.database.ask(f"SELECT count(*) FROM {name}")[0][0]) for name in tables)
        stored, before = rows(), Usage(self.hub)
        prefix = f"{self.scripts[1]}.log"
        shown = subprocess.run(
            [postgres_program("pgbench"), "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "1", "-T", str(int(seconds)),
             "-l", "--log-prefix", prefix, *self.variables, *self.scripts],
            env=self.database.environment, check=True, capture_output=True, text=True,
        )
        after = Usage(self.hub)
        done = int(re.search(r"actually processed: (\d+)", shown.stdout)[1])
        times = sorted(
            int(line.split()[2]) for path in sorted(load_logs(prefix)) for line in open(path)
        )
        for path in load_logs(prefix):
            path.unlink()
        return {
            "rate": float(re.search(r"tps = ([\d.]+)", shown.stdout)[1]), "requests": done, "hits": rows() - stored,
            "median": times[len(times) // 2], "p99": times[int(len(times) * 0.99)],
            "database_ms": (after.database - before.database) * 1000 / max(done, 1),
        }


def load_logs(prefix):
    import pathlib
    place = pathlib.Path(prefix)
    return list(place.parent.glob(place.name + ".*"))
