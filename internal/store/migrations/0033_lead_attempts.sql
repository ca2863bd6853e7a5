-- The calls that count for leads, each for one (OB-14), with the name that the outcome of the call had. They are written behind, and
-- outlive the records of their calls, as they are what a lead's figures are counted from.
CREATE TABLE lead_attempts (
    organisation TEXT NOT NULL REFERENCES organisations (id),
    call_id      TEXT NOT NULL,
    lead_id      TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    at           TIMESTAMPTZ NOT NULL,
    outcome      TEXT NOT NULL,
    PRIMARY KEY (organisation, call_id)
);
CREATE INDEX lead_attempts_lead ON lead_attempts (organisation, lead_id);
