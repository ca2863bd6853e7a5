-- Where users of softphones are, by the network that their page comes from (BX-14): a location of the company, or an address of their
-- own as JSON. One that was seen and not confirmed has neither.
CREATE TABLE whereabouts (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    network      TEXT NOT NULL,
    location_id  TEXT NOT NULL DEFAULT '',
    address      TEXT NOT NULL DEFAULT '',
    confirmed_at TIMESTAMPTZ,
    seen_at      TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, user_id, network)
);
