-- What: the request that another one repeats, people who said "me too", whom to tell of a parent's end; what the public may not see
--       and who decided it; which requests must be told to the hub's index of places.
-- Why:  a duplicate ends with its parent; words and photos are public only after release by rule or person.
-- Lock: ACCESS EXCLUSIVE on service_request and service_request_update for an instant; the index is built on an empty column.
-- Time: instant, defaults are kept in the catalogue.

ALTER TABLE service_request
    ADD COLUMN parent_reference text,
    ADD COLUMN withheld text[] NOT NULL DEFAULT '{}';

ALTER TABLE service_request
    ADD CONSTRAINT nobody_repeats_itself CHECK (parent_reference <> service_request_id) NOT VALID;

ALTER TABLE service_request VALIDATE CONSTRAINT nobody_repeats_itself;

CREATE INDEX service_request_by_parent ON service_request (parent_reference, service_request_id)
    WHERE parent_reference IS NOT NULL;

ALTER TABLE service_request_update ADD COLUMN withheld text[] NOT NULL DEFAULT '{}';

CREATE TABLE follower (
    follower_id uuid NOT NULL,
    service_request_id text NOT NULL,
    requester_id uuid,
    joining_key text NOT NULL,
    channel text NOT NULL,
    language text NOT NULL,
    joined_at timestamptz NOT NULL,
    CONSTRAINT follower_is_known_by_id PRIMARY KEY (follower_id),
    CONSTRAINT followers_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT followers_are_requesters FOREIGN KEY (requester_id) REFERENCES requester (requester_id),
    CONSTRAINT nobody_joins_twice UNIQUE (service_request_id, joining_key)
);

CREATE TABLE duplicate_peer (
    parent_reference text NOT NULL,
    jurisdiction_id text NOT NULL,
    noted_at timestamptz NOT NULL,
    CONSTRAINT duplicate_peer_is_known_by_parent_and_body PRIMARY KEY (parent_reference, jurisdiction_id)
);

CREATE TABLE moderation_item (
    item_id uuid NOT NULL,
    service_request_id text NOT NULL,
    update_id text,
    piece text NOT NULL,
    state text NOT NULL,
    reasons text[] NOT NULL,
    entered_at timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by text,
    note text,
    CONSTRAINT moderation_item_is_known_by_id PRIMARY KEY (item_id),
    CONSTRAINT moderation_items_belong_to_a_request
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT moderation_states_are_known CHECK (state IN ('held', 'released', 'rejected')),
    CONSTRAINT decided_items_say_who CHECK ((decided_at IS NULL) = (decided_by IS NULL))
);

CREATE INDEX moderation_item_held ON moderation_item (entered_at, item_id) WHERE state = 'held';

CREATE INDEX moderation_item_by_request ON moderation_item (service_request_id, entered_at);

CREATE TABLE place_change (
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    service_request_id text NOT NULL,
    CONSTRAINT place_change_is_known_by_number PRIMARY KEY (sequence)
);
