-- What: editions of the numbering administrator's list, exchanges with shares, and the registers of numbers, consents and notices.
-- Why:  a number is a hint of where a call comes from; consent and notice decide with dates whose desk takes it.
-- Lock: none, new tables. Time: instant.

CREATE TABLE hub.numbering_revision (
    register text NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT numbering_revision_is_known_by_register PRIMARY KEY (register)
);

CREATE TABLE hub.numbering_list (
    list integer GENERATED ALWAYS AS IDENTITY,
    list_date date NOT NULL,
    source text NOT NULL,
    codes integer NOT NULL,
    imported_at timestamptz NOT NULL,
    passed boolean NOT NULL,
    CONSTRAINT numbering_list_is_known_by_number PRIMARY KEY (list)
);

CREATE TABLE hub.numbering_activation (
    activation bigint GENERATED ALWAYS AS IDENTITY,
    list integer NOT NULL,
    activates_at timestamptz NOT NULL,
    ordered_at timestamptz NOT NULL,
    ordered_by text NOT NULL,
    CONSTRAINT numbering_activation_is_known_by_number PRIMARY KEY (activation),
    CONSTRAINT activations_name_a_list FOREIGN KEY (list) REFERENCES hub.numbering_list (list)
);

CREATE INDEX numbering_activation_by_time ON hub.numbering_activation (activates_at, activation);

CREATE TABLE hub.central_office_code (
    list integer NOT NULL,
    area_code smallint NOT NULL,
    office_code smallint NOT NULL,
    status text NOT NULL,
    exchange_area text NOT NULL,
    province text NOT NULL,
    company text NOT NULL,
    operating_company text NOT NULL,
    remarks text NOT NULL,
    is_wireless boolean NOT NULL,
    CONSTRAINT central_office_code_is_known_by_list_and_digits PRIMARY KEY (list, area_code, office_code),
    CONSTRAINT codes_belong_to_a_list FOREIGN KEY (list) REFERENCES hub.numbering_list (list),
    CONSTRAINT code_states_are_known CHECK (status IN ('in_service', 'assigned', 'being_recovered')),
    CONSTRAINT codes_run_from_200_to_999
        CHECK (area_code BETWEEN 200 AND 999 AND office_code BETWEEN 200 AND 999)
);

CREATE TABLE hub.exchange (
    exchange_area text NOT NULL,
    province text NOT NULL,
    latitude_nanodegrees bigint,
    longitude_nanodegrees bigint,
    note text NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT exchange_is_known_by_its_name PRIMARY KEY (exchange_area),
    CONSTRAINT rate_centres_have_both_coordinates
        CHECK (num_nulls(latitude_nanodegrees, longitude_nanodegrees) IN (0, 2))
);

CREATE TABLE hub.exchange_share_set (
    share_set integer GENERATED ALWAYS AS IDENTITY,
    exchange_area text NOT NULL,
    basis text NOT NULL,
    valid_from date NOT NULL,
    note text NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    CONSTRAINT exchange_share_set_is_known_by_number PRIMARY KEY (share_set),
    CONSTRAINT share_bases_are_known CHECK (basis IN ('data', 'addresses', 'typed'))
);

CREATE TABLE hub.exchange_share (
    share_set integer NOT NULL,
    area_id text NOT NULL,
    share double precision NOT NULL,
    CONSTRAINT exchange_share_is_known_by_set_and_area PRIMARY KEY (share_set, area_id),
    CONSTRAINT shares_belong_to_a_set FOREIGN KEY (share_set) REFERENCES hub.exchange_share_set (share_set),
    CONSTRAINT shares_are_parts_of_one CHECK (share > 0 AND share <= 1)
);

CREATE TABLE hub.termination_number (
    termination integer GENERATED ALWAYS AS IDENTITY,
    number text NOT NULL,
    exchange_area text,
    jurisdiction_id text,
    valid_from timestamptz NOT NULL,
    valid_until timestamptz,
    note text NOT NULL,
    CONSTRAINT termination_number_is_known_by_entry PRIMARY KEY (termination),
    CONSTRAINT termination_numbers_stand_for_one_thing CHECK (num_nulls(exchange_area, jurisdiction_id) = 1),
    CONSTRAINT termination_numbers_are_national CHECK (number ~ '^[+]1[2-9][0-9]{2}[2-9][0-9]{6}$'),
    CONSTRAINT termination_numbers_end_after_they_begin CHECK (valid_until IS NULL OR valid_until > valid_from)
);

CREATE INDEX termination_number_by_number ON hub.termination_number (number);

CREATE TABLE hub.exchange_consent (
    consent integer GENERATED ALWAYS AS IDENTITY,
    area_id text NOT NULL,
    exchange_area text NOT NULL,
    resolution text NOT NULL,
    resolved_on date NOT NULL,
    effective_at timestamptz NOT NULL,
    notice_days integer NOT NULL,
    revocation text,
    revocation_given_at timestamptz,
    revoked_at timestamptz,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    CONSTRAINT exchange_consent_is_known_by_number PRIMARY KEY (consent),
    CONSTRAINT revocations_are_whole CHECK (num_nulls(revocation, revocation_given_at, revoked_at) IN (0, 3)),
    CONSTRAINT notice_is_no_less_than_nothing CHECK (notice_days >= 0)
);

CREATE INDEX exchange_consent_by_exchange ON hub.exchange_consent (exchange_area, area_id);

CREATE TABLE hub.carrier_notice (
    notice integer GENERATED ALWAYS AS IDENTITY,
    exchange_area text NOT NULL,
    carrier text NOT NULL,
    noticed_on date NOT NULL,
    activated_on date,
    test_called_at timestamptz,
    test_result text,
    fee_cents bigint,
    note text NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT carrier_notice_is_known_by_number PRIMARY KEY (notice),
    CONSTRAINT carriers_are_noticed_once UNIQUE (exchange_area, carrier, noticed_on),
    CONSTRAINT test_results_are_known CHECK (test_result IN ('arrived', 'misrouted', 'failed')),
    CONSTRAINT test_calls_have_a_result CHECK (num_nulls(test_called_at, test_result) IN (0, 2)),
    CONSTRAINT fees_are_no_less_than_nothing CHECK (fee_cents >= 0)
);

CREATE TABLE hub.legacy_number (
    number text NOT NULL,
    jurisdiction_id text NOT NULL,
    exchange_area text,
    retires_on date,
    note text NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT legacy_number_is_known_by_its_digits PRIMARY KEY (number),
    CONSTRAINT legacy_numbers_are_national CHECK (number ~ '^[+]1[2-9][0-9]{2}[2-9][0-9]{6}$')
);

CREATE TABLE hub.legacy_call (
    number text NOT NULL,
    day date NOT NULL,
    calls bigint NOT NULL,
    CONSTRAINT legacy_call_is_known_by_number_and_day PRIMARY KEY (number, day),
    CONSTRAINT legacy_calls_are_counted_up CHECK (calls > 0)
);

CREATE TABLE hub.telephone_settings (
    version integer GENERATED ALWAYS AS IDENTITY,
    document jsonb NOT NULL,
    digest text NOT NULL,
    applied_at timestamptz NOT NULL,
    CONSTRAINT telephone_settings_are_known_by_version PRIMARY KEY (version)
);
