/**
 * Takes the logs of a team into a register, one small batch after the other, until it is killed or at the end: `node kill-take-child.ts REGISTER
 * HISTORY`. Prints `t` before each batch.
 */
import { readFileSync } from 'node:fs'

import { openRegister } from '../../../../electron/register/open.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { createRegisterStore } from '../../../../electron/register/team/store.ts'
import { loadTeamCrypto } from '../../../../electron/team/crypto.ts'
import type { TeamDevice } from '../../../../electron/team/device.ts'
import { followBatches } from '../../../../electron/team/follow.ts'
import { findPlace } from '../../../../electron/team/read-log.ts'
import type { PlacedBatch } from '../../../../shared/team/batch.ts'
import { KEY } from '../key.ts'

const BYTES = ['before', 'card', 'box', 'signature', 'head'] as const
type Written = Omit<PlacedBatch, (typeof BYTES)[number]> & { readonly [K in (typeof BYTES)[number]]: string | null }

/** The logs that a server shows a device, with the keys that it has; bytes in base64. */
export interface History {
  readonly team: string
  readonly device: string
  readonly root: string
  readonly logs: readonly {
    readonly log: string
    readonly keys: readonly string[]
    readonly batches: readonly Written[]
  }[]
}

const TOGETHER = 3
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
export const toText = (value: Uint8Array): string => Buffer.from(value).toString('base64')

export function toWritten(batch: PlacedBatch): Written {
  const texts = BYTES.map((name) => [name, batch[name] === null ? null : toText(batch[name])])
  return { ...batch, ...(Object.fromEntries(texts) as Record<(typeof BYTES)[number], string | null>) }
}

function toBatch(written: Written): PlacedBatch {
  const values = BYTES.map((name) => [name, written[name] === null ? null : bytes(written[name])])
  return { ...written, ...Object.fromEntries(values) } as PlacedBatch
}

export const openAt = (path: string): Register => openRegister({ path, key: KEY, now: () => 0 })

/** Goes on where the register is, to the end. */
export async function takeHistory(register: Register, history: History, onBatch: () => void): Promise<void> {
  const crypto = await loadTeamCrypto()
  const store = createRegisterStore(register, { derive: () => undefined, changed: () => undefined, now: () => 0 })
  const device = { crypto, store, team: history.team, root: bytes(history.root), device: history.device } as TeamDevice
  for (const { log, keys, batches } of history.logs) {
    store.keepKeys(log, keys.map(bytes))
    store.hold(log)
    for (;;) {
      const place = findPlace(device, log)
      const { read, stop } = followBatches(crypto, place, batches.slice(place.next, place.next + TOGETHER).map(toBatch))
      if (stop !== null) throw new Error(`The log stops: ${stop.reason}.`)
      if (read.length === 0) break
      onBatch()
      store.take(log, read)
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
