import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { fromHex } from '../../../../electron/team/hex.ts'
import { createKeyRing } from '../../../../electron/team/key-ring.ts'
import { createMemoryStore } from '../../../team/memory/memory-store.ts'
import { createReplica } from '../../../../electron/team/replica.ts'
import type { Entry } from '../../../../shared/team/entry.ts'
import { TEAM_OPERATIONS } from '../../../../shared/team/operations.ts'
import { REVIEW_OPERATIONS } from '../../../../shared/decisions/reviews.ts'
import { type StreamStopped, VOID_WORDS } from '../../../../shared/team/verdict.ts'
import { crypto } from '../world.ts'
import { BODIES } from './bodies.ts'
import { conclude, type Concluded } from './conclude.ts'

type Stored = Omit<Entry, 'opHash' | 'signature' | 'sealed'> & Record<'opHash' | 'signature' | 'sealed', string>

/** The history of a team as `record.ts` recorded it. */
interface Golden {
  readonly team: string
  readonly root: string
  readonly device: string
  readonly keys: Readonly<Record<string, readonly string[]>>
  readonly streams: Readonly<Record<string, readonly Stored[]>>
  readonly concluded: Concluded
}

const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'opset-1.json'), 'utf8')) as Golden

/** A device that has all keys, and has read all of the history. */
function readGolden() {
  const keys = createKeyRing()
  for (const [scope, generations] of Object.entries(golden.keys)) keys.add(scope, generations.map(fromHex))
  const author = { device: golden.device, keys: crypto.createDeviceKeys() }
  const { team } = golden
  const replica = createReplica({ crypto, author, keys, team, root: fromHex(golden.root), store: createMemoryStore() })
  const takeRest = ([stream, entries]: [string, Golden['streams'][string]]): StreamStopped | null => {
    const rest = entries.slice(replica.stream(stream).place.next)
    const decoded = rest.map(({ opHash, signature, sealed, ...entry }) => ({
      ...entry,
      opHash: fromHex(opHash),
      signature: fromHex(signature),
      sealed: new Uint8Array(Buffer.from(sealed, 'base64')),
    }))
    return replica.take(stream, decoded).stopped
  }
  const takeAll = () => Object.entries(golden.streams).flatMap((each) => takeRest(each) ?? [])
  // Entries of the two streams of a client rest on each other.
  for (const _ of [1, 2]) for (const { reason } of takeAll()) expect(reason).toBe('rests-missing')
  expect(takeAll()).toEqual([])
  return replica
}

describe('the golden history of set 1', () => {
  it('has the verdicts that it had when it was recorded: a rule of a released set never changes', () => {
    const concluded = conclude(readGolden(), Object.keys(golden.streams))
    expect(concluded.verdicts).toEqual(golden.concluded.verdicts)
    expect(concluded.hash).toBe(golden.concluded.hash)
  })

  it('has each kind of the team and each kind that was recorded in effect, and an entry that is void for each reason', () => {
    const words = Object.values(golden.concluded.verdicts).flat()
    const kinds = new Set(words.map((each) => each.split(' ')[0]))
    for (const kind of [...Object.keys(TEAM_OPERATIONS), ...Object.keys(BODIES), ...Object.keys(REVIEW_OPERATIONS)])
      expect([kind, kinds.has(kind)]).toEqual([kind, true])
    const reasons = new Set(words.flatMap((each) => (each.startsWith('void: ') ? [each.slice(6)] : [])))
    // An entry of a history that was left is kept, and never read.
    expect(Object.keys(VOID_WORDS).filter((reason) => !reasons.has(reason))).toEqual(['other-history'])
  })
})
