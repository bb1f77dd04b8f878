import * as fc from 'fast-check'

import type { Writer } from '../../../../electron/register/db/handles.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Reading } from '../../../../electron/register/apply/reading.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { type KeyName, keyNames } from '../../../../electron/register/keys/rotation.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { settleReading } from '../../../../electron/register/team/keys.ts'
import { getReading, key, project } from '../registers.ts'
import type { Decided } from './any-operation.ts'

/** A decision about a key that a register has; null where it has none of the connection. */
export type DecideKey = (register: Register, connectionUid: string, uid: () => string) => Decided | null

const which = fc.nat(9)
const day = fc.constantFrom('2026-03-01', '2026-04-01', '2026-05-01')
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length]

function listKeys({ reader }: Register, connectionUid: string): readonly KeyName[] {
  const ids = reader.column<number>(
    'SELECT k.id FROM key k JOIN connection n ON n.id = k.connection_id WHERE n.uid = ? ORDER BY k.external_id',
    [connectionUid],
  )
  return [...keyNames(reader, ids).values()]
}

export function nameKey({ connectionUid, externalId, firstKey, syncUid, began }: KeyName) {
  const lastReading = syncUid === null || began === null ? null : { syncUid, began }
  return { connectionUid, key: externalId, firstKey, lastReading }
}

const ofKey = (make: (key: KeyName, uid: () => string) => Decided) =>
  which.map((at): DecideKey => (register, connectionUid, uid) => {
    const found = pick(listKeys(register, connectionUid), at)
    return found === undefined ? null : make(found, uid)
  })

const undo = which.map((at): DecideKey => ({ reader }, connectionUid) => {
  const rotations = reader.all<{ readonly keyId: number; readonly uid: string; readonly recognized: number }>(
    `SELECT r.key_id AS keyId, r.uid, r.recognized FROM rotation r JOIN logical_key l ON l.id = r.logical_key_id
     JOIN connection n ON n.id = l.connection_id WHERE n.uid = ? ORDER BY r.uid`,
    [connectionUid],
  )
  const rotation = pick(rotations, at)
  const named = rotation === undefined ? undefined : keyNames(reader, [rotation.keyId]).get(rotation.keyId)
  if (rotation === undefined || named === undefined) return null
  const recognized = rotation.recognized === 1
  return { kind: 'key.rotation-undone', body: { ...nameKey(named), rotationUid: rotation.uid, recognized } }
})

/** What is decided about keys, by kind. */
export const eachOfKeys: readonly fc.Arbitrary<DecideKey>[] = [
  fc
    .record(
      {
        team: fc.constantFrom('Web', 'Data'),
        notes: fc.constantFrom('', 'Kept'),
        dueOn: fc.option(day, { nil: null }),
        intervalDays: fc.constantFrom(30, null),
      },
      { requiredKeys: [] },
    )
    .chain((change) => ofKey((named) => ({ kind: 'key.described', body: { ...nameKey(named), ...change } }))),
  fc
    .tuple(fc.boolean(), fc.constantFrom('In the wiki', 'Read'), fc.constantFrom({}, { since: 5 }))
    .chain(([decoy, reason, of]) =>
      ofKey(({ connectionUid, externalId, firstKey }) => ({
        kind: 'key.decoy',
        body: { connectionUid, key: externalId, firstKey, decoy, reason, ...of },
      })),
    ),
  fc.option(day, { nil: null }).chain((until) =>
    ofKey(({ connectionUid, externalId }) => ({
      kind: 'key.snoozed',
      body: { connectionUid, key: externalId, until },
    })),
  ),
  day.chain((rotatedOn) =>
    ofKey((named, uid) => ({
      kind: 'key.rotated',
      body: { ...nameKey(named), rotationUid: uid(), trigger: 'scheduled', rotatedOn, note: '' },
    })),
  ),
  undo,
]

const STARTED = Date.UTC(2026, 0, 10)
const DAY_MS = 86_400_000

/** What the syncs of a connection read, in their order: keys that replace each other, and one that stays. */
export const KEY_READINGS = [['prod'], ['prod-v2', 'beta'], ['prod-v2', 'beta', 'prod-v3']].map((names, at) => ({
  uid: createUid(STARTED + at * DAY_MS),
  at: STARTED + at * DAY_MS,
  keys: names.map((name) => {
    const age = Math.max(0, Number(name.split('-v')[1] ?? 1) - 1)
    return key(`key_${name}`, { name, createdAt: Date.UTC(2026, 0, 1) + age * DAY_MS })
  }),
}))

/** Applies a sync of a connection as it is applied in each register that has it. */
export function applyKeys(writer: Writer, connectionUid: string, reading: (typeof KEY_READINGS)[number]): void {
  const connection = writer.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid]) ?? 0
  const parts = [
    { source: 'projects', facts: [project('proj_a')] },
    { source: 'project-keys', project: 'proj_a', facts: reading.keys },
  ] as const
  const named: Reading = { ...getReading(connection, parts, reading.at), uid: reading.uid, day: '2026-01-20' }
  applyReading(writer, named, { settle: settleReading })
}
