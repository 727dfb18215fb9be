-- What: the versions of what the municipalities agreed on.
-- Why:  every decision names the version it followed and can be replayed; a version is loaded before it is switched on.
-- Lock: none, new table. Time: instant.

CREATE TABLE hub.rule_set_version (
    version text NOT NULL,
    valid_from date NOT NULL,
    document jsonb NOT NULL,
    digest text NOT NULL,
    loaded_at timestamptz NOT NULL,
    activated_at timestamptz,
    CONSTRAINT rule_set_version_is_known_by_its_name PRIMARY KEY (version)
);
