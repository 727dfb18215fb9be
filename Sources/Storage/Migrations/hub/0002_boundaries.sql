-- What: boundary generations with their areas and roads, and when each generation was or will be switched on.
-- Why:  a generation is loaded and checked beside the one in use; an old decision can be replayed on old boundaries.
-- Lock: none, new tables. Time: instant.

CREATE TABLE hub.boundary_generation (
    generation integer GENERATED ALWAYS AS IDENTITY,
    state text NOT NULL,
    note text NOT NULL,
    report jsonb,
    imported_at timestamptz NOT NULL,
    checked_at timestamptz,
    CONSTRAINT boundary_generation_is_known_by_number PRIMARY KEY (generation),
    CONSTRAINT generation_states_are_known CHECK (state IN ('imported', 'checked', 'refused'))
);

CREATE TABLE hub.generation_activation (
    activation bigint GENERATED ALWAYS AS IDENTITY,
    generation integer NOT NULL,
    activates_at timestamptz NOT NULL,
    ordered_at timestamptz NOT NULL,
    ordered_by text NOT NULL,
    CONSTRAINT generation_activation_is_known_by_number PRIMARY KEY (activation),
    CONSTRAINT activations_name_a_generation FOREIGN KEY (generation) REFERENCES hub.boundary_generation (generation)
);

CREATE INDEX generation_activation_by_time ON hub.generation_activation (activates_at, activation);

CREATE TABLE hub.boundary_area (
    generation integer NOT NULL,
    layer text NOT NULL,
    area_id text NOT NULL,
    part integer NOT NULL,
    name text NOT NULL,
    jurisdiction_id text,
    properties jsonb NOT NULL,
    geometry postgis.geometry(MultiPolygon, 4326) NOT NULL,
    CONSTRAINT boundary_area_is_known_by_generation_layer_and_id PRIMARY KEY (generation, layer, area_id, part),
    CONSTRAINT areas_belong_to_a_generation FOREIGN KEY (generation) REFERENCES hub.boundary_generation (generation)
);

CREATE INDEX boundary_area_by_place ON hub.boundary_area USING gist (geometry);

CREATE TABLE hub.road_segment (
    generation integer NOT NULL,
    segment_id text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    owner text NOT NULL,
    owner_kind text NOT NULL,
    road_class text NOT NULL,
    details jsonb NOT NULL,
    geometry postgis.geometry(MultiLineString, 4326) NOT NULL,
    CONSTRAINT road_segment_is_known_by_generation_and_position PRIMARY KEY (generation, position),
    CONSTRAINT segments_belong_to_a_generation FOREIGN KEY (generation) REFERENCES hub.boundary_generation (generation)
);

CREATE INDEX road_segment_by_place ON hub.road_segment USING gist (geometry);
