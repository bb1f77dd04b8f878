import type { Client, QueryResult, QueryResultRow } from 'pg'

import type { Entry } from '../../../shared/team/entry.ts'
import { MOST_BLOB_BYTES } from '../blob.ts'
import { BYTE_FIELDS, MOST_TOGETHER_BYTES } from '../entry.ts'
import { toHex } from '../hex.ts'
import {
  type Access,
  type ServedStream,
  type StoredKnock,
  type TeamAdministration,
  type TeamLog,
  TeamLogError,
  type Wrap,
} from '../log.ts'
import { connect, createProblem, findCode, type ServerAddress, toTeamLogError } from './connect.ts'
import { type EntryRow, type NewestRow, toEntry, toNewest } from './entry-rows.ts'
import { LEASED, openLeases } from './leases.ts'
import { FIND_LOGINS, FIND_OTHER_OWNERS } from './logins.ts'
import { SCHEMA_VERSION, toRoles } from './schema.ts'
import { alignLoginSql, otherOwnerSql } from './set-up.ts'
import { openSummaries } from './summaries.ts'

/** Another device was faster, by a key of the table. */
const TAKEN = ['23505', '23503']
/** Two transactions met; the same statement may be sent again. */
const AGAIN = ['40001', '40P01']
const TRIES = 3

const NEWEST = `FROM castellan.access a CROSS JOIN LATERAL (
  SELECT e.* FROM castellan.entry e WHERE e.stream_id = a.stream_id ORDER BY e.seq DESC LIMIT 1) newest
  WHERE a.role_name = current_user`

/**
 * A team's server in PostgreSQL. It connects when something is asked, and again after a connection broke. `team`: the stream
 * that knocks belong to. `lockMs`: how long a statement waits for another login's transaction.
 */
export function openPostgresLog(address: ServerAddress, team: string, lockMs?: number): TeamLog & TeamAdministration {
  const where = `${address.host}:${address.port}`
  let connection: Promise<Client> | undefined
  /** A connection runs one statement at a time. */
  let last: Promise<unknown> = Promise.resolve()

  const getClient = (): Promise<Client> => {
    connection ??= connect(address, lockMs).then(async (client) => {
      client.once('end', () => {
        connection = undefined
      })
      await checkVersion(client, where)
      return client
    })
    return connection
  }
  /** Ends the connection; the next statement makes another. */
  const disconnect = async (): Promise<void> => {
    const open = connection
    connection = undefined
    await open?.then((client) => client.end()).catch(() => undefined)
  }
  const query = <R extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<QueryResult<R>> => {
    const next = last.then(() => runStatement<R>(text, values))
    last = next.catch(() => undefined)
    return next
  }
  /** Runs one statement. Throws `TeamLogError`, or the server's own error where a key is taken. */
  const runStatement = async <R extends QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ): Promise<QueryResult<R>> => {
    for (let tries = 1; ; tries += 1) {
      const wasOpen = connection !== undefined
      try {
        const client = await getClient()
        return await client.query<R>(text, [...values])
      } catch (error) {
        const code = findCode(error)
        if (AGAIN.includes(code) && tries < TRIES) continue
        if (TAKEN.includes(code)) throw error
        const problem = toTeamLogError(error, where)
        await disconnect()
        // The server ended a connection that was idle: whether it still takes this login shows with the next one.
        if (wasOpen && tries === 1 && isEnded(error)) continue
        throw problem
      }
    }
  }
  const all = async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<readonly R[]> =>
    (await query<R>(text, values)).rows

  /** Runs statements, each by itself, until one is not allowed; gives that one and those after it. */
  const runAllowed = async (statements: readonly string[]): Promise<readonly string[]> => {
    for (const [at, statement] of statements.entries()) {
      try {
        await all(statement)
      } catch (error) {
        if (error instanceof TeamLogError && error.problem === 'not-allowed') return statements.slice(at)
        throw error
      }
    }
    return []
  }

  const readServer: TeamLog['server'] = async (noteTime) => {
    const [row] = await all<{ server_id: string; time: number }>(
      "SELECT server_id, (date_part('epoch', now()) * 1000)::bigint AS time FROM castellan.server",
    )
    if (row === undefined) throw createProblem('no-log', where)
    noteTime?.(row.time)
    return row.server_id
  }

  return {
    server: readServer,
    heads: async () => {
      const rows = await all<NewestRow>(
        `SELECT a.stream_id, newest.seq, newest.op_id, newest.device_id, newest.device_seq, newest.generation, newest.opset,
           newest.team_seq, newest.op_hash, newest.signature ${NEWEST}`,
      )
      return new Map(rows.map((row) => [row.stream_id, toNewest(row)]))
    },
    pull: async (stream, from, most) => {
      const rows = await all<EntryRow>(
        `SELECT stream_id, seq, op_id, device_id, device_seq, generation, opset, team_seq, op_hash, signature, sealed,
           pushed_by, ${PLACED_AT}
         FROM (SELECT e.*, sum(octet_length(e.sealed)) OVER (ORDER BY e.seq) AS together FROM castellan.entry e
           WHERE e.stream_id = $1 AND e.seq >= $2 ORDER BY e.seq LIMIT $3) AS found
         WHERE together <= $4 OR seq = $2 ORDER BY seq`,
        [stream, from, most, MOST_TOGETHER_BYTES],
      )
      return rows.map(toEntry)
    },
    push: async (entries, notePlaced) => {
      try {
        const { rows } = await query<PlacedRow>(`${PUSH} ${PLACED}`, toColumns(entries))
        if (rows[0] !== undefined) notePlaced?.(rows[0].placed_at)
        return 'placed'
      } catch (error) {
        if (TAKEN.includes(findCode(error))) return 'overtaken'
        throw error
      }
    },
    ...openLeases(all),
    ...openSummaries(all),
    pushUnderLease: async (entries, { job, token }, notePlaced) => {
      try {
        const { rows } = await query<PlacedRow>(PUSH_UNDER_LEASE, [...toColumns(entries), job, token])
        if (rows[0] !== undefined) notePlaced?.(rows[0].placed_at)
        return rows.length === entries.length ? 'placed' : 'lease-ended'
      } catch (error) {
        if (TAKEN.includes(findCode(error))) return 'overtaken'
        throw error
      }
    },
    putBlobs: async (stream, blobs) => {
      await all(
        `INSERT INTO castellan.blob (stream_id, address, sealed)
         SELECT $1::uuid, x.address, x.sealed FROM unnest($2::bytea[], $3::bytea[]) AS x (address, sealed) ON CONFLICT DO NOTHING`,
        [stream, blobs.map(({ address }) => Buffer.from(address)), blobs.map(({ sealed }) => Buffer.from(sealed))],
      )
    },
    getBlobs: (stream, addresses) =>
      all<{ address: Buffer; sealed: Buffer }>(
        `SELECT address, sealed FROM (
           SELECT b.address, b.sealed, x.place, sum(octet_length(b.sealed)) OVER (ORDER BY x.place) AS together
           FROM unnest($2::bytea[]) WITH ORDINALITY AS x (address, place)
           JOIN castellan.blob b ON b.stream_id = $1 AND b.address = x.address) AS found
         WHERE together <= $3 ORDER BY place`,
        [stream, addresses.map((address) => Buffer.from(address)), MOST_BLOB_BYTES],
      ),
    lackBlobs: async (stream, addresses) => {
      const rows = await all<{ address: Buffer }>(
        `SELECT x.address FROM unnest($2::bytea[]) AS x (address)
         WHERE NOT EXISTS (SELECT 1 FROM castellan.blob b WHERE b.stream_id = $1 AND b.address = x.address)`,
        [stream, addresses.map((address) => Buffer.from(address))],
      )
      return rows.map(({ address }) => address)
    },
    wraps: async (device) => {
      const rows = await all<WrapRow>(
        `SELECT stream_id, generation, commitment, sealed FROM castellan.wrap WHERE device_id = $1 ORDER BY generation`,
        [device],
      )
      return rows.filter(isWrap).map((row): Wrap => ({
        scope: row.stream_id,
        device,
        generation: row.generation,
        commitment: toHex(row.commitment),
        sealed: row.sealed,
      }))
    },
    knock: async ({ invite, device, signKey, boxKey, mac }) => {
      try {
        await query(
          `INSERT INTO castellan.knock (stream_id, invite_id, device_id, sign_key, box_key, mac) VALUES ($1, $2, $3, $4, $5, $6)`,
          [team, invite, device, Buffer.from(signKey), Buffer.from(boxKey), Buffer.from(mac)],
        )
      } catch (error) {
        // The answer to an earlier try was lost.
        if (!TAKEN.includes(findCode(error))) throw error
      }
    },
    listStreams: async () => {
      const streams = await all<{ stream_id: string; generation: number; opened_by: string | null }>(
        'SELECT stream_id, generation, opened_by FROM castellan.stream',
      )
      const access = await all<{ stream_id: string; role_name: string; may_append: boolean; may_lead: boolean }>(
        'SELECT stream_id, role_name, may_append, may_lead FROM castellan.access',
      )
      const byStream = Map.groupBy(access, ({ stream_id }) => stream_id)
      return new Map(
        streams.map(({ stream_id, generation, opened_by: openedBy }) => {
          const logins = (byStream.get(stream_id) ?? []).map((row): [string, Access] => [
            row.role_name,
            row.may_lead ? 'lead' : row.may_append ? 'append' : 'read',
          ])
          return [stream_id, { generation, openedBy, access: new Map(logins) } satisfies ServedStream]
        }),
      )
    },
    listWraps: (scope, commitment) =>
      all<{ device: string; madeBy: string }>(
        'SELECT device_id AS device, made_by AS "madeBy" FROM castellan.wrap WHERE stream_id = $1 AND commitment = $2',
        [scope, Buffer.from(commitment, 'hex')],
      ),
    addStream: async (stream, generation) => {
      await all(
        'INSERT INTO castellan.stream (stream_id, generation) VALUES ($1, $2) ON CONFLICT (stream_id) DO NOTHING',
        [stream, generation],
      )
    },
    openStream: async (stream) => {
      const opened = 'INSERT INTO castellan.stream (stream_id, generation, opened_by) VALUES ($1, 1, current_user)'
      await all(`${opened} ON CONFLICT DO NOTHING`, [stream])
      await all(
        `INSERT INTO castellan.access (stream_id, role_name, may_append, may_lead) VALUES ($1, current_user, true, true)
         ON CONFLICT DO NOTHING`,
        [stream],
      )
    },
    adoptStream: async (stream) => {
      await all('UPDATE castellan.stream SET opened_by = NULL WHERE stream_id = $1', [stream])
    },
    setGeneration: async (stream, generation) => {
      await all('UPDATE castellan.stream SET generation = $2 WHERE stream_id = $1', [stream, generation])
    },
    setAccess: async (stream, login, access) => {
      await (access === null
        ? all('DELETE FROM castellan.access WHERE stream_id = $1 AND role_name = $2', [stream, login])
        : all(
            `INSERT INTO castellan.access (stream_id, role_name, may_append, may_lead) VALUES ($1, $2, $3, $4)
             ON CONFLICT (stream_id, role_name) DO UPDATE SET may_append = excluded.may_append, may_lead = excluded.may_lead`,
            [stream, login, access !== 'read', access === 'lead'],
          ))
    },
    giveAccess: async (stream, given) => {
      const each = [...given.values()]
      // Without the columns of its key: they would ask for the right to read the rows of other logins.
      await all(
        `INSERT INTO castellan.access (stream_id, role_name, may_append, may_lead)
         SELECT $1::uuid, * FROM unnest($2::name[], $3::boolean[], $4::boolean[]) ON CONFLICT DO NOTHING`,
        [stream, [...given.keys()], each.map((access) => access !== 'read'), each.map((access) => access === 'lead')],
      )
    },
    addWraps: async (wraps) => {
      await all(
        `INSERT INTO castellan.wrap (stream_id, device_id, generation, commitment, sealed)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::bytea[], $5::bytea[]) ON CONFLICT DO NOTHING`,
        [
          wraps.map(({ scope }) => scope),
          wraps.map(({ device }) => device),
          wraps.map(({ generation }) => generation),
          wraps.map(({ commitment }) => Buffer.from(commitment, 'hex')),
          wraps.map(({ sealed }) => Buffer.from(sealed)),
        ],
      )
    },
    listKnocks: async () => {
      const rows = await all<KnockRow>(
        'SELECT invite_id, role_name, device_id, sign_key, box_key, mac FROM castellan.knock WHERE stream_id = $1 LIMIT 1000',
        [team],
      )
      return rows.filter(isKnock).map((row): StoredKnock => ({
        invite: row.invite_id,
        device: row.device_id,
        signKey: row.sign_key,
        boxKey: row.box_key,
        login: row.role_name,
        mac: row.mac,
      }))
    },
    alignLogins: async (wanted, invited) => {
      const server = await readServer()
      const { member, owner } = toRoles(server)
      const rows = await all<{ rolname: string; rolcanlogin: boolean; is_owner: boolean }>(FIND_LOGINS, [
        owner,
        member,
        [...wanted.keys()],
      ])
      const left: string[] = []
      for (const { rolname, rolcanlogin, is_owner } of rows) {
        const rights = wanted.get(rolname) ?? null
        if (rights === null ? rolcanlogin : is_owner !== (rights === 'owner')) {
          left.push(...(await runAllowed(alignLoginSql(server, rolname, rights))))
        }
      }
      const others = await all<{ rolname: string }>(FIND_OTHER_OWNERS, [owner, [...wanted.keys(), ...invited]])
      return [...left, ...others.map(({ rolname }) => otherOwnerSql(server, rolname))]
    },
    removeKnock: async (invite) => {
      await all('DELETE FROM castellan.knock WHERE stream_id = $1 AND invite_id = $2', [team, invite])
    },
    close: disconnect,
  }
}

const ENDED = /^(?:57P0[123]|ECONNRESET|EPIPE)$/u
const ENDED_WORDS = /Connection terminated|not queryable|Connection ended/u

function isEnded(error: unknown): boolean {
  return ENDED.test(findCode(error)) || (error instanceof Error && ENDED_WORDS.test(error.message))
}

/** Ends the connection where the tables are missing or of another version. */
async function checkVersion(client: Client, where: string): Promise<void> {
  try {
    const { rows } = await client.query<{ schema_version: number }>('SELECT schema_version FROM castellan.server')
    if (rows[0]?.schema_version !== SCHEMA_VERSION) {
      throw createProblem(rows[0] === undefined ? 'no-log' : 'other-version', where)
    }
  } catch (error) {
    await client.end()
    throw error
  }
}

/** Milliseconds, as `pull` gives them. */
const PLACED_AT = 'floor(extract(epoch FROM placed_at) * 1000)::bigint AS placed_at'
const PLACED = `RETURNING ${PLACED_AT}`

/** One statement, so one round trip and one transaction: all of the entries are placed, or none. */
const PUSH = `INSERT INTO castellan.entry (stream_id, seq, prev_seq, op_id, device_id, device_seq, generation, opset, team_seq,
    op_hash, signature, sealed)
  SELECT $1::uuid, x.seq, CASE WHEN x.seq > 0 THEN x.seq - 1 END, x.op_id, x.device_id, x.device_seq, x.generation, x.opset,
    x.team_seq, x.op_hash, x.signature, x.sealed
  FROM unnest($2::bigint[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bytea[],
    $10::bytea[], $11::bytea[]) AS x (seq, op_id, device_id, device_seq, generation, opset, team_seq, op_hash, signature, sealed)`

/** The same where a login has a job: the lease is checked, and kept from others, in the statement that places. */
const PUSH_UNDER_LEASE = `${LEASED(12)} ${PUSH} WHERE EXISTS (SELECT 1 FROM leased) ${PLACED}`

interface PlacedRow {
  readonly placed_at: number
}

function toColumns(entries: readonly Entry[]): readonly unknown[] {
  const numbers = (['seq', 'op', 'device', 'deviceSeq', 'generation', 'opset', 'teamSeq'] as const).map((name) =>
    entries.map((entry) => entry[name]),
  )
  const bytes = BYTE_FIELDS.map((name) => entries.map((entry) => Buffer.from(entry[name])))
  return [entries[0]?.stream, ...numbers, ...bytes]
}

interface WrapRow {
  readonly stream_id: string
  readonly generation: number
  readonly commitment: Buffer
  readonly sealed: Buffer
}

/** What the tables of a hostile server have instead is left out, as if it were not there. */
const isBytes = (value: unknown): boolean => value instanceof Uint8Array
const isWrap = ({ commitment, sealed }: WrapRow): boolean => isBytes(commitment) && isBytes(sealed)
const isKnock = ({ sign_key, box_key, mac }: KnockRow): boolean => [sign_key, box_key, mac].every(isBytes)

interface KnockRow {
  readonly invite_id: string
  readonly role_name: string
  readonly device_id: string
  readonly sign_key: Buffer
  readonly box_key: Buffer
  readonly mac: Buffer
}
