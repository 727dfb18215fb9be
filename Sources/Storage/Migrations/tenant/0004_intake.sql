-- What: answers kept for repeated submissions, the triage queue, contacts that ended in a referral.
-- Why:  who asks again gets the first answer; what has no lead waits with a clock; a referral is counted.
-- Lock: none, new tables. Time: instant.

CREATE TABLE idempotency_key (
    client text NOT NULL,
    key text NOT NULL,
    body_hash bytea NOT NULL,
    state text NOT NULL,
    answer jsonb,
    begun_at timestamptz NOT NULL,
    kept_until timestamptz NOT NULL,
    CONSTRAINT idempotency_key_is_known_by_client_and_key PRIMARY KEY (client, key),
    CONSTRAINT idempotency_states_are_known CHECK (state IN ('running', 'finished')),
    CONSTRAINT finished_keys_have_an_answer CHECK ((state = 'finished') = (answer IS NOT NULL)),
    CONSTRAINT body_hashes_are_sha256 CHECK (octet_length(body_hash) = 32)
);

CREATE INDEX idempotency_key_by_end ON idempotency_key (kept_until);

CREATE TABLE triage_entry (
    service_request_id text NOT NULL,
    reason text NOT NULL,
    candidates jsonb NOT NULL,
    entered_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    taken_by text,
    taken_at timestamptz,
    resolved_at timestamptz,
    resolution jsonb,
    CONSTRAINT triage_entry_is_known_by_request PRIMARY KEY (service_request_id),
    CONSTRAINT triage_entries_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT triage_reasons_are_known
        CHECK (reason IN ('place_unknown', 'place_ambiguous', 'outside', 'no_lead', 'refused_twice', 'timed_out')),
    CONSTRAINT resolved_entries_have_a_resolution CHECK ((resolved_at IS NULL) = (resolution IS NULL))
);

CREATE INDEX triage_entry_waiting ON triage_entry (due_at) WHERE resolved_at IS NULL;

CREATE TABLE contact (
    contact_id uuid NOT NULL,
    happened_at timestamptz NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    language text NOT NULL,
    service_code text,
    referred_to text,
    service_request_id text,
    decision jsonb,
    CONSTRAINT contact_is_known_by_id PRIMARY KEY (contact_id),
    CONSTRAINT contact_kinds_are_known CHECK (kind IN ('referral', 'emergency_advice', 'status_query', 'information'))
);

CREATE INDEX contact_by_time ON contact (happened_at);
