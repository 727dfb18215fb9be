-- What: who is told of what, news that wait for their bundle, answers to the questions after the end, notices of planned work.
-- Why:  people hear what they asked for and nothing else, and end it with one click.
-- Lock: none, new tables. Time: instant.

CREATE TABLE subscription (
    subscription_id uuid NOT NULL,
    kind text NOT NULL,
    service_request_id text,
    topic text,
    channel text NOT NULL,
    address text,
    address_key bytea NOT NULL,
    language text NOT NULL,
    events text[] NOT NULL,
    digest_minutes integer NOT NULL,
    state text NOT NULL,
    origin text NOT NULL,
    asked_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT subscription_is_known_by_id PRIMARY KEY (subscription_id),
    CONSTRAINT subscriptions_to_requests_belong_to_one
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT subscription_kinds_are_known CHECK (kind IN ('request', 'area', 'street', 'tenant')),
    CONSTRAINT subscriptions_name_their_subject
        CHECK ((kind = 'request') = (service_request_id IS NOT NULL) AND (kind IN ('area', 'street')) = (topic IS NOT NULL)),
    CONSTRAINT subscription_channels_are_known CHECK (channel IN ('mail', 'sms', 'webhook')),
    CONSTRAINT subscription_states_are_known CHECK (state IN ('asked', 'active', 'stopped', 'undeliverable')),
    CONSTRAINT subscription_origins_are_known CHECK (origin IN ('requester', 'follower', 'operator')),
    CONSTRAINT digests_span_at_most_a_week CHECK (digest_minutes BETWEEN 0 AND 10080),
    CONSTRAINT active_subscriptions_have_an_address CHECK (state <> 'active' OR address IS NOT NULL)
);

CREATE INDEX subscription_by_request ON subscription (service_request_id) WHERE service_request_id IS NOT NULL;

CREATE INDEX subscription_by_topic ON subscription (kind, topic) WHERE topic IS NOT NULL;

CREATE INDEX subscription_of_tenant ON subscription (kind) WHERE kind = 'tenant';

CREATE INDEX subscription_by_address ON subscription (address_key);

CREATE TABLE digest_entry (
    digest_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    entry_number bigint GENERATED ALWAYS AS IDENTITY,
    facts jsonb NOT NULL,
    happened_at timestamptz NOT NULL,
    CONSTRAINT digest_entry_is_known_by_digest_and_number PRIMARY KEY (digest_id, entry_number),
    CONSTRAINT digest_entries_belong_to_a_subscription
        FOREIGN KEY (subscription_id) REFERENCES subscription (subscription_id)
);

CREATE TABLE survey_answer (
    subscription_id uuid NOT NULL,
    service_request_id text NOT NULL,
    was_solved text NOT NULL,
    score integer NOT NULL,
    words text,
    answered_at timestamptz NOT NULL,
    CONSTRAINT survey_answer_is_known_by_subscription PRIMARY KEY (subscription_id),
    CONSTRAINT survey_answers_belong_to_a_subscription
        FOREIGN KEY (subscription_id) REFERENCES subscription (subscription_id),
    CONSTRAINT survey_answers_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT solved_is_yes_partly_or_no CHECK (was_solved IN ('yes', 'partly', 'no')),
    CONSTRAINT scores_run_from_one_to_five CHECK (score BETWEEN 1 AND 5)
);

CREATE INDEX survey_answer_by_time ON survey_answer (answered_at);

CREATE TABLE work_notice (
    notice_id uuid NOT NULL,
    title jsonb NOT NULL,
    words jsonb NOT NULL,
    areas text[] NOT NULL,
    streets text[] NOT NULL,
    starts_on text NOT NULL,
    ends_on text NOT NULL,
    published_at timestamptz NOT NULL,
    published_by text NOT NULL,
    CONSTRAINT work_notice_is_known_by_id PRIMARY KEY (notice_id),
    CONSTRAINT notices_end_after_they_start CHECK (ends_on >= starts_on)
);

CREATE INDEX work_notice_by_end ON work_notice (ends_on);
