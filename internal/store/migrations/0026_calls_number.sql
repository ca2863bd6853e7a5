-- Whom a caller without a customer's record has talked to last (QU-5): strategy sticky asks for it while the caller waits for
-- an answer.
CREATE INDEX calls_number ON calls (organisation, (CASE WHEN direction = 'outbound' THEN to_number ELSE from_number END), arrived_at)
WHERE customer_id IS NULL AND answered_at IS NOT NULL;
