-- What callers leave in mailboxes, who gets in by telephone, what agents leave elsewhere, and work that outlives a restart.
-- A message refers to its mailbox, call and recording without a foreign key: it outlives them.

CREATE TABLE messages (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL REFERENCES organisations (id),
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    mailbox_id         TEXT NOT NULL,
    call_id            TEXT NOT NULL,
    recording_id       TEXT NOT NULL,
    from_number        TEXT NOT NULL,
    from_name          TEXT NOT NULL,
    customer_id        TEXT,
    customer_name      TEXT NOT NULL,
    left_at            TIMESTAMPTZ NOT NULL,
    duration_seconds   BIGINT NOT NULL,
    listened           BOOLEAN NOT NULL,
    forwarded_from     TEXT NOT NULL,
    forwarded_by       TEXT NOT NULL,
    search_text        TEXT NOT NULL
);
CREATE INDEX messages_mailbox ON messages (organisation, mailbox_id, left_at);
CREATE INDEX messages_recording ON messages (organisation, recording_id);

CREATE TABLE mailbox_pins (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    mailbox_id   TEXT NOT NULL,
    pin_hash     TEXT NOT NULL,
    failures     BIGINT NOT NULL,
    locked_until TIMESTAMPTZ,
    changed_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, mailbox_id)
);

-- What a user leaves on other people's answering machines.
CREATE TABLE drop_greetings (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL REFERENCES organisations (id),
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    user_id            TEXT NOT NULL REFERENCES users (id),
    name               TEXT NOT NULL,
    prompt             TEXT NOT NULL,
    UNIQUE (organisation, user_id, name)
);

CREATE TABLE jobs (
    id           TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    content      TEXT,
    created_at   TIMESTAMPTZ NOT NULL,
    due_at       TIMESTAMPTZ NOT NULL,
    attempts     BIGINT NOT NULL,
    failure      TEXT NOT NULL,
    UNIQUE (organisation, kind, subject)
);
CREATE INDEX jobs_due ON jobs (organisation, due_at);
