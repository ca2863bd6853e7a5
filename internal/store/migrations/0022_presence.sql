-- Where each user is (PR-1), what the user says instead of what the presence carries (PR-3), and the user's favourites (PR-5).

CREATE TABLE presences (
    organisation   TEXT NOT NULL REFERENCES organisations (id),
    user_id        TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    presence       TEXT NOT NULL,
    said           TEXT NOT NULL,
    do_not_disturb TEXT NOT NULL,
    forwarding     TEXT NOT NULL,
    forward_to     TEXT NOT NULL,
    devices        TEXT NOT NULL,
    since          TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, user_id)
);

CREATE TABLE favourites (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    target       TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, user_id, kind, target)
);
