-- A recording is compressed and encrypted after the call. Until then it is a plain WAV file, and found by the small index.

ALTER TABLE recordings ADD COLUMN format TEXT NOT NULL DEFAULT 'wav';
ALTER TABLE recordings ADD COLUMN sealed BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE recordings ADD COLUMN waveform TEXT;
CREATE INDEX recordings_plain ON recordings (organisation, started_at) WHERE NOT sealed;

-- The key of an organisation's media, itself encrypted with the installation's key.
CREATE TABLE media_keys (
    organisation TEXT NOT NULL PRIMARY KEY REFERENCES organisations (id),
    created_at   TIMESTAMPTZ NOT NULL,
    sealed_key   TEXT NOT NULL
);

-- Blobs that nothing refers to any more and that are still to be deleted.
CREATE TABLE blob_removals (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    storage_key  TEXT NOT NULL,
    PRIMARY KEY (organisation, storage_key)
) -- SQLite: WITHOUT ROWID
;
