/**
 * The environment of a key `k`: what a person set for its logical key, otherwise the environment in its name, which `named` has.
 * A filter by this expression runs before the version of the key is looked up. A filter by the column of `key_row` runs after it.
 */
export const environmentOf = (named: string): string =>
  `ifnull((SELECT l.environment FROM logical_key l WHERE l.id = k.logical_key_id), ${named})`

/**
 * A key `k` is a decoy: nothing uses it, and it has a reason in place of an owner. It reads no version, as `environmentOf`. Decoys are
 * few: SQLite lists them once, by their own index, and looks up no logical key for a key.
 */
export const IS_DECOY = 'k.logical_key_id IN (SELECT l.id FROM logical_key l WHERE l.decoy_since IS NOT NULL)'

type Columns = readonly (readonly [name: string, sql: string])[]

const columnsFrom = (table: string, ...names: readonly string[]): Columns =>
  names.map((name) => [name, `${table}.${name}`])

/**
 * A key as its provider reports it, by column. What a name contains is in named_environment, named_team and named_purpose: what a
 * person set for the logical key counts before it.
 */
const REPORTED: Columns = [
  ...columnsFrom(
    'k',
    'id',
    'connection_id',
    'external_id',
    'logical_key_id',
    'standing',
    'last_use_state',
    'last_used_at',
  ),
  ...columnsFrom('k', 'last_use_inexact', 'snoozed_until', 'last_rotated_on', 'due_on', 'due_basis', 'lineage'),
  ...columnsFrom('k', 'follows_pattern', 'unowned', 'owner_left', 'ends_at', 'tool', 'vendor'),
  ['named_environment', 'k.environment'],
  ['named_team', 'k.team'],
  ['named_purpose', 'k.purpose'],
  ...columnsFrom(
    'v',
    'from_sync',
    'to_sync',
    'source',
    'source_project',
    'kind',
    'name',
    'hint',
    'status',
    'project_id',
  ),
  ...columnsFrom('v', 'owner_state', 'owner_external_id', 'owner_kind', 'owner_name', 'owner_email', 'owner_access'),
  ...columnsFrom('v', 'created_at', 'expires_at', 'expires_unread', 'permissions'),
  ['project_name', '(SELECT n.name FROM project_now n WHERE n.id = v.project_id)'],
  ['decoy', IS_DECOY],
]

/** The table has the creation of a current key itself. */
const CURRENT: Columns = REPORTED.map(([name, sql]) => [name, name === 'created_at' ? 'k.created_at' : sql])

const selectColumns = (columns: Columns): string =>
  `SELECT ${columns.map(([name, sql]) => `${sql} AS ${name}`).join(', ')}`

/**
 * Selects current keys with some columns of `reported_key_row` alone. SQLite reads the version and the whole row of each key of a view
 * that has them, also for a statement that needs neither.
 */
export function selectKeys(wanted: ReadonlySet<string>, index = ''): string {
  const columns = CURRENT.filter(([name]) => wanted.has(name))
  const version = columns.some(([, sql]) => sql.includes('v.'))
    ? 'JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL'
    : ''
  return `${selectColumns(columns)} FROM key k ${index} ${version} WHERE k.standing = 1`
}

/*
 * Everything that is known of a key, from its reported row; service is what it is used for, in words. Every key has a logical key:
 * SQLite looks up the right side of a LEFT JOIN only for a statement that reads it.
 */
const DESCRIBED = (row: string): string => `
  SELECT d.*, nullif(concat_ws(' · ', nullif(d.environment, ''), nullif(d.team, ''), nullif(d.purpose, '')), '') AS service FROM (
    SELECT k.*, ifnull(l.environment, k.named_environment) AS environment, ifnull(l.team, k.named_team) AS team,
      ifnull(l.purpose, k.named_purpose) AS purpose, l.contact, l.name AS logical_name, l.interval_days, l.due_on AS set_due_on,
      l.decoy_since, l.decoy_reason
    FROM ${row} k LEFT JOIN logical_key l ON l.id = k.logical_key_id) d`

/** Keys, their versions, what each is for, and their rotation. */
export const keys = `
-- What a key is for; it survives rotation, and keys are its versions.
CREATE TABLE logical_key (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  name TEXT NOT NULL,
  environment TEXT,
  team TEXT,
  purpose TEXT,
  contact TEXT,
  interval_days INTEGER CHECK (interval_days > 0),
  due_on TEXT,
  notes TEXT NOT NULL DEFAULT '',
  -- When the key was marked as a decoy, in milliseconds, and why.
  decoy_since INTEGER,
  decoy_reason TEXT,
  CHECK ((decoy_since IS NULL) = (decoy_reason IS NULL))
) STRICT;
CREATE INDEX logical_key_decoy ON logical_key (decoy_since) WHERE decoy_since IS NOT NULL;

-- Columns below the comment are derived from the current version and recorded rotations.
CREATE TABLE key (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  external_id TEXT NOT NULL,
  logical_key_id INTEGER NOT NULL REFERENCES logical_key (id),
  last_use_state TEXT NOT NULL CHECK (last_use_state IN ('known', 'never', 'not-reported')),
  last_used_at INTEGER,
  snoozed_until TEXT,
  standing INTEGER NOT NULL DEFAULT 1 CHECK (standing IN (0, 1)),
  environment TEXT,
  team TEXT,
  purpose TEXT,
  lineage TEXT NOT NULL,
  -- Derived from the standing version, so that counting keys is one read of one index.
  created_at INTEGER,
  unowned INTEGER NOT NULL DEFAULT 0 CHECK (unowned IN (0, 1)),
  last_rotated_on TEXT,
  due_on TEXT,
  due_basis TEXT NOT NULL DEFAULT 'unknown',
  last_use_inexact INTEGER NOT NULL DEFAULT 0 CHECK (last_use_inexact IN (0, 1)),
  tool TEXT,
  ends_at INTEGER,
  follows_pattern INTEGER NOT NULL DEFAULT 0 CHECK (follows_pattern IN (0, 1)),
  vendor TEXT,
  owner_left INTEGER NOT NULL DEFAULT 0,
  UNIQUE (connection_id, external_id)
) STRICT;
CREATE INDEX key_by_logical_key ON key (logical_key_id);
CREATE INDEX key_by_lineage ON key (connection_id, lineage);
CREATE INDEX key_due ON key (due_on, connection_id, id, ends_at) WHERE standing = 1;
CREATE INDEX key_summary ON key (connection_id, due_on, unowned, last_use_state, last_used_at, created_at, ends_at, logical_key_id) WHERE standing = 1;
CREATE INDEX key_snoozed ON key (snoozed_until) WHERE snoozed_until IS NOT NULL;

-- status and the owner are as the provider reports them.
CREATE TABLE key_version (
  key_id INTEGER NOT NULL REFERENCES key (id),
  from_sync INTEGER NOT NULL REFERENCES sync (id),
  to_sync INTEGER REFERENCES sync (id),
  source TEXT NOT NULL,
  source_project TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN ('project', 'admin', 'organization', 'unknown')),
  name TEXT NOT NULL,
  hint TEXT,
  status TEXT NOT NULL,
  project_id INTEGER REFERENCES project (id),
  owner_state TEXT NOT NULL CHECK (owner_state IN ('known', 'none', 'unknown')),
  owner_external_id TEXT,
  owner_kind TEXT,
  owner_name TEXT,
  owner_email TEXT,
  owner_access TEXT,
  created_at INTEGER,
  expires_at INTEGER,
  -- The provider sent an end that could not be read: without a day it is unknown, and not a key without an end.
  expires_unread INTEGER NOT NULL DEFAULT 0 CHECK (expires_unread = 0 OR (expires_unread = 1 AND expires_at IS NULL)),
  permissions TEXT,
  PRIMARY KEY (key_id, from_sync)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX key_standing ON key_version (key_id) WHERE to_sync IS NULL;
CREATE INDEX key_of_project ON key_version (project_id, key_id) WHERE to_sync IS NULL;
CREATE INDEX key_of_owner ON key_version (owner_external_id, key_id) WHERE to_sync IS NULL AND owner_external_id IS NOT NULL;
CREATE INDEX key_opened ON key_version (from_sync);
CREATE INDEX key_closed ON key_version (to_sync) WHERE to_sync IS NOT NULL;
CREATE INDEX key_admin ON key_version (key_id) WHERE to_sync IS NULL AND kind = 'admin';

-- met_due_on is the day that the rotation met, for the one who undoes it.
CREATE TABLE rotation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  logical_key_id INTEGER NOT NULL REFERENCES logical_key (id),
  key_id INTEGER NOT NULL REFERENCES key (id),
  key_name TEXT NOT NULL,
  trigger TEXT NOT NULL CHECK (trigger IN ('scheduled', 'leaver', 'leak')),
  rotated_on TEXT NOT NULL,
  recognized INTEGER NOT NULL CHECK (recognized IN (0, 1)),
  operator TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  recorded_at INTEGER NOT NULL,
  undone_at INTEGER,
  met_due_on TEXT,
  uid TEXT
) STRICT;
CREATE INDEX rotation_by_key ON rotation (key_id);
CREATE INDEX rotation_by_logical_key ON rotation (logical_key_id);
CREATE UNIQUE INDEX rotation_uid ON rotation (uid);

-- A step of reminders that was shown is not shown again.
CREATE TABLE reminder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key_id INTEGER NOT NULL REFERENCES key (id),
  due_on TEXT NOT NULL,
  rung TEXT NOT NULL,
  fired_at INTEGER NOT NULL,
  seen_at INTEGER,
  UNIQUE (key_id, due_on, rung)
) STRICT;

CREATE VIEW key_history AS ${selectColumns(REPORTED)} FROM key k JOIN key_version v ON v.key_id = k.id;
-- For counts and orders of all keys, whose logical key is not looked up.
CREATE VIEW reported_key_row AS SELECT * FROM key_history WHERE to_sync IS NULL;
CREATE VIEW key_row AS ${DESCRIBED('reported_key_row')};
CREATE VIEW key_last_row AS ${DESCRIBED(`(SELECT * FROM key_history h
  WHERE from_sync = (SELECT max(x.from_sync) FROM key_version x WHERE x.key_id = h.id))`)};

-- A key that another row names. Of one table, so that it can be the right side of a LEFT JOIN.
CREATE VIEW key_ref AS
  SELECT k.id, k.connection_id, k.external_id, k.last_use_state, k.last_used_at, k.last_use_inexact,
    (SELECT r.name FROM reported_key_row r WHERE r.id = k.id) AS name,
    (SELECT r.owner_external_id FROM reported_key_row r WHERE r.id = k.id) AS owner_external_id,
    (SELECT r.project_id FROM reported_key_row r WHERE r.id = k.id) AS project_id,
    (SELECT r.project_name FROM reported_key_row r WHERE r.id = k.id) AS project_name
  FROM key k;

-- Rows of key_row in the order of their due days, read by the index of these days and never sorted.
CREATE VIEW due_key_row AS ${DESCRIBED(`(${selectColumns(REPORTED)} FROM key k INDEXED BY key_due
  JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL WHERE k.standing = 1)`)};
`
