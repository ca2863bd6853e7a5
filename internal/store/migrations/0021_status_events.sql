-- The name of a custom status stays with what happened, also when the status is deleted (MN-12). By the index the last event of each
-- agent before a moment is found at once, and an agent's events are listed.
ALTER TABLE status_events ADD COLUMN custom_name TEXT NOT NULL DEFAULT '';
CREATE INDEX status_events_agent ON status_events (organisation, agent_id, channel, at);
