-- Which records of calls hold samples of sound quality still: those go earlier than the record (BX-19).
ALTER TABLE calls ADD COLUMN has_samples BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE calls SET has_samples = TRUE WHERE record LIKE '%"chart":%';
CREATE INDEX calls_samples ON calls (organisation, arrived_at, id) WHERE has_samples;
