
-- A fence decides nothing on purpose.
CREATE INDEX team_entry_void ON team_entry (id) WHERE void_reason IS NOT NULL AND void_reason <> 'fence';
CREATE INDEX team_entry_reading ON team_entry (id) WHERE void_reason IS NULL AND operation ->> 'kind' = 'reading.taken';
