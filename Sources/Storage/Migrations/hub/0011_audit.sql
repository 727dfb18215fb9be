-- What: on whose behalf, from where and what for in the audit record; the chain that seals its rows; how far it has been sealed.
-- Why:  a row changed, removed or slipped in later is found and named by `hub311 audit verify`.
-- Lock: ACCESS EXCLUSIVE on hub.audit_entry for an instant (columns without a default). Time: instant.

ALTER TABLE hub.audit_entry
    ADD COLUMN on_behalf_of text,
    ADD COLUMN origin text,
    ADD COLUMN purpose text;

CREATE TABLE hub.audit_chain (
    position bigint NOT NULL,
    source text NOT NULL,
    row_number bigint NOT NULL,
    row_hash bytea NOT NULL,
    chain_hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    CONSTRAINT link_is_known_by_position PRIMARY KEY (position),
    CONSTRAINT rows_are_sealed_once UNIQUE (source, row_number)
);

CREATE TABLE hub.audit_head (
    source text NOT NULL,
    settled bigint NOT NULL,
    observed bigint NOT NULL,
    observed_at timestamptz NOT NULL,
    CONSTRAINT head_is_known_by_source PRIMARY KEY (source)
);

INSERT INTO hub.audit_head (source, settled, observed, observed_at) VALUES ('entry', 0, 0, '1970-01-01T00:00:00Z');
