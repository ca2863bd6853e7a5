-- What the iCalendar addresses of time ranges gave when they were last read (BX-11).

CREATE TABLE calendars (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    time_range   TEXT NOT NULL,
    address      TEXT NOT NULL,
    read_at      TIMESTAMPTZ,
    tried_at     TIMESTAMPTZ NOT NULL,
    failure      TEXT NOT NULL DEFAULT '',
    content      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (organisation, time_range)
);
