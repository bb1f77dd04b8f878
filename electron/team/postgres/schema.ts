import { isUuid } from '../entry.ts'

/** Goes up with every change of the tables; a device refuses a server of another version. */
export const SCHEMA_VERSION = 1

/**
 * The tables of a team's server: plain SQL, without functions, triggers, sequences or extensions, so that the same
 * statements run wherever PostgreSQL is spoken. Every key contains the stream. Logins
 * are members of one or both roles of the database.
 *
 * A dense, ordered log without forks follows from two keys of `entry`: the primary key, and the foreign key to the position
 * before. No login may update or delete an entry, or change a blob; an owner's may delete one, which then is stored again.
 */
export const TABLES: readonly string[] = [
  'CREATE SCHEMA castellan',
  `CREATE TABLE castellan.server (server_id uuid PRIMARY KEY, schema_version int NOT NULL)`,
  // `opened_by`: the member's login that opened it, until an owner's device has looked at it.
  `CREATE TABLE castellan.stream (stream_id uuid PRIMARY KEY, generation int NOT NULL, opened_by name)`,
  `CREATE TABLE castellan.entry (
    stream_id uuid, seq bigint, prev_seq bigint, op_id uuid NOT NULL, device_id uuid NOT NULL, device_seq bigint NOT NULL,
    generation bigint NOT NULL, opset bigint NOT NULL, team_seq bigint NOT NULL,
    op_hash bytea NOT NULL CHECK (octet_length(op_hash) = 32),
    signature bytea NOT NULL CHECK (octet_length(signature) = 64),
    sealed bytea NOT NULL CHECK (octet_length(sealed) <= 1048576),
    -- What a device can hold as a number, so that no entry of a member stops the others.
    CONSTRAINT entry_counts CHECK (device_seq BETWEEN 0 AND 9007199254740991 AND team_seq BETWEEN 0 AND 9007199254740991
      AND generation BETWEEN 0 AND 4294967295 AND opset BETWEEN 0 AND 4294967295),
    pushed_by name NOT NULL DEFAULT current_user, placed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stream_id, seq),
    FOREIGN KEY (stream_id, prev_seq) REFERENCES castellan.entry (stream_id, seq),
    -- No other key: the server knows no signatures, so anyone could use up the count or the operation of another device.
    CHECK (CASE WHEN seq = 0 THEN prev_seq IS NULL ELSE prev_seq IS NOT NULL AND prev_seq = seq - 1 END))`,
  // The type `name`: text compared with current_user would use no index.
  `CREATE TABLE castellan.access (
    stream_id uuid, role_name name, may_append boolean NOT NULL, may_lead boolean NOT NULL DEFAULT false,
    PRIMARY KEY (stream_id, role_name))`,
  'CREATE INDEX access_by_role ON castellan.access (role_name, stream_id)',
  `CREATE TABLE castellan.blob (
    stream_id uuid, address bytea CHECK (octet_length(address) = 32),
    sealed bytea NOT NULL CHECK (octet_length(sealed) <= 1048576), PRIMARY KEY (stream_id, address))`,
  `CREATE TABLE castellan.lease (
    stream_id uuid, job_id uuid, due_at timestamptz NOT NULL, holder name, token bigint NOT NULL DEFAULT 0,
    until timestamptz, PRIMARY KEY (stream_id, job_id))`,
  `CREATE TABLE castellan.wrap (
    stream_id uuid, device_id uuid, generation int, commitment bytea CHECK (octet_length(commitment) = 32),
    made_by name DEFAULT current_user,
    sealed bytea NOT NULL CHECK (octet_length(sealed) <= 65536),
    PRIMARY KEY (stream_id, device_id, generation, commitment, made_by))`,
  // One row for each client, which the next summary replaces. `written_at`: milliseconds, by the clock of the device.
  `CREATE TABLE castellan.summary (
    stream_id uuid PRIMARY KEY, generation bigint NOT NULL CHECK (generation BETWEEN 0 AND 4294967295),
    device_id uuid NOT NULL, written_at bigint NOT NULL CHECK (written_at BETWEEN 0 AND 9007199254740991),
    sealed bytea NOT NULL CHECK (octet_length(sealed) <= 4096),
    signature bytea NOT NULL CHECK (octet_length(signature) = 64))`,
  'CREATE INDEX wrap_by_device ON castellan.wrap (device_id, stream_id)',
  `CREATE TABLE castellan.knock (
    stream_id uuid, invite_id uuid, role_name name NOT NULL DEFAULT current_user, device_id uuid NOT NULL,
    sign_key bytea NOT NULL CHECK (octet_length(sign_key) = 32), box_key bytea NOT NULL CHECK (octet_length(box_key) = 32),
    mac bytea NOT NULL CHECK (octet_length(mac) = 32), PRIMARY KEY (stream_id, invite_id), UNIQUE (stream_id, role_name))`,
]

/** The two roles that logins are members of. An owner's login is a member of both. */
export interface Roles {
  readonly member: string
  readonly owner: string
}

/**
 * The roles of a team's database, by its name: PostgreSQL has roles for the whole server, where another team may have a
 * database too, and what its logins may do ends there. Throws `RangeError` for a name that is none.
 */
export function toRoles(server: string): Roles {
  if (!isUuid(server)) throw new RangeError(`This is not the name of a database: ${JSON.stringify(server)}`)
  const name = server.replaceAll('-', '')
  return { member: `castellan_member_${name}`, owner: `castellan_owner_${name}` }
}

const OF_STREAM = (table: string): string =>
  `EXISTS (SELECT 1 FROM castellan.access a WHERE a.stream_id = castellan.${table}.stream_id AND a.role_name = current_user`

/**
 * Who may do what. Policies are `EXISTS`, not `IN`: that would hash all streams of an all-seeing member in every
 * statement. An owner may place entries of any generation: earlier
 * ones when a server that lost them gets them again, and the next one between replacing a key and setting it here.
 */
export const listPolicies = ({ member, owner }: Roles): readonly string[] => [
  ...['server', 'stream', 'entry', 'blob', 'lease', 'summary', 'access', 'wrap', 'knock'].flatMap((table) => [
    `ALTER TABLE castellan.${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE castellan.${table} FORCE ROW LEVEL SECURITY`,
  ]),
  `GRANT USAGE ON SCHEMA castellan TO ${member}`,

  `GRANT SELECT ON castellan.server TO ${member}`,
  `CREATE POLICY server_read ON castellan.server FOR SELECT TO ${member} USING (true)`,

  `GRANT SELECT, INSERT ON castellan.stream TO ${member}`,
  `GRANT UPDATE (generation, opened_by) ON castellan.stream TO ${owner}`,
  `CREATE POLICY stream_read ON castellan.stream FOR SELECT TO ${member} USING (opened_by = current_user OR ${OF_STREAM('stream')}))`,
  // Any member may open a client. No one else knows its name before it is in the signed history.
  `CREATE POLICY stream_open ON castellan.stream FOR INSERT TO ${member} WITH CHECK (opened_by = current_user)`,
  `CREATE POLICY stream_all ON castellan.stream FOR ALL TO ${owner} USING (true) WITH CHECK (true)`,

  `GRANT SELECT, INSERT (stream_id, seq, prev_seq, op_id, device_id, device_seq, generation, opset, team_seq, op_hash,
    signature, sealed) ON castellan.entry TO ${member}`,
  `CREATE POLICY entry_read ON castellan.entry FOR SELECT TO ${member} USING (${OF_STREAM('entry')}))`,
  `CREATE POLICY entry_append ON castellan.entry FOR INSERT TO ${member} WITH CHECK (
    ${OF_STREAM('entry')} AND a.may_append) AND EXISTS (SELECT 1 FROM castellan.stream s
      WHERE s.stream_id = castellan.entry.stream_id AND s.generation = castellan.entry.generation))`,
  `CREATE POLICY entry_owner ON castellan.entry FOR INSERT TO ${owner} WITH CHECK (
    ${OF_STREAM('entry')} AND a.may_append))`,

  `GRANT SELECT, INSERT ON castellan.blob TO ${member}`,
  `GRANT DELETE ON castellan.blob TO ${owner}`,
  `CREATE POLICY blob_read ON castellan.blob FOR SELECT TO ${member} USING (${OF_STREAM('blob')}))`,
  `CREATE POLICY blob_add ON castellan.blob FOR INSERT TO ${member} WITH CHECK (${OF_STREAM('blob')} AND a.may_append))`,
  `CREATE POLICY blob_remove ON castellan.blob FOR DELETE TO ${owner} USING (${OF_STREAM('blob')} AND a.may_append))`,

  `GRANT SELECT, INSERT (stream_id, job_id, due_at), UPDATE (due_at, holder, token, until) ON castellan.lease TO ${member}`,
  `GRANT DELETE ON castellan.lease TO ${owner}`,
  `CREATE POLICY lease_read ON castellan.lease FOR SELECT TO ${member} USING (${OF_STREAM('lease')}))`,
  `CREATE POLICY lease_add ON castellan.lease FOR INSERT TO ${member} WITH CHECK (${OF_STREAM('lease')} AND a.may_append))`,
  // A job that a login has is its own until it gives it back or its time is over, which is an hour away at most.
  `CREATE POLICY lease_take ON castellan.lease FOR UPDATE TO ${member} USING (
    ${OF_STREAM('lease')} AND a.may_append) AND (holder IS NULL OR holder = current_user OR until < now()))
    WITH CHECK (${OF_STREAM('lease')} AND a.may_append) AND (holder IS NULL OR holder = current_user)
      AND (until IS NULL OR until <= now() + interval '1 hour'))`,
  `CREATE POLICY lease_remove ON castellan.lease FOR DELETE TO ${owner} USING (${OF_STREAM('lease')} AND a.may_append))`,

  `GRANT SELECT, INSERT, UPDATE ON castellan.summary TO ${member}`,
  `CREATE POLICY summary_read ON castellan.summary FOR SELECT TO ${member} USING (${OF_STREAM('summary')}))`,
  `CREATE POLICY summary_add ON castellan.summary FOR INSERT TO ${member} WITH CHECK (${OF_STREAM('summary')} AND a.may_append))`,
  `CREATE POLICY summary_replace ON castellan.summary FOR UPDATE TO ${member} USING (${OF_STREAM('summary')} AND a.may_append))
    WITH CHECK (${OF_STREAM('summary')} AND a.may_append))`,

  `GRANT SELECT, INSERT ON castellan.access TO ${member}`,
  `GRANT UPDATE (may_append, may_lead), DELETE ON castellan.access TO ${owner}`,
  `CREATE POLICY access_read ON castellan.access FOR SELECT TO ${member} USING (role_name = current_user)`,
  `CREATE POLICY access_open ON castellan.access FOR INSERT TO ${member} WITH CHECK (role_name = current_user AND EXISTS (
    SELECT 1 FROM castellan.stream s WHERE s.stream_id = castellan.access.stream_id AND s.opened_by = current_user))`,
  `CREATE POLICY access_give ON castellan.access FOR INSERT TO ${member} WITH CHECK (${OF_STREAM('access')} AND a.may_lead))`,
  `CREATE POLICY access_all ON castellan.access FOR ALL TO ${owner} USING (true) WITH CHECK (true)`,

  `GRANT SELECT, INSERT (stream_id, device_id, generation, commitment, sealed) ON castellan.wrap TO ${member}`,
  `CREATE POLICY wrap_give ON castellan.wrap FOR INSERT TO ${member} WITH CHECK (${OF_STREAM('wrap')} AND a.may_lead))`,
  `CREATE POLICY wrap_read ON castellan.wrap FOR SELECT TO ${member} USING (${OF_STREAM('wrap')}))`,
  `CREATE POLICY wrap_read_all ON castellan.wrap FOR SELECT TO ${owner} USING (true)`,
  `CREATE POLICY wrap_add ON castellan.wrap FOR INSERT TO ${owner} WITH CHECK (true)`,

  `GRANT INSERT (stream_id, invite_id, device_id, sign_key, box_key, mac) ON castellan.knock TO ${member}`,
  `GRANT SELECT, DELETE ON castellan.knock TO ${owner}`,
  `CREATE POLICY knock_add ON castellan.knock FOR INSERT TO ${member} WITH CHECK (role_name = current_user)`,
  `CREATE POLICY knock_all ON castellan.knock FOR ALL TO ${owner} USING (true)`,
]
