import type { HeldCard } from '../../shared/team/store.ts'
import type { TeamDevice } from './device.ts'
import { isSame } from './form.ts'
import { followChoice, noteFork } from './fork.ts'
import { placeWaiting, type RefusedOperation } from './place.ts'
import { findPlace, readCards, readLog, takeKeys } from './read-log.ts'
import { refillLog } from './refill.ts'
import type { Heads, ServerLog } from './server.ts'

/** What an exchange came to. Logs that stopped are in the store. */
export interface Exchanged {
  readonly read: number
  readonly placed: number
  /** Batches that the server had lost and has again. */
  readonly restored: number
  readonly refused: readonly RefusedOperation[]
  /** The logs in which the server refuses what their cards allow. */
  readonly withheld: readonly string[]
  readonly isCopied: boolean
  /** Devices whose register shows something else at one head. */
  readonly differs: readonly { readonly log: string; readonly device: string }[]
  readonly isRestoring: boolean
  /** Milliseconds, by the server's clock. */
  readonly now: number
}

/** How many clients the device of an owner or auditor holds without being asked. */
export const MOST_HELD_UNASKED = 200

/**
 * One exchange: reads every log that changed to its end, restores what the server lost, and places what waits. Each log is for itself: one that
 * stops leaves the others. Throws `TeamServerError`.
 */
export async function exchange(
  device: TeamDevice,
  mostHeld = device.mostHeld ?? MOST_HELD_UNASKED,
): Promise<Exchanged> {
  const { server, store } = device
  const isWhole = store.logs().some(({ stop }) => stop !== null)
  const heads = await server.heads(isWhole ? null : store.cursor())
  const done = { read: 0, placed: 0, restored: 0, isCopied: false }
  const [refused, withheld, differs]: [RefusedOperation[], string[], { log: string; device: string }[]] = [[], [], []]
  const placedIn: string[] = []
  let isRestoring = heads.restoring
  const copied = new Set<string>()
  for (const shown of inOrder(device, heads)) {
    const one = await readShown(device, shown, mostHeld)
    done.read += one.read
    done.restored += one.restored
    isRestoring ||= one.restored > 0
    if (one.isCopied) copied.add(shown.log)
    if (one.differs !== null) differs.push({ log: shown.log, device: one.differs })
  }
  for (const log of store.listWaiting()) {
    if (copied.has(log) || (store.log(log)?.stop ?? null) !== null) continue
    const one = await placeWaiting(device, log)
    done.placed += one.placed
    done.read += one.read?.read ?? 0
    refused.push(...one.refused)
    if (one.placed > 0) placedIn.push(log)
    if (one.isWithheld) withheld.push(log)
    if (one.read?.isCopied === true) copied.add(log)
    const differing = one.read?.differs ?? null
    if (differing !== null) differs.push({ log, device: differing })
    isRestoring ||= one.isRestoring
  }
  store.keepCursor(heads.cursor)
  if (placedIn.length > 0) await server.notify(placedIn)
  return { ...done, refused, withheld, differs, isRestoring, isCopied: copied.size > 0, now: heads.now }
}

/** The team's log first: it has the others. */
function inOrder({ team }: TeamDevice, { logs }: Heads): readonly ServerLog[] {
  return logs.toSorted((one, other) => Number(other.log === team) - Number(one.log === team))
}

interface ShownRead {
  readonly read: number
  readonly restored: number
  readonly isCopied: boolean
  readonly differs: string | null
}

async function readShown(device: TeamDevice, shown: ServerLog, mostHeld: number): Promise<ShownRead> {
  const { log } = shown
  const nothing: ShownRead = { read: 0, restored: 0, isCopied: false, differs: null }
  if (!isOfTeam(device, shown)) return nothing
  takeKeys(device, shown)
  const held = device.store.log(log)
  if (log !== device.team && !(held?.isHeld ?? false)) {
    const stop = await readCards(device, log)
    const card = device.store.log(log)?.card ?? null
    if (stop !== null) device.store.stop(log, stop)
    if (stop !== null || card === null || !isHeldUnasked(device, card, mostHeld)) return nothing
    device.store.hold(log)
  }
  const place = findPlace(device, log)
  if (shown.next < place.next) {
    const [at] = device.store.heads(log, shown.next - 1, shown.next - 1)
    if (shown.next === 0 || isSame(at?.head ?? null, shown.head)) {
      return { ...nothing, restored: await refillLog(device, log, shown.next) }
    }
    return (await settleFork(device, log)) ? readShown(device, shown, mostHeld) : nothing
  }
  if (shown.next === place.next) {
    if (isSame(shown.head, place.head)) return nothing
    return (await settleFork(device, log)) ? readShown(device, shown, mostHeld) : nothing
  }
  const one = await readLog(device, log)
  if (one.stop?.reason !== 'other-history') return { ...nothing, ...one }
  return (await settleFork(device, log)) ? readShown(device, shown, mostHeld) : { ...nothing, ...one }
}

/** Notes two histories of a log, and follows the one that an owner chose. True if the log can be read on. */
async function settleFork(device: TeamDevice, log: string): Promise<boolean> {
  const fork = await noteFork(device, log)
  return fork !== null && followChoice(device, log, fork)
}

/** True for the team's own log, and for one that a card of it has, or that this device opened. An owner looks at the others to add them. */
function isOfTeam({ store, team }: TeamDevice, { log }: ServerLog): boolean {
  return log === team || store.log(log) !== null || (store.log(team)?.card ?? null) !== null
}

/** Whether a device holds a log without being asked: those of a role by name, and of the rest as many as it should. */
function isHeldUnasked({ member, store }: TeamDevice, { card }: HeldCard, mostHeld: number): boolean {
  if (card.kind !== 'client') return true
  const role = card.people.find((person) => person.member === member)?.role ?? null
  const agency = store.logs().find(({ kind }) => kind === 'agency')?.card?.card.people
  const isAuditor = agency?.some((person) => person.member === member && person.role === 'auditor') ?? false
  if (role === null) return false
  if (role !== 'owner' && !(isAuditor && role === 'viewer')) return true
  return store.logs().filter(({ kind, isHeld }) => kind === 'client' && isHeld).length < mostHeld
}
