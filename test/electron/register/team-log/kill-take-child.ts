/**
 * Takes the history of a team into a register, one small batch after the other, until it is killed or at the end:
 * `node kill-take-child.ts REGISTER HISTORY`. Prints `t` before each batch.
 */
import { readFileSync } from 'node:fs'

import { loadTeamCrypto } from '../../../../electron/team/crypto.ts'
import { type Register } from '../../../../electron/register/register.ts'
import { openRegister } from '../../../../electron/register/open.ts'
import { createRegisterStore } from '../../../../electron/register/team-log/store.ts'
import { createKeyRing } from '../../../../electron/team/key-ring.ts'
import { createReplica } from '../../../../electron/team/replica.ts'
import type { Entry } from '../../../../shared/team/entry.ts'
import { KEY } from '../key.ts'

/** What a server would show a device, with the keys that it has; bytes as base64. */
export interface History {
  readonly team: string
  readonly device: string
  readonly keys: readonly { readonly scope: string; readonly ring: readonly string[] }[]
  readonly streams: readonly { readonly stream: string; readonly entries: readonly Written[] }[]
}

type Written = { readonly [K in keyof Entry]: Entry[K] extends Uint8Array ? string : Entry[K] }

const BATCH = 3

export const toWritten = ({ opHash, signature, sealed, ...rest }: Entry): Written => ({
  ...rest,
  opHash: Buffer.from(opHash).toString('base64'),
  signature: Buffer.from(signature).toString('base64'),
  sealed: Buffer.from(sealed).toString('base64'),
})

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))

const toEntry = ({ opHash, signature, sealed, ...rest }: Written): Entry => ({
  ...rest,
  opHash: bytes(opHash),
  signature: bytes(signature),
  sealed: bytes(sealed),
})

export const openAt = (path: string): Register => openRegister({ path, key: KEY, now: () => 0 })

/** Goes on where the register is, to the end. */
export async function takeHistory(register: Register, history: History, onBatch: () => void): Promise<void> {
  const crypto = await loadTeamCrypto()
  const keys = createKeyRing()
  for (const { scope, ring } of history.keys) keys.add(scope, ring.map(bytes))
  const replica = createReplica({
    crypto,
    author: { device: history.device, keys: crypto.createDeviceKeys() },
    keys,
    team: history.team,
    root: null,
    store: createRegisterStore(register, { derive: () => undefined, changed: () => undefined }),
  })
  for (const { stream, entries } of history.streams) {
    for (;;) {
      const { next } = replica.stream(stream).place
      const batch = entries.slice(next, next + BATCH).map(toEntry)
      if (batch.length === 0) break
      onBatch()
      const { stopped } = replica.take(stream, batch)
      if (stopped !== null) throw stopped
    }
  }
}

if (import.meta.main) {
  const [path = '', file = ''] = process.argv.slice(2)
  const register = openAt(path)
  await takeHistory(register, JSON.parse(readFileSync(file, 'utf8')) as History, () => process.stdout.write('t'))
  process.stdout.write('e')
  register.close()
}
