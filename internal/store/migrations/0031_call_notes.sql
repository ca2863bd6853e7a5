-- What agents write of a call (CH-9): one text a call, which begins as version 1. Nothing checks the call: its record is written
-- behind, and may come later than the first note.
CREATE TABLE call_notes (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    call_id      TEXT NOT NULL,
    note         TEXT NOT NULL,
    version      INTEGER NOT NULL,
    author       TEXT NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    finalized_at TIMESTAMPTZ,
    PRIMARY KEY (organisation, call_id)
);

-- Which notes wait to be finalised is asked when the program starts.
CREATE INDEX call_notes_open ON call_notes (organisation) WHERE finalized_at IS NULL;

-- The texts that were replaced after they were final, or by somebody else: by whom, when, and what stood there before.
CREATE TABLE call_note_edits (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    call_id      TEXT NOT NULL,
    version      INTEGER NOT NULL,
    note         TEXT NOT NULL,
    author       TEXT NOT NULL,
    editor       TEXT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, call_id, version)
);
