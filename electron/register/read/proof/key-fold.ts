import type { Day } from '../../../../shared/domain/day.ts'
import type { Reader } from '../../db/handles.ts'
import { makeDueDays } from './due-days.ts'
import type { DayDecision, KeyJournal, KeyName, LastReading, NamedKey } from './key-journal.ts'
import type { Values } from '../../rows/proved-table.ts'

/** A logical key about which nothing was decided. */
export const UNDECIDED: Values = {
  environment: null,
  team: null,
  purpose: null,
  contact: null,
  interval_days: null,
  notes: '',
}

/** A logical key of this register as decisions and readings make it. */
export interface FoldedKey {
  /** By column, as far as it is known; null where nothing was decided. */
  readonly set: Values | null
  readonly days: ReturnType<typeof makeDueDays>
  /** Whether the readings of its recognized rotations are known, and with them their order among its decisions. */
  readonly isOrdered: boolean
}

/** What the decisions of the journal are in this register, whose readings decide which keys belong together. */
export interface KeyFold {
  /** By number: those about which something was decided, and those with a recognized rotation. */
  readonly logicalKeys: ReadonlyMap<number, FoldedKey>
  /** Decisions on logical keys that this register does not have. */
  readonly missing: readonly NamedKey[]
  readonly find: (name: KeyName) => number | null
}

/** A rotation that a sync recognized. */
interface Recognized {
  readonly uid: string
  readonly logicalKeyId: number
  readonly place: string
  readonly on: Day
  /** The sync that recognized it, and when its reading began; null where the first version of its key is not here. */
  readonly sync: number | null
  readonly began: number | null
}

export function foldKeys(reader: Reader, { named }: KeyJournal): KeyFold {
  const find = (name: KeyName): number | null => findLogicalKey(reader, name)
  const missing: NamedKey[] = []
  const found = new Map<number, NamedKey[]>()
  for (const key of named.values()) {
    const id = find(key.name)
    if (id === null) missing.push(key)
    else found.set(id, [...(found.get(id) ?? []), key])
  }
  const recognized = Map.groupBy(readRecognized(reader), ({ logicalKeyId }) => logicalKeyId)
  const ids = new Set([...found.keys(), ...recognized.keys()])
  const logicalKeys = new Map(
    [...ids].map((id) => [id, foldOne(reader, found.get(id) ?? [], recognized.get(id) ?? [])] as const),
  )
  return { logicalKeys, missing, find }
}

/** By the first key, or by the key that was acted on where this register never read the first one. */
function findLogicalKey(reader: Reader, { connectionUid, firstKey, key }: KeyName): number | null {
  const findBy = (externalId: string): number | undefined =>
    reader.value<number>(
      `SELECT k.logical_key_id FROM connection n JOIN key k ON k.connection_id = n.id AND k.external_id = ? WHERE n.uid = ?`,
      [externalId, connectionUid],
    )
  return findBy(firstKey) ?? findBy(key) ?? null
}

function readRecognized(reader: Reader): readonly Recognized[] {
  return reader.all<Recognized>(
    `SELECT r.uid, r.logical_key_id AS logicalKeyId, n.uid || ' ' || k.external_id AS place, r.rotated_on AS "on",
       s.id AS sync, s.started_at AS began
     FROM rotation r JOIN key k ON k.id = r.key_id JOIN connection n ON n.id = k.connection_id
     LEFT JOIN sync s ON s.id = (SELECT min(v.from_sync) FROM key_version v WHERE v.key_id = k.id)
     WHERE r.recognized = 1 ORDER BY s.id, r.id`,
  )
}

/** `named`: what was decided under each of its names; `recognized`: in the order of the syncs. */
function foldOne(reader: Reader, named: readonly NamedKey[], recognized: readonly Recognized[]): FoldedKey {
  const set = new Map<string, { readonly n: number; readonly value: unknown }>()
  for (const [column, given] of named.flatMap((key) => [...key.set])) {
    if ((set.get(column)?.n ?? -1) < given.n) set.set(column, given)
  }
  const values = Object.fromEntries([...set].map(([column, { value }]) => [column, value]))
  const [first] = named.toSorted((a, b) => a.n - b.n)
  const decisions = named.flatMap(({ days }) => days).toSorted((a, b) => a.n - b.n)
  return {
    set: first === undefined ? null : first.isWhole ? { ...UNDECIDED, ...values } : values,
    days: foldDays(reader, decisions, recognized),
    isOrdered: recognized.every(({ sync }) => sync !== null),
  }
}

/**
 * The day that is set, from decisions in their order and the rotations that syncs recognized: a decision counts after
 * those that its author had read, and before later ones. Decisions never change places with each other.
 */
function foldDays(reader: Reader, decisions: readonly DayDecision[], recognized: readonly Recognized[]) {
  const days = makeDueDays()
  let counted = 0
  const countTo = (end: number): void => {
    for (const { uid, on } of recognized.slice(counted, Math.max(counted, end))) days.rotate(uid, on)
    counted = Math.max(counted, end)
  }
  for (const decision of decisions) {
    if (recognized.length > 0) countTo(countRead(reader, recognized, decision.reading))
    if (decision.as === 'set') days.set(decision.on)
    else if (decision.as === 'rotated') days.rotate(decision.rotation, decision.on)
    else {
      const place = decision.recognized
      const uid = place === null ? decision.rotation : recognized.find((each) => each.place === place)?.uid
      if (uid !== undefined) days.undo(uid)
    }
  }
  countTo(recognized.length)
  return days
}

/** How many of the rotations the author of a decision had read; by time, where this register never applied their last reading. */
function countRead(reader: Reader, recognized: readonly Recognized[], reading: LastReading): number {
  if (reading === null) return 0
  const last = reader.value<number>('SELECT id FROM sync WHERE uid = ?', [reading.syncUid])
  const isRead = ({ sync, began }: Recognized): boolean =>
    last === undefined ? (began ?? 0) <= reading.began : (sync ?? 0) <= last
  return recognized.findLastIndex(isRead) + 1
}
