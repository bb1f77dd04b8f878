import { nextUuid } from '../world.ts'

/** The tables of a team, which row-level security protects. */
export const TEAM_TABLES = ['server', 'stream', 'entry', 'blob', 'lease', 'summary', 'access', 'wrap', 'knock'] as const
export type TeamTable = (typeof TEAM_TABLES)[number]

/** Bytes of a length, in SQL. */
export const ZEROS = (bytes: number): string => `'\\x${'00'.repeat(bytes)}'`

export function entrySql(stream: string, seq: number, generation = 1): string {
  return `INSERT INTO castellan.entry (stream_id, seq, prev_seq, op_id, device_id, device_seq, generation, opset, team_seq,
    op_hash, signature, sealed) VALUES ('${stream}', ${seq}, ${seq === 0 ? 'NULL' : seq - 1}, '${nextUuid()}', '${nextUuid()}',
    0, ${generation}, 1, 0, ${ZEROS(32)}, ${ZEROS(64)}, '')`
}

export function blobSql(stream: string): string {
  return `INSERT INTO castellan.blob VALUES ('${stream}', '\\x${nextUuid().replaceAll('-', '').repeat(2)}', '')`
}

export function leaseSql(stream: string): string {
  return `INSERT INTO castellan.lease (stream_id, job_id, due_at) VALUES ('${stream}', '${nextUuid()}', now())`
}

export function summarySql(stream: string): string {
  return `INSERT INTO castellan.summary VALUES ('${stream}', 1, '${nextUuid()}', 0, '', ${ZEROS(64)})
    ON CONFLICT (stream_id) DO UPDATE SET written_at = excluded.written_at`
}

export function knockSql(stream: string, invite: string): string {
  return `INSERT INTO castellan.knock (stream_id, invite_id, device_id, sign_key, box_key, mac)
    VALUES ('${stream}', '${invite}', '${invite}', ${ZEROS(32)}, ${ZEROS(32)}, ${ZEROS(32)})`
}

/** One row of each table for a stream, as the database's owner writes them; another login may use the stream. */
export function fillSql(stream: string): readonly string[] {
  return [
    `INSERT INTO castellan.stream VALUES ('${stream}', 1)`,
    entrySql(stream, 0),
    blobSql(stream),
    leaseSql(stream),
    summarySql(stream),
    `INSERT INTO castellan.wrap (stream_id, device_id, generation, commitment, sealed) VALUES ('${stream}', '${stream}', 1, ${ZEROS(32)}, '')`,
    knockSql(stream, nextUuid()),
    `INSERT INTO castellan.access VALUES ('${stream}', 'c_else', true)`,
  ]
}

/** A statement for each verb that would change something of a stream. */
export function toChanges(table: TeamTable, stream: string): Readonly<Record<string, string>> {
  const inserts: Readonly<Record<TeamTable, string>> = {
    server: `INSERT INTO castellan.server VALUES ('${nextUuid()}', 1)`,
    stream: `INSERT INTO castellan.stream VALUES ('${nextUuid()}', 1)`,
    entry: entrySql(stream, 1),
    blob: blobSql(stream),
    lease: leaseSql(stream),
    summary: summarySql(stream),
    access: `INSERT INTO castellan.access VALUES ('${stream}', 'c_mine', true)`,
    wrap: `INSERT INTO castellan.wrap (stream_id, device_id, generation, commitment, sealed) VALUES ('${stream}', '${nextUuid()}', 1, ${ZEROS(32)}, '')`,
    knock: knockSql(stream, nextUuid()),
  }
  const sets: Readonly<Record<TeamTable, string>> = {
    server: 'schema_version = 2',
    stream: 'generation = 2',
    entry: "sealed = ''",
    blob: "sealed = ''",
    lease: 'token = 9',
    summary: "sealed = ''",
    access: 'may_append = true',
    wrap: "sealed = ''",
    knock: `mac = ${ZEROS(32)}`,
  }
  return {
    insert: inserts[table],
    update: `UPDATE castellan.${table} SET ${sets[table]}`,
    delete: `DELETE FROM castellan.${table}`,
  }
}
