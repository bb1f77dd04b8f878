import { createHash } from 'node:crypto'

import type { Batch, StoredBlob } from '../../shared/team/batch.ts'
import type { Appended, Rights, TeamServer, Turn } from '../../electron/team/server.ts'
import { TeamServerError } from '../../electron/team/server.ts'
import { type Login, type LogRow, type MemoryWorld, type Row, toPlaced } from './memory-world.ts'

const sha = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest())
const hex = (bytes: Uint8Array | null): string => (bytes === null ? '' : Buffer.from(bytes).toString('hex'))

const HOUR = 3_600_000

/** The server of a team in memory, with the answers of the one in PostgreSQL (`electron/team/postgres`). */
export function openMemoryServer(world: MemoryWorld, login: string): TeamServer {
  const me = (): Login => {
    const found = world.logins.get(login)
    if (world.isAway) throw new TeamServerError('offline', 'The team’s server does not answer.')
    if (found === undefined || (found.until !== null && found.until < world.now)) {
      throw new TeamServerError('other-login', 'The team’s server does not know this device’s login.')
    }
    return found
  }
  const level = (log: string): number => world.logs.get(log)?.may.get(login) ?? 0
  const needOwner = (): void => {
    if (!me().owner) throw new TeamServerError('not-allowed', 'Only an owner’s device may do this.')
  }
  const readable = (log: string): LogRow | null => {
    me()
    return level(log) > 0 ? (world.logs.get(log) ?? null) : null
  }
  const charge = (bytes: number): void => {
    const mine = me()
    if (mine.room < bytes) throw new TeamServerError('full', 'No room left.')
    mine.room -= bytes
  }
  const setRights = (row: LogRow, rights: Rights): void => {
    const isOwner = me().owner
    for (const name of row.may.keys()) if (isOwner || world.logins.get(name)?.owner !== true) row.may.delete(name)
    const known = new Set<string>()
    for (const { login: name, level: one, wrap } of rights.logins) {
      const given = world.logins.get(name)
      if (given === undefined) continue
      if (!row.may.has(name)) row.may.set(name, one)
      if (!known.has(name)) row.wraps.set(name, wrap)
      known.add(name)
      if (given.until !== null && given.until > world.now) world.logins.set(name, { ...given, until: null })
    }
    for (const name of row.wraps.keys()) if (!row.may.has(name)) row.wraps.delete(name)
    row.approvals = rights.approvals
  }
  const findApproval = ({ rows }: LogRow, { change }: Batch): Row | undefined => {
    const adder = rows.find((one) => one.class === 'added' && one.change === change)?.member
    const used = new Set(rows.map(({ uses }) => uses))
    const isUnused = (one: Row): boolean => one.class === 'approved' && one.change === change && !used.has(one.at)
    return adder === undefined
      ? undefined
      : rows.findLast((one) => isUnused(one) && one.member !== adder && one.placedAt > world.now - 24 * HOUR)
  }
  const append: TeamServer['append'] = (batch, blobs, rights) => Promise.resolve(place(batch, blobs, rights))
  const place = (batch: Batch, blobs: readonly Uint8Array[], rights: Rights | null): Appended => {
    const mine = me()
    const refuse = (outcome: Appended['outcome'], row?: LogRow): Appended => ({
      outcome,
      head: row?.head ?? null,
      placedAt: null,
    })
    if ((rights === null) === (batch.class === 'card')) throw new TeamServerError('refused', 'Rights go with a card.')
    if (batch.device !== mine.device) return refuse('no-right')
    if (world.restoringUntil > world.now) return refuse('restoring')
    let row = world.logs.get(batch.log)
    const isNew = row === undefined && batch.at === 0 && batch.class === 'card'
    if (isNew) {
      row = {
        rows: [],
        head: batch.before,
        card: null,
        approvals: false,
        changed: 0,
        may: new Map([[login, 3]]),
        wraps: new Map(),
        blobs: new Map(),
        turns: new Map(),
      }
    }
    const least = batch.class === 'card' || batch.class === 'approved' ? 3 : 2
    if (row === undefined || (row.may.get(login) ?? 0) < least) return refuse('no-right')
    const shown = isNew ? undefined : row
    const wraps = rights?.logins.reduce((sum, { wrap }) => sum + wrap.length, 0) ?? 0
    const cost = batch.box.length + wraps + (isNew ? 65_536 : 0)
    if (row.rows.length !== batch.at || hex(row.head) !== hex(batch.before)) return refuse('overtaken', shown)
    if (hex(row.card) !== hex(batch.card)) return refuse('other-card', shown)
    if (mine.room < cost) return refuse('no-room', shown)
    if (blobs.some((address) => row.blobs.get(hex(address)) === undefined)) return refuse('blob-missing', shown)
    const isOf = (one: Row, kind: string): boolean => one.class === kind && one.change === batch.change
    if (batch.class === 'added' && row.rows.some((one) => isOf(one, 'added'))) return refuse('added-before', row)
    const approved = findApproval(row, batch)
    if (batch.class === 'sending' && row.approvals && approved === undefined) return refuse('not-approved', row)
    const head = sha(batch.before, sha(batch.box), batch.signature)
    const uses = batch.class === 'sending' ? (approved?.at ?? null) : null
    row.rows.push({ ...batch, head, placedBy: login, placedAt: world.now, member: mine.member, uses })
    row.head = head
    mine.room -= cost
    if (rights !== null) {
      setRights(row, rights)
      row.card = head
      world.count += 1
    }
    world.count += 1
    row.changed = world.count
    if (isNew) world.logs.set(batch.log, row)
    return { outcome: 'placed', head, placedAt: world.now }
  }
  return {
    heads: async (since) => {
      me()
      const [incarnation, from] = (since ?? '').split(':').map(Number)
      const isKnown = incarnation === world.incarnation
      const logs = [...world.logs]
        .filter(([log, row]) => level(log) > 0 && (!isKnown || row.changed > (from ?? 0)))
        .map(([log, row]) => ({
          log,
          next: row.rows.length,
          head: row.head,
          card: row.card,
          wrap: row.wraps.get(login) ?? null,
        }))
      return Promise.resolve({
        logs,
        cursor: `${world.incarnation}:${world.count}`,
        server: world.server,
        restoring: world.restoringUntil > world.now,
        now: world.now,
      })
    },
    read: async (log, from) => {
      const rows = readable(log)?.rows.slice(from) ?? []
      let bytes = 0
      const end = rows.findIndex((one, index) => {
        bytes += one.box.length
        return index > 0 && bytes > 4_194_304
      })
      return Promise.resolve(rows.slice(0, end === -1 ? 1000 : end).map(toPlaced))
    },
    readHeads: async (log, from) =>
      Promise.resolve((readable(log)?.rows ?? []).slice(from, from + 10_000).map(({ at, head }) => ({ at, head }))),
    readCards: async (log, from) =>
      Promise.resolve(
        (readable(log)?.rows ?? []).filter(({ at, class: of }) => of === 'card' && at >= from).map(toPlaced),
      ),
    append: async (batch, blobs, rights) => append(batch, blobs, rights),
    refill: async (batches) => {
      const mine = me()
      for (const batch of batches) {
        let row = world.logs.get(batch.log)
        if (row === undefined) {
          if (!mine.owner || batch.at !== 0 || batch.class !== 'card') return 'does-not-fit'
          row = {
            rows: [],
            head: batch.before,
            card: null,
            approvals: false,
            changed: 0,
            may: new Map([[login, 3]]),
            wraps: new Map(),
            blobs: new Map(),
            turns: new Map(),
          }
          world.logs.set(batch.log, row)
        }
        if ((row.may.get(login) ?? 0) < 2 && !mine.owner) return 'does-not-fit'
        if (batch.class === 'card' && !mine.owner) return 'does-not-fit'
        const head = sha(batch.before, sha(batch.box), batch.signature)
        const there = row.rows[batch.at]
        if (hex(head) !== hex(batch.head)) return 'does-not-fit'
        if (there !== undefined && hex(there.head) === hex(head) && hex(there.before) === hex(batch.before)) continue
        if (row.rows.length !== batch.at || hex(row.head) !== hex(batch.before)) return 'does-not-fit'
        if (!mine.owner) charge(batch.box.length)
        const { member = '' } = [...world.logins.values()].find(({ device }) => device === batch.device) ?? {}
        const uses = batch.class === 'sending' ? (findApproval(row, batch)?.at ?? null) : null
        // Who puts it back is who the server knows.
        row.rows.push({ ...batch, head, member, uses, placedBy: login, placedAt: Math.min(batch.placedAt, world.now) })
        row.head = head
        if (batch.class === 'card') row.card = head
        world.count += 1
        row.changed = world.count
        const isFree = world.restoringUntil < world.now - 600_000
        if (mine.owner || isFree) world.restoringUntil = world.now + 600_000
      }
      return 'filled'
    },
    goOn: async () => {
      if (me().owner) world.restoringUntil = world.now
    },
    cut: async (log, from) => {
      needOwner()
      if (from < 0) throw new TeamServerError('not-allowed', 'Not a position.')
      const row = world.logs.get(log)
      if (row === undefined) return
      const [first] = row.rows.slice(from)
      row.rows.length = Math.min(row.rows.length, from)
      if (first !== undefined) row.head = first.before
      row.card = row.rows.findLast((one) => one.class === 'card')?.head ?? null
      world.count += 1
      row.changed = world.count
    },
    setRights: async (log, rights) => {
      const row = world.logs.get(log)
      const isOwner = me().owner
      if (row === undefined || (!isOwner && level(log) < 3)) {
        throw new TeamServerError('not-allowed', 'Only owners and leads set rights.')
      }
      if (!isOwner) charge(rights.logins.reduce((sum, { wrap }) => sum + wrap.length, 0))
      setRights(row, rights)
      world.count += 1
      row.changed = world.count
    },
    listRights: async () => {
      const { owner } = me()
      return [...world.logs].flatMap(([log, row]) =>
        owner || level(log) === 3
          ? [...row.may].map(([name, one]) => ({ log, login: name, level: one, hasWrap: row.wraps.has(name) }))
          : [],
      )
    },
    putBlobs: async (log, blobs: readonly StoredBlob[]) => {
      me()
      const row = world.logs.get(log)
      if (row === undefined || level(log) < 2) throw new TeamServerError('not-allowed', 'This log takes no blobs.')
      for (const { address, sealed } of blobs) {
        if (row.blobs.has(hex(address))) continue
        charge(sealed.length)
        row.blobs.set(hex(address), sealed)
      }
    },
    getBlobs: async (log, addresses) => {
      const row = readable(log)
      return addresses.flatMap((address) => {
        const sealed = row?.blobs.get(hex(address))
        return sealed === undefined ? [] : [{ address, sealed }]
      })
    },
    lackBlobs: async (log, addresses) => {
      const row = readable(log)
      return addresses.filter((address) => row?.blobs.has(hex(address)) !== true)
    },
    takeTurns: async (turns, minutes, early) => {
      me()
      return turns.filter(({ log, job }) => {
        const row = world.logs.get(log)
        if (row === undefined || level(log) < 2) return false
        const turn = row.turns.get(job) ?? { holder: null, until: 0, due: world.now }
        if (!row.turns.has(job)) charge(256)
        row.turns.set(job, turn)
        const isOwn = turn.holder === login
        const isFree = turn.holder === null || turn.until <= world.now
        if (!isOwn && (!isFree || (turn.due > world.now && !early))) return false
        row.turns.set(job, {
          holder: login,
          until: world.now + Math.min(Math.max(minutes, 1), 60) * 60_000,
          due: turn.due,
        })
        return true
      })
    },
    giveTurn: async ({ log, job }, due) => {
      me()
      const turn = world.logs.get(log)?.turns.get(job)
      if (turn?.holder === login) {
        world.logs
          .get(log)
          ?.turns.set(job, { holder: null, until: 0, due: Math.max(0, Math.min(due, world.now + 30 * 24 * HOUR)) })
      }
    },
    listTurns: async (log) =>
      [...(readable(log)?.turns ?? [])].map(
        ([job, { holder, until, due }]): Turn & {
          holder: string | null
          until: number | null
          due: number
        } => ({ log, job, holder, until: holder === null ? null : until, due }),
      ),
    knock: async (knock) => {
      me()
      world.knocks.set(login, { ...knock, login, refused: null })
    },
    listKnocks: async () => {
      const { owner } = me()
      return [...world.knocks.values()].filter((knock) => owner || knock.login === login)
    },
    answerKnock: async (invite, refused) => {
      needOwner()
      for (const [name, knock] of world.knocks) {
        if (knock.invite !== invite) continue
        if (refused === null) world.knocks.delete(name)
        else world.knocks.set(name, { ...knock, refused })
      }
    },
    admit: async (made) => {
      needOwner()
      if (world.logins.has(made.login)) throw new TeamServerError('refused', 'The login exists.')
      world.logins.set(made.login, { ...made, room: 2e9 })
    },
    setPassword: async () => {
      me()
    },
    shut: async (name) => {
      const mine = me()
      const isOwn = world.logins.get(name)?.member === mine.member
      if (!mine.owner && !isOwn) throw new TeamServerError('not-allowed', 'Only owners.')
      world.logins.delete(name)
      world.knocks.delete(name)
      for (const row of world.logs.values()) {
        row.may.delete(name)
        row.wraps.delete(name)
        for (const turn of row.turns.values()) if (turn.holder === name) Object.assign(turn, { holder: null, until: 0 })
      }
    },
    lower: async (log, name) => {
      me()
      if (level(log) < 3) throw new TeamServerError('not-allowed', 'Only leads.')
      if (world.logins.get(name)?.owner === true) throw new TeamServerError('not-allowed', 'Not of an owner.')
      world.logs.get(log)?.may.delete(name)
      world.logs.get(log)?.wraps.delete(name)
    },
    giveRoom: async (name, bytes) => {
      needOwner()
      const other = world.logins.get(name)
      if (other !== undefined) other.room = Math.max(0, other.room + bytes)
    },
    listLogins: async () => {
      const { owner: isOwner } = me()
      return [...world.logins.values()]
        .filter((one) => isOwner || one.login === login)
        .map(({ login: name, device, member, owner, room, until }) => ({
          login: name,
          device,
          member,
          owner,
          room,
          until,
        }))
    },
    putFigures: async (figures) => {
      const { device } = me()
      for (const one of figures) if (level(one.log) > 1) world.figures.set(one.log, { ...one, device })
    },
    getFigures: async (logs) => {
      me()
      return logs.flatMap((log) => {
        const found = level(log) > 0 ? world.figures.get(log) : undefined
        return found === undefined ? [] : [found]
      })
    },
    listen: async (onNotice) => {
      me()
      const of = world.listeners.get(login) ?? new Set()
      of.add(onNotice)
      world.listeners.set(login, of)
      onNotice()
      return { isHeard: true, close: async () => void of.delete(onNotice) }
    },
    notify: async (logs) => {
      me()
      for (const [name, of] of world.listeners) {
        if (name !== login && logs.some((log) => world.logs.get(log)?.may.has(name))) for (const call of of) call()
      }
    },
    close: async () => undefined,
  }
}
