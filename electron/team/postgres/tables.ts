/** Goes up with every change of the tables or functions; a device refuses a server of another version. */
export const SCHEMA_VERSION = 1

/**
 * The tables of a team's server. No login writes to any of them: the functions do. All that is here can be made again by the devices, so no row
 * refers to another one that might be lost. `@guard@` owns them, and has no login and no member; logins are members of `@device@`.
 */
export const TABLES = String.raw`
CREATE TABLE castellan.state (one boolean PRIMARY KEY DEFAULT true CHECK (one), restoring timestamptz);
INSERT INTO castellan.state DEFAULT VALUES;

-- What a login is for is noted at its role too, from which a lost row is made again.
CREATE TABLE castellan.login (
  login name PRIMARY KEY, device uuid NOT NULL UNIQUE, member uuid NOT NULL, owner boolean NOT NULL,
  -- Bytes that it may still store.
  room bigint NOT NULL DEFAULT 2000000000 CHECK (room >= 0),
  until timestamptz,
  -- Notices for it come here; it alone knows the name.
  channel text NOT NULL DEFAULT 'c' || gen_random_uuid());

CREATE TABLE castellan.log (
  log uuid PRIMARY KEY, start bytea NOT NULL, next bigint NOT NULL, head bytea NOT NULL, card bytea,
  approvals boolean NOT NULL, changed xid8 NOT NULL);

-- 1 read, 2 append, 3 lead.
CREATE TABLE castellan.may (
  log uuid, login name, level smallint NOT NULL CHECK (level BETWEEN 1 AND 3), PRIMARY KEY (login, log));
CREATE INDEX may_by_log ON castellan.may (log);
CREATE TABLE castellan.wrap (
  log uuid, login name, sealed bytea NOT NULL CHECK (octet_length(sealed) <= 65536), PRIMARY KEY (login, log));

CREATE TABLE castellan.batch (
  log uuid, at bigint, before bytea NOT NULL CHECK (octet_length(before) = 32), card bytea CHECK (octet_length(card) = 32),
  device uuid NOT NULL, member uuid, class text NOT NULL, change uuid, uses bigint,
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 1048576), signature bytea NOT NULL CHECK (octet_length(signature) = 64),
  head bytea NOT NULL, placed_by name NOT NULL DEFAULT session_user, placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (log, at),
  CHECK (class IN ('card', 'ordinary', 'added', 'approved', 'sending') AND (change IS NULL) = (class IN ('card', 'ordinary'))));
ALTER TABLE castellan.batch ALTER sealed SET STORAGE EXTERNAL;
CREATE INDEX batch_cards ON castellan.batch (log, at) WHERE class = 'card';
CREATE INDEX batch_changes ON castellan.batch (log, change, class) WHERE change IS NOT NULL;
CREATE UNIQUE INDEX batch_added ON castellan.batch (log, change) WHERE class = 'added';
CREATE UNIQUE INDEX batch_uses ON castellan.batch (log, uses) WHERE class = 'sending';

CREATE TABLE castellan.blob (
  log uuid, address bytea CHECK (octet_length(address) = 32),
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 1048576), PRIMARY KEY (log, address));
ALTER TABLE castellan.blob ALTER sealed SET STORAGE EXTERNAL;
CREATE TABLE castellan.turn (
  log uuid, job uuid, holder name, until timestamptz, due timestamptz NOT NULL, PRIMARY KEY (log, job));
CREATE TABLE castellan.figure (
  log uuid PRIMARY KEY, sealed bytea NOT NULL CHECK (octet_length(sealed) <= 4096), at float8 NOT NULL, device uuid NOT NULL);
CREATE TABLE castellan.knock (
  login name PRIMARY KEY, invite uuid NOT NULL, device uuid NOT NULL,
  sign_key bytea NOT NULL CHECK (octet_length(sign_key) = 32), box_key bytea NOT NULL CHECK (octet_length(box_key) = 32),
  mac bytea NOT NULL CHECK (octet_length(mac) = 32), refused text);
`

/** Who reads which rows. Row-level security does not hold for the guard, as whom the functions run. */
export const POLICIES = String.raw`
ALTER TABLE castellan.login ENABLE ROW LEVEL SECURITY;
ALTER TABLE castellan.may ENABLE ROW LEVEL SECURITY;
ALTER TABLE castellan.wrap ENABLE ROW LEVEL SECURITY;
ALTER TABLE castellan.batch ENABLE ROW LEVEL SECURITY;
ALTER TABLE castellan.blob ENABLE ROW LEVEL SECURITY;
ALTER TABLE castellan.turn ENABLE ROW LEVEL SECURITY;
ALTER TABLE castellan.figure ENABLE ROW LEVEL SECURITY;
ALTER TABLE castellan.knock ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON castellan.login FOR SELECT TO @device@ USING (login = session_user OR (SELECT castellan.owns()));
CREATE POLICY reads ON castellan.may FOR SELECT TO @device@
  USING (login = session_user OR (SELECT castellan.owns()) OR log IN (SELECT castellan.mine(3)));
CREATE POLICY reads ON castellan.wrap FOR SELECT TO @device@
  USING (login = session_user OR (SELECT castellan.owns()) OR log IN (SELECT castellan.mine(3)));
CREATE POLICY reads ON castellan.batch FOR SELECT TO @device@ USING (log IN (SELECT castellan.mine(1)));
CREATE POLICY reads ON castellan.blob FOR SELECT TO @device@ USING (log IN (SELECT castellan.mine(1)));
CREATE POLICY reads ON castellan.turn FOR SELECT TO @device@ USING (log IN (SELECT castellan.mine(1)));
CREATE POLICY reads ON castellan.figure FOR SELECT TO @device@ USING (log IN (SELECT castellan.mine(1)));
CREATE POLICY reads ON castellan.knock FOR SELECT TO @device@ USING (login = session_user OR (SELECT castellan.owns()));

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA castellan FROM PUBLIC;
GRANT USAGE ON SCHEMA castellan TO @device@;
GRANT SELECT ON castellan.may, castellan.batch, castellan.blob, castellan.turn, castellan.figure, castellan.knock TO @device@;
GRANT SELECT (log, login) ON castellan.wrap TO @device@;
GRANT SELECT (login, device, member, owner, room, until) ON castellan.login TO @device@;
`

/** The functions that a device calls; those that are not named here are for the others. */
export const DEVICE_FUNCTIONS = [
  'owns',
  'mine',
  'heads',
  'append',
  'refill',
  'go_on',
  'cut',
  'set_rights',
  'lower',
  'put_blob',
  'take_turns',
  'give_turn',
  'put_figures',
  'knock',
  'answer_knock',
  'admit',
  'set_password',
  'shut',
  'give_room',
  'notify',
  'holder',
] as const
