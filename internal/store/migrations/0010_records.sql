-- What administrators set (package settings). Each kind that has no table of its own is kept here as JSON; the older tables keep
-- in more what they have no column for.

CREATE TABLE records (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL REFERENCES organisations (id),
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    kind               TEXT NOT NULL,
    name               TEXT,
    content            TEXT NOT NULL,
    UNIQUE (organisation, kind, name),
    UNIQUE (organisation, id)
);
CREATE INDEX records_kind ON records (organisation, kind, created_at);

CREATE TABLE record_drafts (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    kind         TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    base_version BIGINT NOT NULL,
    content      TEXT NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    actor        TEXT NOT NULL,
    PRIMARY KEY (organisation, kind, record_id)
);

CREATE TABLE record_versions (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    kind         TEXT NOT NULL,
    record_id    TEXT NOT NULL,
    version      BIGINT NOT NULL,
    content      TEXT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    actor        TEXT NOT NULL,
    PRIMARY KEY (organisation, kind, record_id, version)
);

ALTER TABLE queues ADD COLUMN more TEXT NOT NULL DEFAULT '';
ALTER TABLE agents ADD COLUMN more TEXT NOT NULL DEFAULT '';
ALTER TABLE numbers ADD COLUMN more TEXT NOT NULL DEFAULT '';
ALTER TABLE trunks ADD COLUMN more TEXT NOT NULL DEFAULT '';
ALTER TABLE memberships ADD COLUMN more TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN more TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN smtp_password_sealed TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_subject ON audit (organisation, subject_kind, subject_id);
