
-- Milliseconds, by the server's clock; null where it is not known, such as for what was read before.
ALTER TABLE team_entry ADD COLUMN placed_at INTEGER;
-- Milliseconds that the author's clock was ahead of the server's at least, negative behind; null where that is not known.
ALTER TABLE team_entry ADD COLUMN clock_ms INTEGER;
CREATE INDEX team_entry_clock ON team_entry (id) WHERE clock_ms IS NOT NULL;
