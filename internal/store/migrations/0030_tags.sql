-- Tags of calls and of their recordings (RC-7), one value for each key. What a queue put on a call and a person took off stays
-- as removed, so that the record of the call, which is stored again and again, does not bring it back.
CREATE TABLE tags (
    organisation TEXT NOT NULL,
    call_id      TEXT NOT NULL,
    recording_id TEXT NOT NULL,
    folded       TEXT NOT NULL,
    tag_key      TEXT NOT NULL,
    tag_type     TEXT NOT NULL,
    tag_value    TEXT NOT NULL,
    removed      BOOLEAN NOT NULL,
    actor        TEXT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, call_id, recording_id, folded)
) -- SQLite: WITHOUT ROWID
;
CREATE INDEX tags_key ON tags (organisation, folded, call_id);

-- What queues put on the calls that are stored already stands in their records.
-- SQLite: INSERT OR IGNORE INTO tags
-- SQLite: SELECT c.organisation, c.id, '', LOWER(TRIM(t.value)), TRIM(t.value), 'yes_no', 'true', FALSE, '', c.arrived_at
-- SQLite: FROM calls AS c, JSON_EACH(c.record, '$.tags') AS t WHERE c.record LIKE '%"tags":%';
-- SQLite: /* of PostgreSQL:
INSERT INTO tags
SELECT c.organisation, c.id, '', LOWER(TRIM(t.value)), TRIM(t.value), 'yes_no', 'true', FALSE, '', c.arrived_at
FROM calls AS c CROSS JOIN LATERAL JSON_ARRAY_ELEMENTS_TEXT(
    CASE JSON_TYPEOF(c.record::json -> 'tags') WHEN 'array' THEN c.record::json -> 'tags' ELSE '[]'::json END
) AS t (value) WHERE c.record LIKE '%"tags":%'
ON CONFLICT DO NOTHING;
-- SQLite: */
