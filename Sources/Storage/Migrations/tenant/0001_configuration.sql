-- What: each version of this tenant's files (catalogue, calendar, contact, forwarding) as one checked document.
-- Why:  a request names the version it was taken under, so its questions and deadlines can be read years later.
-- Lock: none, new table. Time: instant.

CREATE TABLE tenant_version (
    version integer NOT NULL,
    document jsonb NOT NULL,
    digest text NOT NULL,
    valid_from timestamptz NOT NULL,
    applied_at timestamptz NOT NULL,
    applied_by text NOT NULL,
    CONSTRAINT tenant_version_is_known_by_number PRIMARY KEY (version),
    CONSTRAINT versions_count_from_one CHECK (version > 0)
);
