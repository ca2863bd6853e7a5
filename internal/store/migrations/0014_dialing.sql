-- What records outbound calls: the audit of classes of service, locks against toll fraud, and who may be called back after an
-- emergency call.

-- The audit outlives agents, users and classes: it refers to them without a foreign key.
CREATE TABLE class_audit (
    id           TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    at           TIMESTAMPTZ NOT NULL,
    action       TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    supervisor   TEXT NOT NULL,
    destination  TEXT NOT NULL,
    class_id     TEXT NOT NULL,
    class_name   TEXT NOT NULL,
    rule         TEXT NOT NULL
);
CREATE INDEX class_audit_time ON class_audit (organisation, at);

CREATE TABLE dialing_locks (
    organisation TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    reason       TEXT NOT NULL,
    PRIMARY KEY (organisation, agent_id),
    FOREIGN KEY (organisation, agent_id) REFERENCES agents (organisation, id) ON DELETE CASCADE
);

-- The latest emergency call by each number that was shown: who calls it back is put through to the agent.
CREATE TABLE emergency_calls (
    organisation TEXT NOT NULL,
    shown        TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    dialled      TEXT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, shown),
    FOREIGN KEY (organisation, agent_id) REFERENCES agents (organisation, id) ON DELETE CASCADE
);
