import type { Client, QueryResultRow } from 'pg'

import type { PlacedBatch } from '../../../shared/team/batch.ts'
import {
  type Appended,
  type Level,
  type Rights,
  type ServerAddress,
  type TeamServer,
  TeamServerError,
} from '../server.ts'
import { connect, createProblem, findCode, toServerError } from './connect.ts'
import { listenForNotices } from './listen.ts'
import { SCHEMA_VERSION } from './tables.ts'

/** Bytes of batches that are read together. */
const READ_BYTES = 4_194_304
const READ_BATCHES = 1000
const READ_HEADS = 10_000
const BLOBS_TOGETHER = 64

/** A time in milliseconds. */
const MS = (column: string): string => `floor(extract(epoch FROM ${column}) * 1000)::float8`
/** Long bytes in base64, since `pg` reads no binary and hexadecimal doubles them. */
const BASE64 = `encode(sealed, 'base64')`
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
const BATCH = `log, at, before, card, device, class, change, ${BASE64} AS box, signature, head, placed_by AS "placedBy", ${MS('placed_at')} AS "placedAt"`

type Query = <R extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly R[]>

/** The server of a team in PostgreSQL, as one login; it connects with the first call, and again after the connection broke. */
export function openServer(address: ServerAddress): TeamServer {
  const where = `${address.host}:${address.port}`
  let opening: Promise<Client> | null = null
  const open = (): Promise<Client> => {
    opening ??= connect(address).then(
      (client) => {
        client.once('end', () => {
          opening = null
        })
        return client
      },
      (error: unknown) => {
        opening = null
        throw error
      },
    )
    return opening
  }
  const close = async (): Promise<void> => {
    const client = await opening?.catch(() => null)
    opening = null
    await client?.end().catch(() => undefined)
  }
  const query: Query = async (text, values = []) => {
    const client = await open()
    try {
      return (await client.query(text, [...values])).rows
    } catch (error) {
      // An answer that did not come may come later, to another question.
      if (error instanceof Error && error.message === 'Query read timeout') {
        opening = null
        void client.end().catch(() => undefined)
      }
      throw toServerError(error, where)
    }
  }
  const call: Query = (text, values) => query(`SELECT * FROM castellan.${text}`, values)
  /** Names the login whose transaction holds a log. */
  const withHolder = async <T>(log: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof TeamServerError) || error.problem !== 'held') throw error
      const [found] = await call<{ holder: string | null }>('holder($1)', [log])
      const holder = found?.holder ?? null
      if (holder === null) throw error
      const text = `The login ${holder} keeps a transaction open on the team’s server at ${where}, so nothing can be placed. An owner can end that login.`
      throw new TeamServerError('held', text, { cause: error })
    }
  }
  return {
    ...openBatches(call, query, withHolder),
    ...openStored(call, query),
    ...openLogins(call, query),
    heads: async (since) => {
      const rows = await call<HeadsRow>('heads($1)', [since])
      const [first] = rows
      if (first === undefined) throw createProblem('refused', where)
      if (first.version !== SCHEMA_VERSION) throw createProblem('other-version', where)
      const logs = rows.flatMap(({ log, next, head, card, wrap }) =>
        log === null ? [] : [{ log, next, head, card, wrap }],
      )
      return { logs, cursor: first.cursor, server: first.server, restoring: first.restoring, now: first.now }
    },
    shut: async (login) => {
      const [row] = await call<{ shut: boolean }>('shut($1)', [login])
      if (row?.shut === false) await call('shut($1)', [login])
      // Of its own sessions, the server leaves the one that asks.
      if (login === address.login) await close()
    },
    listen: (onNotice) => listenForNotices(address, async () => void (await call('notify($1)', [[]])), onNotice),
    notify: async (logs) => {
      // The batches are placed. Who does not hear of them asks at the next connection, or each minute.
      await call('notify($1)', [logs]).catch((error: unknown) => {
        if (findCode(error instanceof Error ? error.cause : null).startsWith('57P')) throw error
      })
    },
    close,
  }
}

interface HeadsRow {
  readonly server: string
  readonly cursor: string
  readonly version: number
  readonly restoring: boolean
  readonly now: number
  readonly log: string | null
  readonly next: number
  readonly head: Uint8Array
  readonly card: Uint8Array | null
  readonly wrap: Uint8Array | null
}

interface AppendRow {
  readonly outcome: Appended['outcome']
  readonly head: Uint8Array | null
  readonly placed: number | null
}

/** Bytes as `pg` writes them in lists. */
const toBuffers = (list: readonly Uint8Array[]): readonly Buffer[] => list.map((bytes) => Buffer.from(bytes))

const toColumns = (rights: Rights | null): readonly unknown[] =>
  rights === null
    ? [null, null, null, null]
    : [
        rights.logins.map(({ login }) => login),
        rights.logins.map(({ level }) => level),
        toBuffers(rights.logins.map(({ wrap }) => wrap)),
        rights.approvals,
      ]

type WithHolder = <T>(log: string, work: () => Promise<T>) => Promise<T>

function openBatches(call: Query, query: Query, withHolder: WithHolder) {
  const read = async (log: string, from: number, condition: string): Promise<readonly PlacedBatch[]> => {
    const rows = await query<Omit<PlacedBatch, 'box'> & { box: string }>(
      `SELECT ${BATCH} FROM (SELECT *, row_number() OVER w AS n, sum(octet_length(sealed)) OVER w AS bytes
         FROM castellan.batch WHERE log = $1 AND at >= $2 AND ${condition} WINDOW w AS (ORDER BY at) ORDER BY at LIMIT ${READ_BATCHES}) x
       WHERE n = 1 OR bytes <= ${READ_BYTES} ORDER BY at`,
      [log, from],
    )
    return rows.map((row) => ({ ...row, box: fromBase64(row.box) }))
  }
  return {
    read: async (log, from) => {
      const rows = await read(log, from, 'true')
      // What comes after a gap is read once the gap is filled.
      const end = rows.findIndex(({ at }, index) => at !== from + index)
      return end === -1 ? rows : rows.slice(0, end)
    },
    readHeads: (log, from) =>
      query(`SELECT at, head FROM castellan.batch WHERE log = $1 AND at >= $2 ORDER BY at LIMIT ${READ_HEADS}`, [
        log,
        from,
      ]),
    readCards: async (log, from) => {
      const all: PlacedBatch[] = []
      for (let next = from; ;) {
        const rows = await read(log, next, `class = 'card'`)
        const last = rows.at(-1)
        if (last === undefined) return all
        all.push(...rows)
        next = last.at + 1
      }
    },
    append: async ({ log, at, before, card, device, class: of, change, box, signature }, blobs, rights) => {
      const [row] = await withHolder(log, () =>
        call<AppendRow>('append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)', [
          log,
          at,
          before,
          card,
          device,
          of,
          change,
          box,
          signature,
          toBuffers(blobs),
          ...toColumns(rights),
        ]),
      )
      if (row === undefined) throw new TeamServerError('refused', 'The team’s server gave no answer to a batch.')
      return { outcome: row.outcome, head: row.head, placedAt: row.placed }
    },
    refill: async (batches) => {
      for (const { log, at, before, card, device, class: of, change, box, signature, head, placedAt } of batches) {
        const values = [log, at, before, card, device, of, change, box, signature, head, placedAt]
        const [row] = await withHolder(log, () =>
          call<{ refill: boolean }>('refill($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)', values),
        )
        if (row?.refill !== true) return 'does-not-fit'
      }
      return 'filled'
    },
    goOn: async () => void (await call('go_on()')),
    cut: async (log, from) => void (await withHolder(log, () => call('cut($1,$2)', [log, from]))),
    setRights: async (log, rights) =>
      void (await withHolder(log, () => call('set_rights($1,$2,$3,$4,$5)', [log, ...toColumns(rights)]))),
    lower: async (log, login) => void (await call('lower($1,$2)', [log, login])),
    listRights: () =>
      query<{ log: string; login: string; level: Level; hasWrap: boolean }>(
        `SELECT m.log, m.login, m.level, w.login IS NOT NULL AS "hasWrap" FROM castellan.may m
         LEFT JOIN castellan.wrap w ON (w.log, w.login) = (m.log, m.login)
         WHERE castellan.owns() OR m.log IN (SELECT castellan.mine(3)) ORDER BY m.log, m.login`,
      ),
  } satisfies Partial<TeamServer>
}

function openStored(call: Query, query: Query) {
  return {
    putBlobs: async (log, blobs) => {
      for (const { address, sealed } of blobs) await call('put_blob($1,$2,$3)', [log, address, sealed])
    },
    getBlobs: async (log, addresses) => {
      const found: { address: Uint8Array; sealed: Uint8Array }[] = []
      for (let at = 0; at < addresses.length; at += BLOBS_TOGETHER) {
        const part = toBuffers(addresses.slice(at, at + BLOBS_TOGETHER))
        const rows = await query<{ address: Uint8Array; sealed: string }>(
          `SELECT address, ${BASE64} AS sealed FROM castellan.blob WHERE log = $1 AND address = ANY ($2::bytea[])`,
          [log, part],
        )
        found.push(...rows.map(({ address, sealed }) => ({ address, sealed: fromBase64(sealed) })))
      }
      return found
    },
    lackBlobs: (log, addresses) =>
      query<{ address: Uint8Array }>(
        `SELECT x.address FROM unnest($2::bytea[]) WITH ORDINALITY x (address, n) WHERE NOT EXISTS
           (SELECT FROM castellan.blob b WHERE b.log = $1 AND b.address = x.address) ORDER BY x.n`,
        [log, toBuffers(addresses)],
      ).then((rows) => rows.map(({ address }) => address)),
    takeTurns: async (turns, minutes, early) => {
      const columns = [turns.map(({ log }) => log), turns.map(({ job }) => job)]
      const rows = await call<{ log: string; job: string }>('take_turns($1,$2,$3,$4)', [...columns, minutes, early])
      const taken = new Set(rows.map(({ log, job }) => `${log} ${job}`))
      return turns.filter(({ log, job }) => taken.has(`${log} ${job}`))
    },
    giveTurn: async ({ log, job }, due) => void (await call('give_turn($1,$2,$3)', [log, job, due])),
    listTurns: (log) =>
      query(
        `SELECT log, job, holder, ${MS('until')} AS until, ${MS('due')} AS due FROM castellan.turn WHERE log = $1 ORDER BY job`,
        [log],
      ),
    putFigures: async (figures) => {
      const columns = [figures.map(({ log }) => log), toBuffers(figures.map(({ sealed }) => sealed))]
      await call('put_figures($1,$2,$3)', [...columns, figures.map(({ at }) => at)])
    },
    getFigures: (logs) =>
      query('SELECT log, sealed, at, device FROM castellan.figure WHERE log = ANY ($1::uuid[]) ORDER BY log', [logs]),
  } satisfies Partial<TeamServer>
}

function openLogins(call: Query, query: Query) {
  return {
    knock: async ({ invite, device, signKey, boxKey, mac }) =>
      void (await call('knock($1,$2,$3,$4,$5)', [invite, device, signKey, boxKey, mac])),
    listKnocks: () =>
      query(
        `SELECT invite, login, device, sign_key AS "signKey", box_key AS "boxKey", mac, refused FROM castellan.knock ORDER BY login`,
      ),
    answerKnock: async (invite, refused) => void (await call('answer_knock($1,$2)', [invite, refused])),
    admit: async ({ login, device, member, owner, verifier, until }) =>
      void (await call('admit($1,$2,$3,$4,$5,$6)', [login, device, member, owner, verifier, until])),
    setPassword: async (verifier) => void (await call('set_password($1)', [verifier])),
    giveRoom: async (login, bytes) => void (await call('give_room($1,$2)', [login, bytes])),
    listLogins: () =>
      query(`SELECT login, device, member, owner, room, ${MS('until')} AS until FROM castellan.login ORDER BY login`),
  } satisfies Partial<TeamServer>
}
