-- What: what the hub knows of addresses it writes to, by a keyed digest: confirmed, stopped, gone; and what strangers were sent.
-- Why:  STOP from a telephone and a bounced mail count for every tenant, and a stranger gets at most a few mails an hour of all.
-- Lock: none, new tables. Time: instant.

CREATE TABLE hub.contact_address (
    channel text NOT NULL,
    address_key bytea NOT NULL,
    seen_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    stopped_at timestamptz,
    gone_at timestamptz,
    reason text,
    CONSTRAINT contact_address_is_known_by_channel_and_key PRIMARY KEY (channel, address_key),
    CONSTRAINT contact_channels_are_known CHECK (channel IN ('mail', 'sms', 'webhook'))
);

CREATE TABLE hub.stranger_message (
    channel text NOT NULL,
    address_key bytea NOT NULL,
    delivery_key uuid NOT NULL,
    granted_at timestamptz NOT NULL,
    CONSTRAINT stranger_message_is_known_by_address_and_delivery PRIMARY KEY (channel, address_key, delivery_key),
    CONSTRAINT strangers_are_contact_addresses
        FOREIGN KEY (channel, address_key) REFERENCES hub.contact_address (channel, address_key)
);

CREATE TABLE hub.heard_message (
    source text NOT NULL,
    message_id text NOT NULL,
    heard_at timestamptz NOT NULL,
    CONSTRAINT heard_message_is_known_by_source_and_id PRIMARY KEY (source, message_id)
);

CREATE INDEX heard_message_by_time ON hub.heard_message (heard_at);
