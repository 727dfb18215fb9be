-- What: the assets of a generation: street lights, signals, hydrants, bridges and so on, each with owner and operator.
-- Why:  who answers for a light or a bridge is a fact of that thing; the owner and whoever looks after it may be two bodies.
-- Lock: none, a new table. Time: instant.

CREATE TABLE hub.asset (
    generation integer NOT NULL,
    asset_id text NOT NULL,
    kind text NOT NULL,
    owner text NOT NULL,
    operator text,
    details jsonb NOT NULL,
    geometry postgis.geometry(Geometry, 4326) NOT NULL,
    CONSTRAINT asset_is_known_by_generation_and_id PRIMARY KEY (generation, asset_id),
    CONSTRAINT assets_belong_to_a_generation FOREIGN KEY (generation) REFERENCES hub.boundary_generation (generation)
);

CREATE INDEX asset_by_place ON hub.asset USING gist (geometry);
