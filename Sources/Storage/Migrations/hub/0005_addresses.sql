-- What: sets of civic addresses, other names of streets, communities, the compiled book of each set, and when a set was or will be switched on.
-- Why:  a set is imported and checked beside the one in use, like a boundary generation; the compiled book makes another start quick.
-- Lock: none, new tables. Time: instant.

CREATE TABLE hub.address_set (
    address_set integer GENERATED ALWAYS AS IDENTITY,
    state text NOT NULL,
    note text NOT NULL,
    digest text NOT NULL,
    generation integer,
    address_count bigint NOT NULL,
    report jsonb,
    imported_at timestamptz NOT NULL,
    checked_at timestamptz,
    CONSTRAINT address_set_is_known_by_number PRIMARY KEY (address_set),
    CONSTRAINT address_set_states_are_known CHECK (state IN ('importing', 'checked', 'refused')),
    CONSTRAINT finished_address_sets_have_been_checked CHECK ((state = 'importing') = (checked_at IS NULL))
);

CREATE TABLE hub.address_activation (
    activation bigint GENERATED ALWAYS AS IDENTITY,
    address_set integer NOT NULL,
    activates_at timestamptz NOT NULL,
    ordered_at timestamptz NOT NULL,
    ordered_by text NOT NULL,
    CONSTRAINT address_activation_is_known_by_number PRIMARY KEY (activation),
    CONSTRAINT activations_name_an_address_set FOREIGN KEY (address_set) REFERENCES hub.address_set (address_set)
);

CREATE INDEX address_activation_by_time ON hub.address_activation (activates_at, activation);

CREATE TABLE hub.address (
    address_set integer NOT NULL,
    position bigint NOT NULL,
    number integer NOT NULL,
    suffix text NOT NULL,
    unit text,
    street text NOT NULL,
    municipality_id text,
    municipality text,
    stated_municipality text,
    community text,
    postal_code text,
    latitude_nano bigint NOT NULL,
    longitude_nano bigint NOT NULL,
    CONSTRAINT address_is_known_by_set_and_position PRIMARY KEY (address_set, position),
    CONSTRAINT addresses_belong_to_a_set FOREIGN KEY (address_set) REFERENCES hub.address_set (address_set),
    CONSTRAINT address_points_are_on_the_earth
        CHECK (abs(latitude_nano) <= 90000000000 AND abs(longitude_nano) <= 180000000000)
);

CREATE TABLE hub.address_book (
    address_set integer NOT NULL,
    part integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT address_book_is_known_by_set_and_part PRIMARY KEY (address_set, part),
    CONSTRAINT books_belong_to_a_set FOREIGN KEY (address_set) REFERENCES hub.address_set (address_set)
);

CREATE TABLE hub.street_alias (
    address_set integer NOT NULL,
    position integer NOT NULL,
    other_name text NOT NULL,
    street text NOT NULL,
    municipality text,
    official_until date,
    CONSTRAINT street_alias_is_known_by_set_and_position PRIMARY KEY (address_set, position),
    CONSTRAINT aliases_belong_to_a_set FOREIGN KEY (address_set) REFERENCES hub.address_set (address_set)
);

CREATE TABLE hub.community_share (
    address_set integer NOT NULL,
    community text NOT NULL,
    municipality text NOT NULL,
    weight double precision NOT NULL,
    CONSTRAINT community_share_is_known_by_both_names PRIMARY KEY (address_set, community, municipality),
    CONSTRAINT shares_belong_to_a_set FOREIGN KEY (address_set) REFERENCES hub.address_set (address_set),
    CONSTRAINT shares_are_positive CHECK (weight > 0)
);
