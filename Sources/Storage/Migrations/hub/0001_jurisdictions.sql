-- What: the bodies this hub serves with their current configuration, how far each schema is migrated, hints of work.
-- Why:  a code names the schema where a reference was born; it stays taken for ever, also after its tenant left.
-- Lock: none, new tables. Time: instant.

CREATE TABLE hub.jurisdiction (
    jurisdiction_id text NOT NULL,
    code text NOT NULL,
    tier text NOT NULL,
    state text NOT NULL,
    name jsonb NOT NULL,
    time_zone text NOT NULL,
    host_names text[] NOT NULL DEFAULT '{}',
    successor_id text,
    configuration_version integer,
    configuration_digest text,
    configuration jsonb,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT jurisdiction_is_known_by_its_id PRIMARY KEY (jurisdiction_id),
    CONSTRAINT codes_are_never_used_twice UNIQUE (code),
    CONSTRAINT codes_are_two_to_four_capital_letters CHECK (code ~ '^[A-Z]{2,4}$'),
    CONSTRAINT jurisdiction_ids_are_slugs CHECK (jurisdiction_id ~ '^[a-z][a-z0-9-]{1,39}$'),
    CONSTRAINT tiers_are_known CHECK (tier IN ('hub', 'upper', 'lower', 'single')),
    CONSTRAINT jurisdiction_states_are_known CHECK (state IN ('active', 'suspended', 'retired')),
    CONSTRAINT configurations_have_version_and_digest
        CHECK (num_nulls(configuration, configuration_version, configuration_digest) IN (0, 3))
);

CREATE TABLE hub.tenant_migration (
    code text NOT NULL,
    version integer NOT NULL,
    migrated_at timestamptz NOT NULL,
    fault text,
    CONSTRAINT tenant_migration_is_known_by_code PRIMARY KEY (code)
);

CREATE TABLE hub.work_hint (
    code text NOT NULL,
    due_at timestamptz NOT NULL,
    CONSTRAINT work_hint_is_known_by_code PRIMARY KEY (code)
);

CREATE INDEX work_hint_by_due_time ON hub.work_hint (due_at);
