-- What the bell holds for each user (NT-5): a kind and data, from which the page makes words in its language, and what it leads to.
-- Of what a notice is about one is kept for each user, so that what is told twice rings once.

CREATE TABLE notices (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    id           TEXT NOT NULL,
    user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    about        TEXT NOT NULL,
    content      TEXT NOT NULL,
    link_kind    TEXT NOT NULL,
    link_id      TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    read_at      TIMESTAMPTZ,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, user_id, kind, about)
);
CREATE INDEX notices_user ON notices (organisation, user_id, created_at);

-- What webhooks are signed with.
ALTER TABLE organisations ADD COLUMN webhook_secret_sealed TEXT NOT NULL DEFAULT '';
