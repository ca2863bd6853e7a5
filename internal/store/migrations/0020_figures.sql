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

-- Recordings that are kept too long are found by their age.
DROP INDEX recordings_status;
CREATE INDEX recordings_status ON recordings (organisation, status, started_at);
