-- The picture of an agent, as colleagues see it (AG-7): a JPEG that we made ourselves, in base64, and a name for that very picture.

CREATE TABLE agent_images (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    agent        TEXT NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    picture      TEXT NOT NULL,
    tag          TEXT NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, agent)
);
