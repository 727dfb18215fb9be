-- What: the row version after each event; parts of a request that were given to others.
-- Why:  who comes second is told what the first one changed; a request ends only when its parts have.
-- Lock: ACCESS EXCLUSIVE on service_request_event for an instant. Time: instant, the new column is empty.

ALTER TABLE service_request_event ADD COLUMN row_version integer;

CREATE TABLE request_child (
    service_request_id text NOT NULL,
    parent text NOT NULL,
    name jsonb NOT NULL,
    split_at timestamptz NOT NULL,
    split_by text NOT NULL,
    CONSTRAINT a_child_has_one_parent PRIMARY KEY (service_request_id),
    CONSTRAINT children_are_requests
        FOREIGN KEY (service_request_id) REFERENCES service_request (service_request_id),
    CONSTRAINT nothing_is_its_own_parent CHECK (parent <> service_request_id)
);

CREATE INDEX request_child_by_parent ON request_child (parent);
