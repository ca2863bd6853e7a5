-- Words that both databases know: TEXT, BIGINT, BOOLEAN, TIMESTAMPTZ (SQLite keeps any type's name and stores text).
-- A reference between records of one organisation names the organisation too, so that none can lead into another one.

CREATE TABLE organisations (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL,
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    name               TEXT NOT NULL,
    country            TEXT NOT NULL,
    timezone           TEXT NOT NULL,
    ring_seconds       BIGINT NOT NULL
);

CREATE TABLE users (
    id            TEXT NOT NULL PRIMARY KEY,
    created_at    TIMESTAMPTZ NOT NULL,
    updated_at    TIMESTAMPTZ NOT NULL,
    version       BIGINT NOT NULL,
    email         TEXT NOT NULL UNIQUE,
    first_name    TEXT NOT NULL,
    last_name     TEXT NOT NULL,
    password_hash TEXT NOT NULL
);

CREATE TABLE memberships (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL REFERENCES organisations (id),
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    user_id            TEXT NOT NULL REFERENCES users (id),
    role               TEXT NOT NULL,
    switches           TEXT,
    UNIQUE (organisation, user_id)
);

CREATE INDEX memberships_user ON memberships (user_id);

CREATE TABLE sessions (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL REFERENCES organisations (id),
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    token_sha256       TEXT NOT NULL UNIQUE,
    user_id            TEXT NOT NULL REFERENCES users (id),
    last_seen_at       TIMESTAMPTZ NOT NULL,
    expires_at         TIMESTAMPTZ NOT NULL,
    ip                 TEXT NOT NULL,
    user_agent         TEXT NOT NULL
);

CREATE INDEX sessions_user ON sessions (organisation, user_id);
CREATE INDEX sessions_expiry ON sessions (organisation, expires_at);

CREATE TABLE settings (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    name         TEXT NOT NULL,
    value        TEXT NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, name)
);

CREATE TABLE audit (
    id           TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    at           TIMESTAMPTZ NOT NULL,
    actor        TEXT NOT NULL,
    ip           TEXT NOT NULL,
    action       TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    state_before TEXT,
    state_after  TEXT
);
CREATE INDEX audit_time ON audit (organisation, at);
