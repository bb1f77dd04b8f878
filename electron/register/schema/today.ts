/** What people decided about entries of Today, and the views that they saved. */
export const today = `
CREATE TABLE today_state (
  client_id INTEGER NOT NULL REFERENCES client (id),
  entry TEXT NOT NULL,
  hidden TEXT CHECK (hidden IN ('snoozed', 'dismissed')),
  until TEXT,
  reason TEXT NOT NULL DEFAULT '',
  facts TEXT CHECK (json_valid(facts)),
  by TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (client_id, entry),
  CHECK ((hidden IS 'snoozed') = (until IS NOT NULL)),
  CHECK ((hidden IS NULL) = (facts IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list TEXT NOT NULL,
  client_id INTEGER REFERENCES client (id),
  name TEXT NOT NULL,
  -- The search params of the list, and the layout of its columns or null, as JSON.
  search TEXT NOT NULL CHECK (json_valid(search)),
  columns TEXT CHECK (columns IS NULL OR json_valid(columns)),
  saved_at INTEGER NOT NULL,
  uid TEXT,
  subjects TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(subjects))
) STRICT;
CREATE UNIQUE INDEX saved_view_name ON saved_view (list, ifnull(client_id, 0), name COLLATE NOCASE);
CREATE UNIQUE INDEX saved_view_uid ON saved_view (uid, ifnull(client_id, 0));
`
