-- What came of a call by each agent who took it from a queue; the last choice counts (QU-9, SP-36). It is chosen in the wrap-up,
-- when the record of the call is closed, and keeps the name that the outcome had then.
CREATE TABLE call_outcomes (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    call_id      TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    queue_id     TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    name         TEXT NOT NULL,
    auto         BOOLEAN NOT NULL,
    actor        TEXT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, call_id, agent_id)
);
