import { createSalt } from '../../../electron/team/compose-entry.ts'
import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import type { Entry } from '../../../shared/team/entry.ts'
import type { Op } from '../../../shared/team/op.ts'
import { crypto, type Laptop, nextUuid, readAll, toNote } from './world.ts'

/** An operation as a hostile author writes it. */
export function opText(change: Partial<Op> = {}): string {
  const [kind, body] = toNote('x')
  const op = { kind, salt: createSalt(crypto), at: 0, day: '2026-11-27', basis: -1, subject: 'x' }
  return canonicalJson({ ...op, body, ...change } as Json)
}

/** An entry at the end of a stream as this device holds it, with any text and any fields, signed by the device. */
export function forge(by: Laptop, stream: string, text: string, change: Partial<Entry> = {}): Entry {
  const { replica, device } = by
  const { head, next } = replica.stream(stream).place
  const membership = replica.membership()!
  const { generation, commitment } = membership.keys.get(stream)!.generations.at(-1)!.value
  const key = replica.keys.find(crypto, { scope: stream, generation }, commitment)!
  const place = { stream, op: nextUuid(), opHash: crypto.hashText(text) }
  const counted = readAll(replica, stream).filter(({ entry }) => entry.device === device).length
  const entry = { seq: next, device, deviceSeq: counted, generation, opset: 1, teamSeq: membership.next - 1 }
  return crypto.signEntry(
    head,
    { ...place, ...entry, sealed: crypto.sealText(key, place, text), ...change },
    replica.author.keys.sign.privateKey,
  )
}
