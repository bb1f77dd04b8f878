import type { PlacedBatch } from '../../shared/team/batch.ts'
import type { Level, NewLogin, StoredKnock } from '../../electron/team/server.ts'

export interface Row extends PlacedBatch {
  readonly member: string
  readonly uses: number | null
}

export interface LogRow {
  rows: Row[]
  head: Uint8Array
  card: Uint8Array | null
  approvals: boolean
  changed: number
  may: Map<string, Level>
  wraps: Map<string, Uint8Array>
  blobs: Map<string, Uint8Array>
  turns: Map<string, { holder: string | null; until: number; due: number }>
}

export interface Login extends NewLogin {
  room: number
}

/** What all logins of a server share: tests look into it, and tamper with it. */
export interface MemoryWorld {
  readonly logs: Map<string, LogRow>
  readonly logins: Map<string, Login>
  readonly knocks: Map<string, StoredKnock>
  readonly figures: Map<string, { log: string; sealed: Uint8Array; at: number; device: string }>
  readonly server: string
  /** Milliseconds. */
  now: number
  count: number
  incarnation: number
  restoringUntil: number
  /** Whether the server answers. */
  isAway: boolean
  readonly listeners: Map<string, Set<() => void>>
}

export function createWorld(server = '00000000-0000-4000-8000-000000000001'): MemoryWorld {
  return {
    logs: new Map(),
    logins: new Map(),
    knocks: new Map(),
    figures: new Map(),
    server,
    now: 1_764_000_000_000,
    count: 0,
    incarnation: 1,
    restoringUntil: 0,
    isAway: false,
    listeners: new Map(),
  }
}

/** A copy of all that a dump of the database has. */
export function dumpWorld(world: MemoryWorld): MemoryWorld {
  return structuredClone({ ...world, listeners: new Map() })
}

/** Puts a dump in the place of what the world has. */
export function restoreWorld(world: MemoryWorld, dump: MemoryWorld): void {
  const from = structuredClone(dump)
  for (const name of ['logs', 'logins', 'knocks', 'figures'] as const) {
    const to = world[name] as Map<string, unknown>
    to.clear()
    for (const [key, value] of from[name] as Map<string, unknown>) to.set(key, value)
  }
  world.incarnation += 1
}

/** A batch as every device reads it. */
export function toPlaced({
  log,
  at,
  before,
  card,
  device,
  class: of,
  change,
  box,
  signature,
  ...row
}: Row): PlacedBatch {
  const { head, placedBy, placedAt } = row
  return { log, at, before, card, device, class: of, change, box, signature, head, placedBy, placedAt }
}
