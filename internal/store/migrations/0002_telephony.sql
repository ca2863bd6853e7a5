CREATE TABLE trunks (
    id                     TEXT NOT NULL PRIMARY KEY,
    organisation           TEXT NOT NULL REFERENCES organisations (id),
    child_organisation     TEXT REFERENCES organisations (id),
    created_at             TIMESTAMPTZ NOT NULL,
    updated_at             TIMESTAMPTZ NOT NULL,
    version                BIGINT NOT NULL,
    name                   TEXT NOT NULL,
    kind                   TEXT NOT NULL,
    proxy                  TEXT NOT NULL,
    transport              TEXT NOT NULL,
    registrar              TEXT NOT NULL,
    username               TEXT NOT NULL,
    auth_user              TEXT NOT NULL,
    password_sealed        TEXT NOT NULL,
    from_domain            TEXT NOT NULL,
    caller_id              TEXT NOT NULL,
    presents_any_caller_id BOOLEAN NOT NULL,
    outbound               BOOLEAN NOT NULL,
    prefixes               TEXT,
    position               BIGINT NOT NULL,
    active                 BOOLEAN NOT NULL,
    UNIQUE (organisation, name),
    UNIQUE (organisation, id)
);

CREATE TABLE trunk_networks (
    organisation TEXT NOT NULL,
    trunk_id     TEXT NOT NULL,
    network      TEXT NOT NULL,
    PRIMARY KEY (trunk_id, network),
    FOREIGN KEY (organisation, trunk_id) REFERENCES trunks (organisation, id) ON DELETE CASCADE
);

CREATE TABLE numbers (
    id                   TEXT NOT NULL PRIMARY KEY,
    organisation         TEXT NOT NULL REFERENCES organisations (id),
    child_organisation   TEXT REFERENCES organisations (id),
    created_at           TIMESTAMPTZ NOT NULL,
    updated_at           TIMESTAMPTZ NOT NULL,
    version              BIGINT NOT NULL,
    phone_number         TEXT NOT NULL UNIQUE,
    friendly_name        TEXT NOT NULL,
    trunk_id             TEXT NOT NULL,
    destination_kind     TEXT NOT NULL,
    destination_target   TEXT NOT NULL,
    menu_data            TEXT NOT NULL,
    menu_text            TEXT NOT NULL,
    voice                BOOLEAN NOT NULL,
    sms                  BOOLEAN NOT NULL,
    mms                  BOOLEAN NOT NULL,
    default_phone_number BOOLEAN NOT NULL,
    deletion_protected   BOOLEAN NOT NULL,
    UNIQUE (organisation, id),
    FOREIGN KEY (organisation, trunk_id) REFERENCES trunks (organisation, id)
);

CREATE INDEX numbers_destination ON numbers (organisation, destination_kind, destination_target);
CREATE UNIQUE INDEX numbers_default ON numbers (organisation) WHERE default_phone_number;
