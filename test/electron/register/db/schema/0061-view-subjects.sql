
-- By search param, as JSON.
ALTER TABLE saved_view ADD COLUMN subjects TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(subjects));
