
-- A quiet finding is counted nowhere: its rule is less certain than what the policy of its client counts. The next evaluation
-- decides it for all of them, since it differs from the rules that were quiet at the last one.
ALTER TABLE finding ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0 CHECK (quiet IN (0, 1));
ALTER TABLE finding_evaluation ADD COLUMN quiet_rules TEXT;
UPDATE finding_evaluation SET stale = 1;

DROP INDEX finding_summary;
CREATE INDEX finding_summary ON finding (connection_id, severity, accepted_until) WHERE resolved_at IS NULL AND quiet = 0;
DROP INDEX finding_life;
CREATE INDEX finding_life ON finding (connection_id, first_seen_at, resolved_at, severity) WHERE quiet = 0;
