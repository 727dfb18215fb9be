-- What: service requests, their history, the people who asked (apart), updates, photos, batch tokens.
-- Why:  the heart of the product. Coordinates are whole billionths of a degree: what was sent comes back to the digit.
-- Lock: none, new tables. Time: instant.

CREATE TABLE service_request (
    service_request_id text NOT NULL,
    jurisdiction_id text NOT NULL,
    standing text NOT NULL,
    counterpart text,
    service_code text NOT NULL,
    public_type text NOT NULL,
    service_part text,
    channel text NOT NULL,
    language text NOT NULL,
    status text NOT NULL,
    step text NOT NULL,
    outcome text,
    life jsonb NOT NULL,
    status_notes text,
    description text NOT NULL,
    latitude_nano bigint,
    longitude_nano bigint,
    address text,
    address_id text,
    zipcode text,
    answers jsonb NOT NULL,
    media_urls text[] NOT NULL,
    department text,
    agency_responsible text,
    service_notice text,
    decision jsonb,
    priority text NOT NULL,
    visibility text NOT NULL,
    catalogue_version integer,
    sla_version text,
    calendar_version text,
    requested_at timestamptz(0) NOT NULL,
    updated_at timestamptz(0) NOT NULL,
    readable_at timestamptz NOT NULL,
    review_due_at timestamptz,
    complete_due_at timestamptz,
    row_version integer NOT NULL,
    CONSTRAINT service_request_is_known_by_its_reference PRIMARY KEY (service_request_id),
    CONSTRAINT standings_are_known CHECK (standing IN ('lead', 'mirrored', 'waiting')),
    CONSTRAINT status_is_open_or_closed CHECK (status IN ('open', 'closed')),
    CONSTRAINT steps_are_known CHECK (step IN ('received', 'reviewed', 'work_assigned', 'completed')),
    CONSTRAINT visibilities_are_known CHECK (visibility IN ('public', 'requester', 'confidential')),
    CONSTRAINT priorities_are_known CHECK (priority IN ('P1', 'P2', 'P3', 'P4')),
    CONSTRAINT points_have_both_coordinates CHECK ((latitude_nano IS NULL) = (longitude_nano IS NULL)),
    CONSTRAINT latitudes_lie_on_earth CHECK (latitude_nano BETWEEN -90000000000 AND 90000000000),
    CONSTRAINT longitudes_lie_on_earth CHECK (longitude_nano BETWEEN -180000000000 AND 180000000000),
    CONSTRAINT descriptions_hold_at_most_4000_characters CHECK (char_length(description) <= 4000),
    CONSTRAINT requests_are_updated_after_they_were_made CHECK (updated_at >= requested_at)
);

CREATE INDEX service_request_newest_first ON service_request (requested_at DESC, service_request_id);

CREATE INDEX service_request_by_update ON service_request (updated_at);

CREATE INDEX service_request_by_service ON service_request (service_code, requested_at DESC, service_request_id);

CREATE INDEX service_request_open ON service_request (requested_at DESC, service_request_id) WHERE status = 'open';

CREATE INDEX service_request_by_place ON service_request
    USING gist (point(longitude_nano::double precision, latitude_nano::double precision))
    WHERE latitude_nano IS NOT NULL;

CREATE TABLE service_request_event (
    service_request_id text NOT NULL,
    sequence integer NOT NULL,
    happened_at timestamptz NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    is_public boolean NOT NULL,
    description jsonb,
    details jsonb NOT NULL,
    CONSTRAINT event_is_known_by_request_and_sequence PRIMARY KEY (service_request_id, sequence),
    CONSTRAINT events_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT events_count_from_one CHECK (sequence > 0)
);

CREATE TABLE requester (
    requester_id uuid NOT NULL,
    service_request_id text NOT NULL,
    email text,
    phone text,
    first_name text,
    last_name text,
    device_id text,
    account_id text,
    language text,
    private_token_hash bytea,
    noted_at timestamptz NOT NULL,
    CONSTRAINT requester_is_known_by_id PRIMARY KEY (requester_id),
    CONSTRAINT requesters_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id)
);

CREATE INDEX requester_by_request ON requester (service_request_id);

CREATE TABLE service_request_update (
    update_id text NOT NULL,
    service_request_id text NOT NULL,
    client text,
    client_update_id text,
    status text NOT NULL,
    updated_at timestamptz(0) NOT NULL,
    received_at timestamptz NOT NULL,
    description text NOT NULL,
    media_urls text[] NOT NULL,
    external_status_code text,
    customer_reference text,
    title text,
    extras jsonb NOT NULL,
    is_public boolean NOT NULL,
    author_id uuid,
    CONSTRAINT update_is_known_by_id PRIMARY KEY (update_id),
    CONSTRAINT updates_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT authors_of_updates_are_requesters FOREIGN KEY (author_id) REFERENCES requester (requester_id),
    CONSTRAINT clients_send_an_update_once UNIQUE (service_request_id, client, client_update_id)
);

CREATE INDEX service_request_update_oldest_first ON service_request_update (updated_at, update_id);

CREATE TABLE attachment (
    attachment_id uuid NOT NULL,
    service_request_id text,
    position integer NOT NULL,
    content_hash text NOT NULL,
    media_type text NOT NULL,
    byte_count bigint NOT NULL,
    width integer,
    height integer,
    state text NOT NULL,
    is_public boolean NOT NULL,
    stored_at timestamptz NOT NULL,
    CONSTRAINT attachment_is_known_by_id PRIMARY KEY (attachment_id),
    CONSTRAINT attachments_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT attachment_states_are_known CHECK (state IN ('stored', 'removed'))
);

CREATE INDEX attachment_by_request ON attachment (service_request_id, position);

CREATE INDEX attachment_by_content ON attachment (content_hash);

CREATE TABLE open311_token (
    token text NOT NULL,
    service_request_id text NOT NULL,
    issued_at timestamptz NOT NULL,
    ready_at timestamptz NOT NULL,
    CONSTRAINT token_is_known_by_itself PRIMARY KEY (token),
    CONSTRAINT tokens_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id)
);
