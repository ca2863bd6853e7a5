-- An organisation may have several media keys: the one of the highest number seals, all open.

ALTER TABLE media_keys RENAME TO media_keys_before;
CREATE TABLE media_keys (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    number       BIGINT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    sealed_key   TEXT NOT NULL,
    PRIMARY KEY (organisation, number)
);
INSERT INTO media_keys (organisation, number, created_at, sealed_key)
    SELECT organisation, 1, created_at, sealed_key FROM media_keys_before;
DROP TABLE media_keys_before;
