-- What: the ground of a generation that the region has decided about, with the decision.
-- Why:  an import takes the decisions of its day with it: a place is answered the same for as long as its generation lives.
-- Lock: none, new tables. Time: instant.

CREATE TABLE hub.decided_ground (
    generation integer NOT NULL,
    position integer NOT NULL,
    layer text NOT NULL,
    finding text NOT NULL,
    details jsonb NOT NULL,
    geometry postgis.geometry(MultiPolygon, 4326) NOT NULL,
    CONSTRAINT decided_ground_is_known_by_generation_and_position PRIMARY KEY (generation, position),
    CONSTRAINT decided_ground_belongs_to_a_generation
        FOREIGN KEY (generation) REFERENCES hub.boundary_generation (generation)
);
