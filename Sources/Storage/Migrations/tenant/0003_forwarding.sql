-- What: outbox, hand-overs between bodies, links to copies elsewhere, how each target is doing.
-- Why:  what must leave this tenant is written in the transaction that caused it, and sent later outside of any.
-- Lock: none, new tables. Time: instant.

CREATE TABLE outbox (
    outbox_id uuid NOT NULL,
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    target text NOT NULL,
    delivery_key uuid NOT NULL,
    order_key text NOT NULL,
    payload jsonb NOT NULL,
    state text NOT NULL,
    is_doubtful boolean NOT NULL DEFAULT false,
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    give_up_at timestamptz NOT NULL,
    lease_until timestamptz,
    lease_token uuid,
    finished_at timestamptz,
    fault text,
    answer jsonb,
    CONSTRAINT outbox_is_known_by_id PRIMARY KEY (outbox_id),
    CONSTRAINT delivery_keys_are_used_once UNIQUE (delivery_key),
    CONSTRAINT outbox_states_are_known CHECK (state IN ('new', 'leased', 'sent', 'failed', 'uncertain', 'dead')),
    CONSTRAINT leased_rows_have_a_lease
        CHECK (num_nonnulls(lease_token, lease_until) = CASE state WHEN 'leased' THEN 2 ELSE 0 END),
    CONSTRAINT finished_rows_have_a_time CHECK ((state IN ('sent', 'dead')) = (finished_at IS NOT NULL))
);

CREATE INDEX outbox_due ON outbox (due_at, sequence) WHERE state IN ('new', 'failed', 'uncertain');

CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state = 'leased';

CREATE INDEX outbox_unsent_in_order ON outbox (target, order_key, sequence) WHERE state NOT IN ('sent', 'dead');

CREATE INDEX outbox_dead ON outbox (finished_at) WHERE state = 'dead';

CREATE TABLE hand_over (
    hand_over_id uuid NOT NULL,
    service_request_id text NOT NULL,
    direction text NOT NULL,
    origin text NOT NULL,
    peer text NOT NULL,
    state text NOT NULL,
    earlier_bounces integer NOT NULL,
    reason_code text,
    reason text,
    message text,
    decision jsonb,
    offered_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    answered_at timestamptz,
    answered_by text,
    CONSTRAINT hand_over_is_known_by_id_and_direction PRIMARY KEY (hand_over_id, direction),
    CONSTRAINT hand_overs_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT directions_are_out_or_in CHECK (direction IN ('out', 'in')),
    CONSTRAINT hand_over_states_are_known CHECK (state IN ('offered', 'accepted', 'refused', 'timed_out', 'withdrawn')),
    CONSTRAINT answered_hand_overs_have_a_time CHECK ((state = 'offered') = (answered_at IS NULL))
);

CREATE INDEX hand_over_by_request ON hand_over (service_request_id, offered_at);

CREATE UNIQUE INDEX a_request_is_offered_to_one_body_at_a_time ON hand_over (service_request_id, direction)
    WHERE state = 'offered';

CREATE INDEX hand_over_waiting ON hand_over (due_at) WHERE state = 'offered';

CREATE TABLE request_link (
    service_request_id text NOT NULL,
    peer text NOT NULL,
    kind text NOT NULL,
    remote_id text,
    remote_token text,
    remote_status text,
    poll_due_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT request_link_is_known_by_request_and_peer PRIMARY KEY (service_request_id, peer),
    CONSTRAINT links_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT link_kinds_are_known CHECK (kind IN ('origin', 'lead', 'copy', 'told'))
);

CREATE INDEX request_link_by_remote_id ON request_link (peer, remote_id) WHERE remote_id IS NOT NULL;

CREATE INDEX request_link_to_poll ON request_link (poll_due_at) WHERE poll_due_at IS NOT NULL;

CREATE TABLE forwarding_target (
    target text NOT NULL,
    updates_read_to timestamptz,
    next_poll_at timestamptz,
    failures_in_a_row integer NOT NULL DEFAULT 0,
    closed_until timestamptz,
    last_fault text,
    last_success_at timestamptz,
    updated_at timestamptz NOT NULL,
    CONSTRAINT forwarding_target_is_known_by_name PRIMARY KEY (target)
);
