-- Figures of days that are over: a row for each agent or queue and channel, and one without a subject that says how they were computed.
CREATE TABLE day_figures (
    organisation TEXT NOT NULL,
    kind         TEXT NOT NULL,
    day          TEXT NOT NULL,
    subject      TEXT NOT NULL,
    channel      TEXT NOT NULL,
    content      TEXT NOT NULL,
    PRIMARY KEY (organisation, kind, day, subject, channel)
) -- SQLite: WITHOUT ROWID
;

-- What the bell shows (NT-5).
CREATE TABLE notices (
    id           TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    user_id      TEXT NOT NULL REFERENCES users (id),
    at           TIMESTAMPTZ NOT NULL,
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL,
    body         TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    seen         BOOLEAN NOT NULL
);
CREATE INDEX notices_user ON notices (organisation, user_id, at);
CREATE INDEX notices_time ON notices (organisation, at);

-- Recordings that are kept too long are found by their age.
DROP INDEX recordings_status;
CREATE INDEX recordings_status ON recordings (organisation, status, started_at);
