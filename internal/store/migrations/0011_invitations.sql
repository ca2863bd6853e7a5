-- Links by which a user sets a password: the first one, or another after it was forgotten (US-2). Each works once.

CREATE TABLE invitations (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisations (id),
    user_id      TEXT NOT NULL REFERENCES users (id),
    created_at   TIMESTAMPTZ NOT NULL,
    expires_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX invitations_user ON invitations (organisation, user_id);

-- The sound of files of the library (AU-1): each version is a file of its own among the blobs.

CREATE TABLE audio_versions (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    audio_id     TEXT NOT NULL,
    version      BIGINT NOT NULL,
    mime_type    TEXT NOT NULL,
    milliseconds BIGINT NOT NULL,
    bytes        BIGINT NOT NULL,
    sha256       TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    actor        TEXT NOT NULL,
    PRIMARY KEY (organisation, audio_id, version)
);
