CREATE TABLE agents (
    id                            TEXT NOT NULL PRIMARY KEY,
    organisation                  TEXT NOT NULL REFERENCES organisations (id),
    child_organisation            TEXT REFERENCES organisations (id),
    created_at                    TIMESTAMPTZ NOT NULL,
    updated_at                    TIMESTAMPTZ NOT NULL,
    version                       BIGINT NOT NULL,
    user_id                       TEXT NOT NULL REFERENCES users (id),
    extension                     TEXT NOT NULL,
    default_number                TEXT,
    preferred_device              TEXT NOT NULL,
    ring_strategy                 TEXT NOT NULL,
    record_outgoing_automatically BOOLEAN NOT NULL,
    direct_when_unavailable       BOOLEAN NOT NULL,
    call_waiting                  BOOLEAN NOT NULL,
    default_status                TEXT NOT NULL,
    active                        BOOLEAN NOT NULL,
    sip_username                  TEXT UNIQUE,
    sip_ha1_md5                   TEXT NOT NULL,
    sip_ha1_sha256                TEXT NOT NULL,
    sip_password_sealed           TEXT NOT NULL,
    UNIQUE (organisation, id),
    UNIQUE (organisation, user_id),
    UNIQUE (organisation, extension),
    FOREIGN KEY (organisation, default_number) REFERENCES numbers (organisation, id)
);

CREATE TABLE queues (
    id                    TEXT NOT NULL PRIMARY KEY,
    organisation          TEXT NOT NULL REFERENCES organisations (id),
    child_organisation    TEXT REFERENCES organisations (id),
    created_at            TIMESTAMPTZ NOT NULL,
    updated_at            TIMESTAMPTZ NOT NULL,
    version               BIGINT NOT NULL,
    name                  TEXT NOT NULL,
    strategy              TEXT NOT NULL,
    ring_seconds          BIGINT NOT NULL,
    auto_pause            BOOLEAN NOT NULL,
    entry_greeting        TEXT,
    hold_audio            TEXT NOT NULL,
    max_hold_seconds      BIGINT NOT NULL,
    wrap_up_seconds       BIGINT NOT NULL,
    extended_wrap_seconds BIGINT,
    max_extensions        BIGINT NOT NULL,
    record_call           BOOLEAN NOT NULL,
    recording_notice      TEXT,
    wait_warning_seconds  BIGINT NOT NULL,
    wait_critical_seconds BIGINT NOT NULL,
    sl_percent            BIGINT NOT NULL,
    sl_seconds            BIGINT NOT NULL,
    short_abandon_seconds BIGINT NOT NULL,
    UNIQUE (organisation, name),
    UNIQUE (organisation, id)
);

CREATE TABLE queue_members (
    organisation TEXT NOT NULL,
    queue_id     TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    position     BIGINT NOT NULL,
    PRIMARY KEY (queue_id, agent_id),
    FOREIGN KEY (organisation, queue_id) REFERENCES queues (organisation, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation, agent_id) REFERENCES agents (organisation, id)
);
CREATE INDEX queue_members_agent ON queue_members (organisation, agent_id);

CREATE TABLE agent_queue_toggles (
    organisation TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    queue_id     TEXT NOT NULL,
    delivers     BOOLEAN NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (agent_id, queue_id),
    FOREIGN KEY (organisation, queue_id) REFERENCES queues (organisation, id) ON DELETE CASCADE,
    FOREIGN KEY (organisation, agent_id) REFERENCES agents (organisation, id) ON DELETE CASCADE
);

CREATE TABLE agent_statuses (
    organisation  TEXT NOT NULL REFERENCES organisations (id),
    agent_id      TEXT NOT NULL,
    channel       TEXT NOT NULL,
    status        TEXT NOT NULL,
    effect        TEXT NOT NULL,
    reason        TEXT NOT NULL,
    custom_status TEXT NOT NULL,
    since         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, agent_id, channel)
);

CREATE TABLE status_events (
    id              TEXT NOT NULL PRIMARY KEY,
    organisation    TEXT NOT NULL REFERENCES organisations (id),
    agent_id        TEXT NOT NULL,
    agent_kind      TEXT NOT NULL,
    channel         TEXT NOT NULL,
    previous_status TEXT NOT NULL,
    new_status      TEXT NOT NULL,
    previous_effect TEXT NOT NULL,
    new_effect      TEXT NOT NULL,
    reason          TEXT NOT NULL,
    custom_status   TEXT NOT NULL,
    seconds         BIGINT NOT NULL,
    cause           TEXT NOT NULL,
    actor           TEXT NOT NULL,
    at              TIMESTAMPTZ NOT NULL
);
CREATE INDEX status_events_time ON status_events (organisation, at);
CREATE INDEX status_events_agent ON status_events (organisation, agent_id, at);

CREATE TABLE reasons (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL REFERENCES organisations (id),
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    name               TEXT NOT NULL,
    position           BIGINT NOT NULL,
    active             BOOLEAN NOT NULL,
    UNIQUE (organisation, name)
);
