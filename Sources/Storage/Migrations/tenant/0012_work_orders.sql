-- What: crews with their members, work orders on requests, photos of the work, views that staff have saved.
-- Why:  a department plans and reports its work here; what a phone sent twice is kept once by the idempotency keys there are.
-- Lock: ACCESS EXCLUSIVE on attachment for an instant, else new tables. Time: instant, the new columns have no default.

CREATE TABLE crew (
    crew_code text NOT NULL,
    department text NOT NULL,
    name jsonb NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT crew_is_known_by_code PRIMARY KEY (crew_code)
);

CREATE TABLE crew_member (
    crew_code text NOT NULL,
    account_id text NOT NULL,
    CONSTRAINT crew_member_is_known_by_crew_and_account PRIMARY KEY (crew_code, account_id),
    CONSTRAINT members_belong_to_a_crew FOREIGN KEY (crew_code) REFERENCES crew (crew_code)
);

CREATE INDEX crew_member_by_account ON crew_member (account_id);

CREATE TABLE work_order (
    work_order_id uuid NOT NULL,
    service_request_id text NOT NULL,
    number integer NOT NULL,
    department text NOT NULL,
    task text NOT NULL,
    priority text NOT NULL,
    due_at timestamptz,
    state text NOT NULL,
    reason text,
    note text,
    planned_day date,
    crew_code text,
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    report jsonb,
    row_version integer NOT NULL,
    CONSTRAINT work_order_is_known_by_id PRIMARY KEY (work_order_id),
    CONSTRAINT orders_of_a_request_are_numbered UNIQUE (service_request_id, number),
    CONSTRAINT orders_work_on_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT orders_are_given_to_a_crew_there_is FOREIGN KEY (crew_code) REFERENCES crew (crew_code),
    CONSTRAINT order_states_are_known
        CHECK (state IN ('drafted', 'scheduled', 'assigned', 'started', 'blocked', 'done', 'cancelled')),
    CONSTRAINT order_priorities_are_known CHECK (priority IN ('P1', 'P2', 'P3', 'P4')),
    CONSTRAINT ended_orders_have_a_time CHECK ((state IN ('done', 'cancelled')) = (ended_at IS NOT NULL)),
    CONSTRAINT done_orders_have_a_report CHECK ((state = 'done') = (report IS NOT NULL)),
    CONSTRAINT obstacles_and_cancellations_have_a_reason
        CHECK ((state IN ('blocked', 'cancelled')) = (reason IS NOT NULL)),
    CONSTRAINT scheduled_orders_have_a_day CHECK (state <> 'scheduled' OR planned_day IS NOT NULL),
    CONSTRAINT crews_work_on_what_they_were_given
        CHECK (state NOT IN ('assigned', 'started', 'blocked', 'done') OR crew_code IS NOT NULL),
    CONSTRAINT tasks_hold_at_most_1000_characters CHECK (char_length(task) BETWEEN 1 AND 1000)
);

CREATE INDEX work_order_open_by_crew ON work_order (crew_code, planned_day) WHERE ended_at IS NULL;

CREATE INDEX work_order_open_by_department ON work_order (department, planned_day) WHERE ended_at IS NULL;

ALTER TABLE attachment ADD COLUMN work_order_id uuid;

ALTER TABLE attachment ADD COLUMN moment text;

CREATE INDEX attachment_by_work_order ON attachment (work_order_id) WHERE work_order_id IS NOT NULL;

CREATE TABLE staff_view (
    view_id uuid NOT NULL,
    account_id text NOT NULL,
    name text NOT NULL,
    filter jsonb NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT staff_view_is_known_by_id PRIMARY KEY (view_id),
    CONSTRAINT names_of_views_differ_for_one_person UNIQUE (account_id, name),
    CONSTRAINT names_of_views_hold_at_most_60_characters CHECK (char_length(name) BETWEEN 1 AND 60)
);

CREATE INDEX service_request_open_by_department ON service_request (department, requested_at DESC)
    WHERE status = 'open';
