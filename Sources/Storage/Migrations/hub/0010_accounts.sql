-- What: accounts of staff, what each is in which jurisdiction, sessions, invitations, recovery codes, the throttle of sign-in.
-- Why:  people sign in to act for a body; tokens are kept as hashes only, passwords as scrypt strings, time code secrets sealed.
-- Lock: none, new tables. Time: instant.

CREATE TABLE hub.account (
    account_id text NOT NULL,
    sign_in_name text NOT NULL,
    display_name text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    password text,
    password_changed_at timestamptz,
    time_code_secret bytea,
    time_code_confirmed_at timestamptz,
    time_code_last_step bigint,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT account_is_known_by_its_id PRIMARY KEY (account_id),
    CONSTRAINT account_states_are_known CHECK (state IN ('invited', 'active', 'disabled')),
    CONSTRAINT time_codes_are_confirmed_with_a_secret
        CHECK (time_code_confirmed_at IS NULL OR time_code_secret IS NOT NULL)
);

CREATE UNIQUE INDEX account_by_sign_in_name ON hub.account (sign_in_name);

CREATE TABLE hub.account_membership (
    account_id text NOT NULL,
    jurisdiction_id text NOT NULL,
    roles text[] NOT NULL,
    departments text[] NOT NULL,
    source text NOT NULL,
    granted_at timestamptz NOT NULL,
    granted_by text NOT NULL,
    CONSTRAINT membership_is_known_by_account_and_jurisdiction PRIMARY KEY (account_id, jurisdiction_id),
    CONSTRAINT memberships_belong_to_an_account FOREIGN KEY (account_id) REFERENCES hub.account (account_id),
    CONSTRAINT memberships_have_a_role CHECK (cardinality(roles) > 0),
    CONSTRAINT membership_sources_are_known CHECK (source IN ('hub', 'sign_in_service'))
);

CREATE INDEX account_membership_by_jurisdiction ON hub.account_membership (jurisdiction_id);

-- A person as a tenant's sign-in service knows them: never by the e-mail address, which a service may give to another.
CREATE TABLE hub.account_identity (
    issuer text NOT NULL,
    subject text NOT NULL,
    account_id text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT identity_is_known_by_issuer_and_subject PRIMARY KEY (issuer, subject),
    CONSTRAINT identities_belong_to_an_account FOREIGN KEY (account_id) REFERENCES hub.account (account_id)
);

CREATE TABLE hub.account_session (
    token_hash bytea NOT NULL,
    session_id text NOT NULL,
    account_id text NOT NULL,
    face text NOT NULL,
    acting_in text NOT NULL,
    stage text NOT NULL,
    means text NOT NULL,
    device text NOT NULL,
    network text NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    proved_at timestamptz NOT NULL,
    CONSTRAINT session_is_known_by_the_hash_of_its_token PRIMARY KEY (token_hash),
    CONSTRAINT session_hashes_are_sha256 CHECK (octet_length(token_hash) = 32),
    CONSTRAINT sessions_belong_to_an_account FOREIGN KEY (account_id) REFERENCES hub.account (account_id),
    CONSTRAINT session_stages_are_known CHECK (stage IN ('code_due', 'enrolment_due', 'full')),
    CONSTRAINT session_means_are_known CHECK (means IN ('password', 'sign_in_service'))
);

CREATE UNIQUE INDEX account_session_by_id ON hub.account_session (session_id);
CREATE INDEX account_session_by_account ON hub.account_session (account_id);
CREATE INDEX account_session_by_end ON hub.account_session (ends_at);

CREATE TABLE hub.account_invitation (
    token_hash bytea NOT NULL,
    account_id text NOT NULL,
    purpose text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT invitation_is_known_by_the_hash_of_its_token PRIMARY KEY (token_hash),
    CONSTRAINT invitation_hashes_are_sha256 CHECK (octet_length(token_hash) = 32),
    CONSTRAINT invitations_belong_to_an_account FOREIGN KEY (account_id) REFERENCES hub.account (account_id),
    CONSTRAINT invitation_purposes_are_known CHECK (purpose IN ('invitation', 'reset'))
);

CREATE INDEX account_invitation_by_account ON hub.account_invitation (account_id);

CREATE TABLE hub.account_recovery_code (
    account_id text NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT recovery_code_is_known_by_account_and_hash PRIMARY KEY (account_id, code_hash),
    CONSTRAINT recovery_codes_belong_to_an_account FOREIGN KEY (account_id) REFERENCES hub.account (account_id)
);

CREATE TABLE hub.sign_in_try (
    subject text NOT NULL,
    tries integer NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    CONSTRAINT tries_are_known_by_subject PRIMARY KEY (subject)
);

CREATE INDEX sign_in_try_by_last ON hub.sign_in_try (last_at);

-- A sign-in that was sent to a tenant's sign-in service and has not come back; taken out by the first that comes back with it.
CREATE TABLE hub.account_journey (
    state_hash bytea NOT NULL,
    browser_hash bytea NOT NULL,
    face text NOT NULL,
    jurisdiction_id text NOT NULL,
    issuer text NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    return_to text NOT NULL,
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT journey_is_known_by_the_hash_of_its_state PRIMARY KEY (state_hash)
);

CREATE INDEX account_journey_by_end ON hub.account_journey (expires_at);
