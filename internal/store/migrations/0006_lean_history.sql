-- Every call writes into these tables, so each has the order in which it is read as its key, and hardly an index besides.
-- SQLite then keeps a table and its key in one tree instead of two or three: each tree costs every row a search and every
-- commit a page. As in call_events, nothing checks the organisation: only the write journal writes them, and it knows it.

CREATE TABLE lean_call_queues (
    organisation TEXT NOT NULL,
    queue_id     TEXT NOT NULL,
    call_id      TEXT NOT NULL,
    PRIMARY KEY (organisation, queue_id, call_id)
) -- SQLite: WITHOUT ROWID
;
INSERT INTO lean_call_queues SELECT organisation, queue_id, call_id FROM call_queues;
DROP TABLE call_queues;
ALTER TABLE lean_call_queues RENAME TO call_queues;

CREATE TABLE lean_call_agents (
    organisation TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    call_id      TEXT NOT NULL,
    PRIMARY KEY (organisation, agent_id, call_id)
) -- SQLite: WITHOUT ROWID
;
INSERT INTO lean_call_agents SELECT organisation, agent_id, call_id FROM call_agents;
DROP TABLE call_agents;
ALTER TABLE lean_call_agents RENAME TO call_agents;

CREATE TABLE lean_agent_statuses (
    organisation  TEXT NOT NULL,
    agent_id      TEXT NOT NULL,
    channel       TEXT NOT NULL,
    status        TEXT NOT NULL,
    effect        TEXT NOT NULL,
    reason        TEXT NOT NULL,
    custom_status TEXT NOT NULL,
    since         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, agent_id, channel)
) -- SQLite: WITHOUT ROWID
;
INSERT INTO lean_agent_statuses
SELECT organisation, agent_id, channel, status, effect, reason, custom_status, since FROM agent_statuses;
DROP TABLE agent_statuses;
ALTER TABLE lean_agent_statuses RENAME TO agent_statuses;

CREATE TABLE lean_status_events (
    organisation    TEXT NOT NULL,
    agent_id        TEXT NOT NULL,
    at              TIMESTAMPTZ NOT NULL,
    id              TEXT NOT NULL,
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
    PRIMARY KEY (organisation, at, id)
) -- SQLite: WITHOUT ROWID
;
INSERT INTO lean_status_events
SELECT organisation, agent_id, at, id, agent_kind, channel, previous_status, new_status, previous_effect, new_effect,
    reason, custom_status, seconds, cause, actor FROM status_events;
DROP TABLE status_events;
ALTER TABLE lean_status_events RENAME TO status_events;

-- Most calls of most organisations are of nobody known.
DROP INDEX calls_customer;
CREATE INDEX calls_customer ON calls (organisation, customer_id, arrived_at) WHERE customer_id IS NOT NULL;
