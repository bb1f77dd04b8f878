
-- A named filter, sort and set of columns of a list. Without a client it belongs to all.
CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list TEXT NOT NULL,
  client_id INTEGER REFERENCES client (id),
  name TEXT NOT NULL,
  -- The search params of the list, and the layout of its columns or null, as JSON.
  search TEXT NOT NULL CHECK (json_valid(search)),
  columns TEXT CHECK (columns IS NULL OR json_valid(columns)),
  saved_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_view_name ON saved_view (list, ifnull(client_id, 0), name COLLATE NOCASE);
