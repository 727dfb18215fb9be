"""PostGIS asked with a prepared statement, inside the server: no client, no network, no parsing of the statement."""

import os
import pathlib
import pwd
import shutil
import subprocess

import shapely

from measure import postgres_program

RUNS = 5
ASK = """
CREATE FUNCTION ask(OUT hits bigint, OUT seconds double precision) LANGUAGE plpgsql AS $$
DECLARE place record; found bigint; began timestamptz := clock_timestamp();
BEGIN
    hits := 0;
    FOR place IN SELECT shape FROM point LOOP
        -- PL/pgSQL prepares this once and executes it for every place.
        SELECT count(*) INTO found FROM area WHERE ST_Covers(area.shape, place.shape);
        hits := hits + found;
    END LOOP;
    seconds := extract(epoch FROM clock_timestamp() - began);
END $$;
"""


class PostGIS:
    """A server of its own below a folder, reached through a socket; root runs it as the user postgres."""

    def __init__(self, folder):
        self.folder = folder / "postgis"
        self.folder.mkdir()
        self.user = {}
        if os.geteuid() == 0:
            entry = pwd.getpwnam("postgres")
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
            self.user = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self.cluster = self.folder / "cluster"
        self.run("initdb", "-D", str(self.cluster), "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off -c jit=off -c shared_buffers=512MB"
        self.run("pg_ctl", "-D", str(self.cluster), "-w", "-o", options, "-l", str(self.folder / "log"), "start")
        self.ask("CREATE EXTENSION postgis")
        self.version = self.ask("SELECT postgis_lib_version() || ', ' || version()").split(" on ")[0]

    def run(self, program, *arguments, **more):
        done = subprocess.run([postgres_program(program), *arguments], capture_output=True, text=True, cwd=self.folder,
                              **self.user, **more)
        if done.returncode != 0:
            raise RuntimeError(f"{program} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def ask(self, statements):
        return self.run("psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-U", "bench", "-d", "postgres",
                        "-f", "-", input=statements).strip()

    def load(self, table, shapes):
        rows = "".join(shapely.to_wkb(shape, hex=True) + "\n" for shape in shapes)
        self.ask(f"DROP TABLE IF EXISTS {table}; CREATE TABLE {table} (shape geometry);\nCOPY {table} FROM STDIN;\n{rows}\\.\n"
                 f"CREATE INDEX ON {table} USING gist (shape); VACUUM ANALYZE {table};")

    def measure(self, shapes, points):
        """Nanoseconds a point of the best run, and the pairs found."""
        self.load("area", shapes)
        self.load("point", shapely.points(points / 1e9))
        self.ask("DROP FUNCTION IF EXISTS ask();" + ASK)
        runs = self.ask("SELECT hits, seconds FROM ask();\n" * RUNS).splitlines()
        hits = {int(run.split("|")[0]) for run in runs}
        assert len(hits) == 1, hits
        return min(float(run.split("|")[1]) for run in runs) * 1e9 / len(points), hits.pop()

    def stop(self):
        self.run("pg_ctl", "-D", str(self.cluster), "-m", "immediate", "stop")
        shutil.rmtree(pathlib.Path(self.folder), ignore_errors=True)
