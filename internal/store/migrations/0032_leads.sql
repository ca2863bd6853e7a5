-- The leads of campaigns (OB-14): people who are called, each in one list. Their numbers stand in a table of their own, by which a lead is
-- found; a number is in a list once.
CREATE TABLE leads (
    id                 TEXT NOT NULL PRIMARY KEY,
    organisation       TEXT NOT NULL REFERENCES organisations (id),
    child_organisation TEXT REFERENCES organisations (id),
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    version            BIGINT NOT NULL,
    list_id            TEXT NOT NULL,
    first_name         TEXT NOT NULL,
    last_name          TEXT NOT NULL,
    phones             TEXT NOT NULL,
    timezone           TEXT NOT NULL,
    data               TEXT NOT NULL,
    status             TEXT NOT NULL,
    attempts           BIGINT NOT NULL,
    last_attempt       TIMESTAMPTZ,
    last_outcome       TEXT NOT NULL,
    UNIQUE (organisation, id)
);
CREATE INDEX leads_list ON leads (organisation, list_id, created_at, id);

CREATE TABLE lead_numbers (
    organisation TEXT NOT NULL,
    list_id      TEXT NOT NULL,
    phone_number TEXT NOT NULL,
    lead_id      TEXT NOT NULL,
    PRIMARY KEY (organisation, list_id, phone_number),
    FOREIGN KEY (organisation, lead_id) REFERENCES leads (organisation, id) ON DELETE CASCADE
);
CREATE INDEX lead_numbers_number ON lead_numbers (organisation, phone_number);
CREATE INDEX lead_numbers_lead ON lead_numbers (organisation, lead_id);
