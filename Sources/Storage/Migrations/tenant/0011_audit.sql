-- What: numbers of events, on whose behalf and from where they were done; the tenant's own audit record; the chain that seals both.
-- Why:  history that was changed, removed or slipped in later is found and named by `hub311 audit verify`; who read across bodies is told.
-- Lock: ACCESS EXCLUSIVE on service_request_event while it is written anew. Time: about 6 s for a million events.

ALTER TABLE service_request_event
    ADD COLUMN event_number bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN on_behalf_of text,
    ADD COLUMN origin text;

CREATE UNIQUE INDEX service_request_event_by_number ON service_request_event (event_number);

CREATE TABLE audit_entry (
    entry bigint GENERATED ALWAYS AS IDENTITY,
    happened_at timestamptz NOT NULL,
    actor text NOT NULL,
    on_behalf_of text,
    origin text,
    action text NOT NULL,
    subject text,
    purpose text,
    details jsonb NOT NULL,
    CONSTRAINT audit_entry_is_known_by_number PRIMARY KEY (entry)
);

CREATE TABLE audit_chain (
    position bigint NOT NULL,
    source text NOT NULL,
    row_number bigint NOT NULL,
    row_hash bytea NOT NULL,
    chain_hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    CONSTRAINT link_is_known_by_position PRIMARY KEY (position),
    CONSTRAINT rows_are_sealed_once UNIQUE (source, row_number)
);

CREATE TABLE audit_head (
    source text NOT NULL,
    settled bigint NOT NULL,
    observed bigint NOT NULL,
    observed_at timestamptz NOT NULL,
    CONSTRAINT head_is_known_by_source PRIMARY KEY (source)
);

INSERT INTO audit_head (source, settled, observed, observed_at)
VALUES ('entry', 0, 0, '1970-01-01T00:00:00Z'), ('event', 0, 0, '1970-01-01T00:00:00Z');
