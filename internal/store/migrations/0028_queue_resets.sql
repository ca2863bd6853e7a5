-- When the live figures of a queue were zeroed last (QU-22), so that a restart does not bring back what was counted before.

CREATE TABLE queue_resets (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    queue_id     TEXT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    reset_at     TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, queue_id)
);
