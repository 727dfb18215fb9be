-- What: the clocks of requests with pauses and next alarm, alarms given, weather events, owners named, facts of road authorities.
-- Why:  a minute's sweep finds what is due by one index, an alarm is given once whatever is restarted, and what a body knew when
--       is kept where nobody can change it.
-- Lock: none, new tables. Time: instant, plus some 10 s per million open requests, whose clocks are taken from their due times.

CREATE TABLE request_clock (
    service_request_id text NOT NULL,
    clock text NOT NULL,
    round integer NOT NULL,
    started_at timestamptz NOT NULL,
    half_units integer NOT NULL,
    unit text NOT NULL,
    sla_version text NOT NULL,
    calendar_version text NOT NULL,
    base_due_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    pauses jsonb NOT NULL DEFAULT '[]',
    met_at timestamptz,
    breached_at timestamptz,
    new_date_at timestamptz,
    alarmed_until timestamptz NOT NULL,
    alarm_at timestamptz,
    CONSTRAINT request_clock_is_known_by_request_clock_and_round PRIMARY KEY (service_request_id, clock, round),
    CONSTRAINT clocks_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT clocks_are_known CHECK (clock IN ('review', 'complete', 'placing')),
    CONSTRAINT rounds_count_from_one CHECK (round > 0),
    CONSTRAINT targets_are_greater_than_nothing CHECK (half_units > 0),
    CONSTRAINT met_clocks_raise_no_alarm CHECK (met_at IS NULL OR alarm_at IS NULL)
);

CREATE INDEX request_clock_next_alarm ON request_clock (alarm_at, service_request_id) WHERE alarm_at IS NOT NULL;

CREATE INDEX request_clock_running ON request_clock (due_at, service_request_id) WHERE met_at IS NULL;

CREATE TABLE deadline_alarm (
    alarm_id uuid NOT NULL,
    service_request_id text NOT NULL,
    clock text NOT NULL,
    round integer NOT NULL,
    step text NOT NULL,
    reached_at timestamptz NOT NULL,
    noted_at timestamptz NOT NULL,
    deliver_at timestamptz NOT NULL,
    department text,
    recipients jsonb NOT NULL,
    tells_requester boolean NOT NULL,
    told_requester_at timestamptz,
    state text NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text,
    CONSTRAINT deadline_alarm_is_known_by_id PRIMARY KEY (alarm_id),
    CONSTRAINT alarms_are_given_once UNIQUE (service_request_id, clock, round, step),
    CONSTRAINT alarms_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT alarm_states_are_known CHECK (state IN ('open', 'superseded', 'acknowledged')),
    CONSTRAINT acknowledged_alarms_have_a_person
        CHECK ((state = 'acknowledged') = (num_nonnulls(acknowledged_at, acknowledged_by) = 2))
);

CREATE INDEX deadline_alarm_open ON deadline_alarm (noted_at DESC) WHERE state = 'open';

CREATE INDEX deadline_alarm_to_tell ON deadline_alarm (noted_at) WHERE tells_requester AND told_requester_at IS NULL;

CREATE TABLE weather_event (
    weather_event_id uuid NOT NULL,
    description jsonb NOT NULL,
    area text,
    parts text[] NOT NULL,
    road_classes integer[] NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    declared_at timestamptz NOT NULL,
    declared_by text NOT NULL,
    ended_by text,
    is_settled boolean NOT NULL DEFAULT false,
    CONSTRAINT weather_event_is_known_by_id PRIMARY KEY (weather_event_id),
    CONSTRAINT weather_events_end_after_they_begin CHECK (ends_at >= starts_at),
    CONSTRAINT weather_events_begin_after_they_were_declared CHECK (starts_at >= declared_at)
);

CREATE INDEX weather_event_unsettled ON weather_event (starts_at) WHERE NOT is_settled;

CREATE TABLE request_owner (
    service_request_id text NOT NULL,
    owner jsonb NOT NULL,
    assigned_at timestamptz NOT NULL,
    assigned_by text NOT NULL,
    CONSTRAINT request_owner_is_known_by_its_request PRIMARY KEY (service_request_id),
    CONSTRAINT owners_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id)
);

CREATE TABLE authority_fact (
    service_request_id text NOT NULL,
    body text NOT NULL,
    fact text NOT NULL,
    happened_at timestamptz NOT NULL,
    noted_at timestamptz NOT NULL,
    source text NOT NULL,
    CONSTRAINT authority_fact_is_known_by_request_body_and_kind PRIMARY KEY (service_request_id, body, fact),
    CONSTRAINT facts_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT facts_are_known CHECK (fact IN ('received', 'delivered', 'opened'))
);

INSERT INTO request_clock
    (service_request_id, clock, round, started_at, half_units, unit, sla_version, calendar_version,
    base_due_at, due_at, alarmed_until, alarm_at)
SELECT service_request_id, 'review', 1, requested_at,
    greatest(1, ceil(extract(epoch FROM review_due_at - requested_at) / 1800))::integer, 'hours',
    COALESCE(sla_version, ''), COALESCE(calendar_version, ''), review_due_at, review_due_at, requested_at, review_due_at
FROM service_request
WHERE status = 'open'
    AND step = 'received'
    AND review_due_at IS NOT NULL;

INSERT INTO request_clock
    (service_request_id, clock, round, started_at, half_units, unit, sla_version, calendar_version,
    base_due_at, due_at, alarmed_until, alarm_at)
SELECT service_request_id, 'complete', 1, requested_at,
    greatest(1, ceil(extract(epoch FROM complete_due_at - requested_at) / 1800))::integer, 'hours',
    COALESCE(sla_version, ''), COALESCE(calendar_version, ''), complete_due_at, complete_due_at, requested_at,
    complete_due_at
FROM service_request
WHERE status = 'open'
    AND complete_due_at IS NOT NULL;
