-- The places in queues that are kept for customers who are to be called back (QU-11, BX-3). They refer to queues and agents
-- without a foreign key, as they are written behind.

CREATE TABLE callbacks (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    id           TEXT NOT NULL,
    queue_id     TEXT NOT NULL,
    phone_number TEXT NOT NULL,
    priority     BIGINT NOT NULL,
    entered_at   TIMESTAMPTZ NOT NULL,
    age_seconds  BIGINT NOT NULL,
    steps        TEXT NOT NULL,
    last_agent   TEXT NOT NULL,
    attempts     BIGINT NOT NULL,
    retry_at     TIMESTAMPTZ,
    PRIMARY KEY (organisation, id)
);
