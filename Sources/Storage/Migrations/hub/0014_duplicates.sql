-- What: the index of places (public fields of public requests of every tenant), and declared events.
-- Why:  whether somebody has reported the same nearby is asked across tenants; a tenant's tables cannot be read by another, so each
--       fills in its own rows here through its queue. Nothing of a person is in it; it can be emptied and filled anew.
-- Lock: none, new tables. Time: instant.

CREATE TABLE hub.request_place (
    service_request_id text NOT NULL,
    jurisdiction_id text NOT NULL,
    public_type text NOT NULL,
    service_part text,
    latitude_nano bigint NOT NULL,
    longitude_nano bigint NOT NULL,
    road text,
    status text NOT NULL,
    step text NOT NULL,
    outcome text,
    requested_at timestamptz(0) NOT NULL,
    completed_at timestamptz,
    parent_reference text,
    row_version integer NOT NULL,
    CONSTRAINT request_place_is_known_by_request_and_body PRIMARY KEY (service_request_id, jurisdiction_id),
    CONSTRAINT request_places_are_open_or_closed CHECK (status IN ('open', 'closed'))
);

CREATE INDEX request_place_by_place ON hub.request_place
    USING gist (point(longitude_nano::double precision, latitude_nano::double precision));

CREATE INDEX request_place_by_body ON hub.request_place (jurisdiction_id, service_request_id);

CREATE TABLE hub.declared_event (
    event_id uuid NOT NULL,
    jurisdiction_id text NOT NULL,
    parent_reference text NOT NULL,
    event jsonb NOT NULL,
    state text NOT NULL,
    declared_at timestamptz NOT NULL,
    declared_by text NOT NULL,
    closed_at timestamptz,
    closed_by text,
    CONSTRAINT declared_event_is_known_by_id PRIMARY KEY (event_id),
    CONSTRAINT events_have_one_parent_each UNIQUE (parent_reference),
    CONSTRAINT event_states_are_known CHECK (state IN ('open', 'closed')),
    CONSTRAINT closed_events_say_when_and_who CHECK ((state = 'closed') = (closed_at IS NOT NULL AND closed_by IS NOT NULL))
);

CREATE INDEX declared_event_open ON hub.declared_event (declared_at) WHERE state = 'open';
