-- What: keys other software signs its requests with, and the record of what people and programs did.
-- Why:  a key is stored as a hash only; an audit entry is written once and never changed (the serving role may not).
-- Lock: none, new tables. Time: instant.

CREATE TABLE hub.api_key (
    key_id text NOT NULL,
    secret_hash bytea NOT NULL,
    label text NOT NULL,
    jurisdictions text[] NOT NULL,
    rights text[] NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    CONSTRAINT api_key_is_known_by_its_public_part PRIMARY KEY (key_id),
    CONSTRAINT key_hashes_are_sha256 CHECK (octet_length(secret_hash) = 32)
);

CREATE UNIQUE INDEX api_key_by_secret_hash ON hub.api_key (secret_hash);

CREATE TABLE hub.audit_entry (
    entry bigint GENERATED ALWAYS AS IDENTITY,
    happened_at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    jurisdiction_id text,
    subject text,
    details jsonb NOT NULL,
    CONSTRAINT audit_entry_is_known_by_number PRIMARY KEY (entry)
);

CREATE INDEX audit_entry_by_jurisdiction ON hub.audit_entry (jurisdiction_id, entry);
