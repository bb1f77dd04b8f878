
-- Few accounts have a day of their last review where none was signed here; Today asks for the oldest of each client.
CREATE INDEX principal_reviewed ON principal (connection_id, last_reviewed_on)
WHERE last_reviewed_on IS NOT NULL AND kind = 'user' AND removed = 0;
