import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { fromHex, toHex } from '../../../electron/team/hex.ts'
import { createKeyRing } from '../../../electron/team/key-ring.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import type { Entry } from '../../../shared/team/entry.ts'
import { crypto, nextUuid } from './world.ts'

type Written = Omit<Entry, 'opHash' | 'signature' | 'sealed'> &
  Record<'opHash' | 'signature' | 'sealed' | 'verdict', string>

/** What `streams.py` wrote. Its first stream is `team`. */
interface Streams {
  readonly root: string
  readonly keys: Readonly<Record<string, readonly string[]>>
  readonly streams: Readonly<Record<string, readonly Written[]>>
  readonly heads: Readonly<Record<string, string>>
}

const written = JSON.parse(readFileSync(join(import.meta.dirname, 'streams.json'), 'utf8')) as Streams

it('whole streams of the second implementation, streams.py, have the verdict that it gave by each line of the page', () => {
  const keys = createKeyRing()
  for (const [scope, each] of Object.entries(written.keys)) keys.add(scope, each.map(fromHex))
  const [team = ''] = Object.keys(written.streams)
  const author = { device: nextUuid(), keys: crypto.createDeviceKeys() }
  const store = createMemoryStore()
  const replica = createReplica({ crypto, author, keys, team, root: fromHex(written.root), store })
  for (const [stream, entries] of Object.entries(written.streams)) {
    const { verdicts, stopped } = replica.take(
      stream,
      entries.map(({ opHash, signature, sealed, ...entry }) => ({
        ...entry,
        opHash: fromHex(opHash),
        signature: fromHex(signature),
        sealed: fromHex(sealed),
      })),
    )
    expect(stopped).toBeNull()
    const reasons = verdicts.map((verdict) => (verdict.kind === 'void' ? verdict.reason : verdict.kind))
    expect(reasons).toEqual(entries.map(({ verdict }) => verdict))
    expect(toHex(replica.stream(stream).place.head)).toBe(written.heads[stream])
  }
  const reasons = new Set(Object.values(written.streams).flatMap((entries) => entries.map(({ verdict }) => verdict)))
  expect(reasons.size).toBeGreaterThan(12)
})
