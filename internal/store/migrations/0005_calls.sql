-- History refers to agents, queues and customers without a foreign key: it outlives them.

CREATE TABLE calls (
    id                     TEXT NOT NULL PRIMARY KEY,
    organisation           TEXT NOT NULL REFERENCES organisations (id),
    child_organisation     TEXT REFERENCES organisations (id),
    created_at             TIMESTAMPTZ NOT NULL,
    updated_at             TIMESTAMPTZ NOT NULL,
    version                BIGINT NOT NULL,
    direction              TEXT NOT NULL,
    call_type              TEXT NOT NULL,
    status                 TEXT NOT NULL,
    disposition            TEXT NOT NULL,
    reason                 TEXT NOT NULL,
    from_number            TEXT NOT NULL,
    to_number              TEXT NOT NULL,
    customer_id            TEXT,
    customer_name          TEXT NOT NULL,
    queues                 TEXT,
    agents                 TEXT,
    arrived_at             TIMESTAMPTZ NOT NULL,
    answered_at            TIMESTAMPTZ,
    ended_at               TIMESTAMPTZ,
    queue_wait_seconds     BIGINT NOT NULL,
    talk_time_seconds      BIGINT NOT NULL,
    total_duration_seconds BIGINT NOT NULL,
    has_recording          BOOLEAN NOT NULL,
    search_text            TEXT NOT NULL,
    record                 TEXT
);

CREATE INDEX calls_time ON calls (organisation, arrived_at, id);
CREATE INDEX calls_customer ON calls (organisation, customer_id, arrived_at);

CREATE TABLE call_queues (
    organisation TEXT NOT NULL,
    call_id      TEXT NOT NULL,
    queue_id     TEXT NOT NULL,
    PRIMARY KEY (call_id, queue_id)
);
CREATE INDEX call_queues_queue ON call_queues (organisation, queue_id, call_id);

CREATE TABLE call_agents (
    organisation TEXT NOT NULL,
    call_id      TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    PRIMARY KEY (call_id, agent_id)
);
CREATE INDEX call_agents_agent ON call_agents (organisation, agent_id, call_id);

CREATE TABLE call_events (
    organisation TEXT NOT NULL,
    call_id      TEXT NOT NULL,
    seq          BIGINT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    kind         TEXT NOT NULL,
    data         TEXT,
    PRIMARY KEY (organisation, call_id, seq)
);

CREATE TABLE recordings (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL REFERENCES organisations (id),
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    call_id            TEXT NOT NULL,
    status             TEXT NOT NULL,
    storage_key        TEXT NOT NULL,
    channels           BIGINT NOT NULL,
    started_at         TIMESTAMPTZ NOT NULL,
    duration_seconds   BIGINT NOT NULL,
    size               BIGINT NOT NULL,
    checksum           TEXT NOT NULL,
    is_primary         BOOLEAN NOT NULL,
    gaps               TEXT,
    reason             TEXT NOT NULL
);

CREATE INDEX recordings_call ON recordings (organisation, call_id);
CREATE INDEX recordings_status ON recordings (organisation, status);

CREATE TABLE journal (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    address      TEXT NOT NULL,
    kind         TEXT NOT NULL,
    version      BIGINT NOT NULL,
    state        TEXT NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, address)
);
