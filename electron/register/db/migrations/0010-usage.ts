/**
 * Usage, added up as it arrives. `usage_name` holds the words that usage is told by (a provider's ids, a tracker's own
 * words) with the last name that is known for each, so that cost keeps its names when a subject is gone; `ref` is the
 * subject of that dimension (project, key, principal), once the register knows it. The empty word is what was not told.
 *
 * `usage_cell` holds the faces of `USAGE_FACES`: dimensions that a face does not have are 0. `connection_id` is 0 for what
 * a client's own records claim, else the connection whose provider billed it. Months count from January 1970, days from
 * its first.
 */
export const usage = {
  version: 10,
  name: 'usage',
  sql: `
CREATE TABLE usage_name (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES client (id),
  dimension TEXT NOT NULL CHECK (dimension IN ('project', 'key', 'principal', 'model', 'feature')),
  word TEXT NOT NULL,
  name TEXT,
  ref INTEGER,
  UNIQUE (client_id, dimension, word)
) STRICT;

CREATE TABLE usage_cell (
  face INTEGER NOT NULL,
  client_id INTEGER NOT NULL REFERENCES client (id),
  connection_id INTEGER NOT NULL,
  period INTEGER NOT NULL,
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  c INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  cache_write INTEGER NOT NULL,
  output INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  estimate INTEGER NOT NULL,
  PRIMARY KEY (face, client_id, connection_id, period, a, b, c)
) STRICT, WITHOUT ROWID;

-- What was counted already: a number made of the request's id, and the part of an import that brought it.
CREATE TABLE usage_request (
  id INTEGER PRIMARY KEY,
  tag INTEGER NOT NULL,
  part INTEGER NOT NULL
) STRICT;

-- An import is counted part by part; requests of a part that was never counted are forgotten.
CREATE TABLE usage_part (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  file TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  counted_at INTEGER
) STRICT;
CREATE INDEX usage_part_uncounted ON usage_part (id) WHERE counted_at IS NULL;

-- What a provider reported for a day, as it was reported; a day that is read again replaces it.
CREATE TABLE usage_fact (
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  day INTEGER NOT NULL,
  report TEXT NOT NULL,
  project INTEGER NOT NULL,
  key INTEGER NOT NULL,
  principal INTEGER NOT NULL,
  model INTEGER NOT NULL,
  item TEXT NOT NULL,
  requests INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  cache_write INTEGER NOT NULL,
  output INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  estimate INTEGER NOT NULL,
  PRIMARY KEY (connection_id, day, report, project, key, principal, model, item)
) STRICT, WITHOUT ROWID;

-- How far each report of a connection was read, and how its last reading ended.
CREATE TABLE usage_report (
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  report TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  read_to INTEGER,
  at INTEGER NOT NULL,
  PRIMARY KEY (connection_id, report)
) STRICT, WITHOUT ROWID;

-- What was agreed to be spent in a month, in micro-USD: by a client, one of its connections, or one project.
CREATE TABLE budget (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  connection_id INTEGER REFERENCES connection (id),
  project_id INTEGER REFERENCES project (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  enforcement TEXT NOT NULL CHECK (enforcement IN ('hard', 'alert')),
  thresholds TEXT NOT NULL CHECK (json_valid(thresholds)),
  set_at INTEGER NOT NULL,
  set_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX budget_of ON budget (client_id, ifnull(connection_id, 0), ifnull(project_id, 0));

-- Each threshold of a budget or a provider's limit is told once a month. The subject says which.
CREATE TABLE budget_alert (
  subject TEXT NOT NULL,
  month INTEGER NOT NULL,
  threshold INTEGER NOT NULL,
  fired_at INTEGER NOT NULL,
  PRIMARY KEY (subject, month, threshold)
) STRICT, WITHOUT ROWID;
`,
} as const
