
-- The job of the lease, and its token; null for what needs none.
ALTER TABLE team_pending ADD COLUMN job TEXT;
ALTER TABLE team_pending ADD COLUMN token INTEGER CHECK ((token IS NULL) = (job IS NULL));
