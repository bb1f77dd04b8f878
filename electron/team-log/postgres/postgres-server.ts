import type { Client, Notification } from 'pg'

import type { PlacedBatch } from '../../../shared/team-log/batch.ts'
import { toHex } from '../form.ts'
import { type Appended, type Rights, type ServerAddress, type StoredKnock, type TeamServer } from '../server.ts'
import { connect, createProblem, findCode, toServerError } from './connect.ts'
import { SCHEMA_VERSION } from './schema.ts'

/** Two transactions met; the same statement may be sent again. */
const AGAIN = ['40001', '40P01']
const TRIES = 3
/** What one statement stores of blobs. */
const MOST_BLOB_BYTES = 8_388_608
const ASKED_TOGETHER = 200
/** How long a notice of the device itself takes at most where notices are heard. */
const NOTICE_MS = 5000
const AGAIN_MS = 5000

interface BatchRow {
  readonly at: number
  readonly before: Uint8Array
  readonly card: Uint8Array | null
  readonly device: string
  readonly class: PlacedBatch['class']
  readonly change: string | null
  readonly box: Uint8Array
  readonly signature: Uint8Array
  readonly head: Uint8Array
  readonly placed_by: string
  readonly placed_at: Date
}

interface StateRow {
  readonly server: string
  readonly version: number
  readonly restoring: boolean
  readonly now: Date
  readonly cursor: string
  readonly channel: string
}

/** A team's server in PostgreSQL. It connects when something is asked, and again after a connection broke. */
export function openPostgresServer(address: ServerAddress): TeamServer {
  const where = `${address.host}:${address.port}`
  const { query, close } = openConnection(address, where)
  const readState = async (): Promise<StateRow> => {
    const [row] = await query<StateRow>('SELECT * FROM castellan.state()')
    if (row === undefined) throw createProblem('not-set-up', where)
    if (row.version !== SCHEMA_VERSION) throw createProblem('other-version', where)
    return row
  }
  const toBatch = (log: string, { placed_by: placedBy, placed_at: at, ...row }: BatchRow): PlacedBatch => ({
    ...row,
    log,
    placedBy,
    placedAt: at.getTime(),
  })
  const toRights = (rights: Rights | null) => [
    rights?.logins.map(({ login }) => login) ?? null,
    rights?.logins.map(({ level }) => level) ?? null,
    rights?.logins.map(({ wrap }) => wrap) ?? null,
    rights?.approvals ?? null,
  ]
  const read = async (log: string, from: number, cards: boolean): Promise<readonly PlacedBatch[]> =>
    (await query<BatchRow>('SELECT * FROM castellan.read($1, $2, $3)', [log, from, cards])).map((row) =>
      toBatch(log, row),
    )
  return {
    heads: async (since) => {
      // The cursor is taken before the rows: what is committed between them is shown twice, and never left out.
      const { server, restoring, now, cursor } = await readState()
      const logs = await query<{
        log: string
        next: number
        head: Uint8Array
        card: Uint8Array | null
        wrap: Uint8Array | null
      }>('SELECT * FROM castellan.heads($1)', [since])
      return { logs, cursor, server, restoring, now: now.getTime() }
    },
    read: (log, from) => read(log, from, false),
    readHeads: (log, from) => query('SELECT * FROM castellan.read_heads($1, $2)', [log, from]),
    readCards: async (log, from) => {
      const cards: PlacedBatch[] = []
      for (let next = from; ;) {
        const more = await read(log, next, true)
        const last = more.at(-1)
        if (last === undefined) return cards
        cards.push(...more)
        next = last.at + 1
      }
    },
    append: async ({ log, at, before, card, device, class: of, change, box, signature }, blobs, rights) => {
      const [row] = await query<{ outcome: Appended['outcome']; head: Uint8Array | null; placed: Date | null }>(
        'SELECT * FROM castellan.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)',
        [log, at, before, card, device, of, change, box, signature, blobs, ...toRights(rights)],
      )
      if (row === undefined) throw createProblem('refused', where)
      return { outcome: row.outcome, head: row.head, placedAt: row.placed?.getTime() ?? null }
    },
    refill: async (batches) => {
      const [first] = batches
      if (first === undefined) return 'filled'
      const column = <T>(pick: (batch: PlacedBatch) => T): T[] => batches.map(pick)
      const [row] = await query<{ refill: 'filled' | 'does-not-fit' }>(
        'SELECT castellan.refill($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)',
        [
          first.log,
          column(({ at }) => at),
          column(({ before }) => before),
          column(({ card }) => card),
          column(({ device }) => device),
          column((batch) => batch.class),
          column(({ change }) => change),
          column(({ box }) => box),
          column(({ signature }) => signature),
          column(({ head }) => head),
        ],
      )
      return row?.refill ?? 'does-not-fit'
    },
    goOn: async () => void (await query('SELECT castellan.go_on()')),
    cut: async (log, from) => void (await query('SELECT castellan.cut($1, $2)', [log, from])),
    setRights: async (log, rights) =>
      void (await query('SELECT castellan.set_rights($1,$2,$3,$4,$5)', [log, ...toRights(rights)])),
    listRights: async () =>
      (
        await query<{ log: string; login: string; level: 1 | 2 | 3; has_wrap: boolean }>(
          'SELECT * FROM castellan.list_rights()',
        )
      ).map(({ has_wrap: hasWrap, ...row }) => ({ ...row, hasWrap })),
    putBlobs: async (log, blobs) => {
      for (const together of toParts(blobs, ({ sealed }) => sealed.length)) {
        const [row] = await query<{ put_blobs: boolean }>('SELECT castellan.put_blobs($1, $2, $3)', [
          log,
          together.map(({ address: of }) => of),
          together.map(({ sealed }) => sealed),
        ])
        if (row?.put_blobs !== true) throw createProblem('full', where)
      }
    },
    getBlobs: async (log, addresses) => {
      const found = []
      for (let at = 0; at < addresses.length; at += 1) {
        // One may be a mebibyte, so few are asked for together.
        const asked = addresses.slice(at, at + 8)
        found.push(
          ...(await query<{ address: Uint8Array; sealed: Uint8Array }>('SELECT * FROM castellan.get_blobs($1, $2)', [
            log,
            asked,
          ])),
        )
        at += asked.length - 1
      }
      return found
    },
    lackBlobs: async (log, addresses) => {
      const lacking = []
      for (let at = 0; at < addresses.length; at += ASKED_TOGETHER) {
        const asked = addresses.slice(at, at + ASKED_TOGETHER)
        lacking.push(
          ...(await query<{ address: Uint8Array }>('SELECT * FROM castellan.lack_blobs($1, $2)', [log, asked])),
        )
      }
      return lacking.map(({ address: of }) => of)
    },
    takeTurns: async (turns, minutes, early) =>
      query('SELECT * FROM castellan.take_turns($1, $2, $3, $4)', [
        turns.map(({ log }) => log),
        turns.map(({ job }) => job),
        minutes,
        early,
      ]),
    giveTurn: async ({ log, job }, due) =>
      void (await query('SELECT castellan.give_turn($1, $2, $3)', [log, job, new Date(due)])),
    listTurns: async (log) =>
      (
        await query<{ job: string; holder: string | null; until: Date | number; due: Date | number }>(
          'SELECT * FROM castellan.list_turns($1)',
          [log],
        )
      ).map(({ job, holder, until, due }) => ({
        log,
        job,
        holder,
        until: holder === null ? null : toMs(until),
        due: toMs(due) ?? 0,
      })),
    knock: async ({ invite, device, signKey, boxKey, mac }) =>
      void (await query('SELECT castellan.knock($1,$2,$3,$4,$5)', [invite, device, signKey, boxKey, mac])),
    listKnocks: async () => (await query<KnockRow>('SELECT * FROM castellan.list_knocks()')).map(toKnock),
    answerKnock: async (invite, refused) =>
      void (await query('SELECT castellan.answer_knock($1, $2)', [invite, refused])),
    admit: async ({ login, device, member, owner, verifier, until }) =>
      void (await query('SELECT castellan.admit($1,$2,$3,$4,$5,$6)', [
        login,
        device,
        member,
        owner,
        verifier,
        until === null ? null : new Date(until),
      ])),
    setPassword: async (verifier) => {
      await query('SELECT castellan.set_password($1)', [verifier])
      await close()
    },
    shut: async (login) => void (await query('SELECT castellan.shut($1)', [login])),
    lower: async (log, login) => void (await query('SELECT castellan.lower($1, $2)', [log, login])),
    giveRoom: async (login, bytes) => void (await query('SELECT castellan.give_room($1, $2)', [login, bytes])),
    listLogins: async () =>
      (
        await query<{
          login: string
          device: string
          member: string
          owner: boolean
          room: number
          until: Date | number | null
        }>('SELECT * FROM castellan.list_logins()')
      ).map(({ until, ...row }) => ({ ...row, until: until === null ? null : toMs(until) })),
    putFigures: async (figures) => {
      for (const { log, sealed, at } of figures)
        await query('SELECT castellan.put_figures($1,$2,$3)', [log, sealed, at])
    },
    getFigures: (logs) => query('SELECT * FROM castellan.get_figures($1)', [logs]),
    listen: (onNotice) => listen(address, readState, onNotice),
    notify: async (logs) => void (await query('SELECT castellan.notify_readers($1)', [logs])),
    close,
  }
}

/** Milliseconds; null for an instant that never comes. `pg` gives infinity as a number. */
function toMs(time: Date | number): number | null {
  if (typeof time === 'number') return null
  return time.getTime()
}

interface KnockRow {
  readonly login: string
  readonly invite: string
  readonly device: string
  readonly sign_key: Uint8Array
  readonly box_key: Uint8Array
  readonly mac: Uint8Array
  readonly refused: string | null
}

function toKnock({ sign_key: signKey, box_key: boxKey, ...row }: KnockRow): StoredKnock {
  return { ...row, signKey, boxKey }
}

/** What one statement may have together. */
function toParts<T>(list: readonly T[], count: (one: T) => number): readonly (readonly T[])[] {
  const parts: T[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const one of list) {
    bytes += count(one)
    if (bytes > MOST_BLOB_BYTES) {
      parts.push([])
      bytes = count(one)
    }
    parts.at(-1)?.push(one)
  }
  return parts
}

interface Connection {
  readonly query: <R extends object>(text: string, values?: readonly unknown[]) => Promise<readonly R[]>
  readonly close: () => Promise<void>
}

/** A connection runs one statement at a time, and is made again after it broke. */
function openConnection(address: ServerAddress, where: string): Connection {
  let connection: Promise<Client> | undefined
  let last: Promise<unknown> = Promise.resolve()
  const getClient = (): Promise<Client> => {
    connection ??= connect(address).then((client) => {
      client.once('end', () => {
        connection = undefined
      })
      return client
    })
    return connection
  }
  const close = async (): Promise<void> => {
    const open = connection
    connection = undefined
    await open?.then((client) => client.end()).catch(() => undefined)
  }
  const run = async <R extends object>(text: string, values: readonly unknown[]): Promise<readonly R[]> => {
    for (let tries = 1; ; tries += 1) {
      const wasOpen = connection !== undefined
      try {
        const client = await getClient()
        const { rows } = await client.query<R>(text, values.map(toValue))
        return rows
      } catch (error) {
        if (AGAIN.includes(findCode(error)) && tries < TRIES) continue
        const problem = toServerError(error, where)
        if (problem.problem !== 'not-allowed') await close()
        // The server ended a connection that was idle: a statement that it did not take is sent again.
        if (wasOpen && tries === 1 && problem.problem === 'offline') continue
        throw problem
      }
    }
  }
  return {
    query: <R extends object>(text: string, values: readonly unknown[] = []) => {
      const next = last.then(() => run<R>(text, values))
      last = next.catch(() => undefined)
      return next
    },
    close,
  }
}

/** `pg` writes bytes only as a Buffer, and a list of them as text. */
function toValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (Array.isArray(value)) return value.map((one: unknown) => (one instanceof Uint8Array ? `\\x${toHex(one)}` : one))
  return value
}

/**
 * Hears notices on a connection of its own, and connects again after it broke. Where the device does not hear its own notice, as behind a pooler,
 * notices do not arrive.
 */
async function listen(
  address: ServerAddress,
  readState: () => Promise<StateRow>,
  onNotice: () => void,
): Promise<{ readonly isHeard: boolean; readonly close: () => Promise<void> }> {
  let isClosed = false
  let client: Client | undefined
  let again: NodeJS.Timeout | undefined
  const open = async (): Promise<boolean> => {
    const { channel } = await readState()
    const made = await connect(address)
    client = made
    const heard = Promise.withResolvers<boolean>()
    made.on('notification', ({ payload }: Notification) => {
      if (payload === 'own') heard.resolve(true)
      else onNotice()
    })
    made.once('end', () => {
      heard.resolve(false)
      if (!isClosed) {
        again = setTimeout(() => void open().catch(() => undefined), AGAIN_MS)
        again.unref()
      }
    })
    await made.query(`LISTEN "${channel}"`)
    await made.query('SELECT pg_notify($1, $2)', [channel, 'own'])
    setTimeout(() => heard.resolve(false), NOTICE_MS).unref()
    const isHeard = await heard.promise
    // What changed before is read now.
    onNotice()
    return isHeard
  }
  const isHeard = await open()
  return {
    isHeard,
    close: async () => {
      isClosed = true
      clearTimeout(again)
      await client?.end().catch(() => undefined)
    },
  }
}
