-- How an agent's voice reaches us besides softphone and desk phone: a receiving number, numbers to dial in on, and the
-- way that an agent saved as the default of a session.

ALTER TABLE agents ADD COLUMN receiving_number TEXT NOT NULL DEFAULT '';

ALTER TABLE numbers ADD COLUMN dial_in BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE voice_defaults (
    organisation TEXT NOT NULL,
    agent_id     TEXT NOT NULL,
    mode         TEXT NOT NULL,
    number       TEXT NOT NULL,
    persistent   BOOLEAN NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (organisation, agent_id),
    FOREIGN KEY (organisation, agent_id) REFERENCES agents (organisation, id) ON DELETE CASCADE
);
