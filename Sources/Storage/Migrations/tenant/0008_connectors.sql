-- What: what systems outside told us, calls of theirs already taken, numbers of files given to them, daily reconciliations.
-- Why:  a message that comes twice has no effect the second time; a missing file is noticed by its number; differences are kept by day.
-- Lock: none, new tables. Time: instant.

CREATE TABLE connector_word (
    connector text NOT NULL,
    identity text NOT NULL,
    way text NOT NULL,
    service_request_id text,
    result text NOT NULL,
    fault text,
    content jsonb NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT connector_word_is_known_by_connector_and_identity PRIMARY KEY (connector, identity),
    CONSTRAINT words_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT word_ways_are_known CHECK (way IN ('webhook', 'file', 'mail')),
    CONSTRAINT word_results_are_known CHECK (result IN ('applied', 'noted', 'refused')),
    CONSTRAINT refused_words_have_a_fault CHECK ((result = 'refused') = (fault IS NOT NULL))
);

CREATE INDEX connector_word_by_time ON connector_word (connector, received_at);

CREATE TABLE connector_call (
    connector text NOT NULL,
    call_id text NOT NULL,
    body_hash bytea NOT NULL,
    received_at timestamptz NOT NULL,
    kept_until timestamptz NOT NULL,
    CONSTRAINT connector_call_is_known_by_connector_and_id PRIMARY KEY (connector, call_id),
    CONSTRAINT call_hashes_are_sha256 CHECK (octet_length(body_hash) = 32)
);

CREATE INDEX connector_call_by_end ON connector_call (kept_until);

CREATE TABLE connector_file (
    target text NOT NULL,
    number bigint NOT NULL,
    delivery_key uuid NOT NULL,
    allotted_at timestamptz NOT NULL,
    CONSTRAINT connector_file_is_known_by_target_and_number PRIMARY KEY (target, number),
    CONSTRAINT a_delivery_has_one_number UNIQUE (target, delivery_key),
    CONSTRAINT files_count_from_one CHECK (number > 0)
);

CREATE TABLE connector_reconciliation (
    connector text NOT NULL,
    day date NOT NULL,
    differences integer NOT NULL,
    report jsonb NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT connector_reconciliation_is_known_by_connector_and_day PRIMARY KEY (connector, day)
);
