-- What: when the contact facts of a body, as LoST mappings state them, last changed.
-- Why:  a mapping's lastUpdated must stay the same on every node and after every restart until the mapping changes (RFC 5222, 5.2).
-- Lock: none, a new table. Time: instant.

CREATE TABLE hub.lost_contact (
    body_id text NOT NULL,
    fingerprint text NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT lost_contact_is_known_by_its_body PRIMARY KEY (body_id)
);
