
CREATE TABLE custodian (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  device TEXT NOT NULL,
  since INTEGER NOT NULL,
  UNIQUE (connection_id, device)
) STRICT;
