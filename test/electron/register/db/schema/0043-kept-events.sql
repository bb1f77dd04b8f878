
-- The age of the oldest event that the log ever showed, in milliseconds.
ALTER TABLE event_log ADD COLUMN kept_ms INTEGER NOT NULL DEFAULT 0;
