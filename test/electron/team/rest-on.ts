import type { Op } from '../../../shared/team/op.ts'
import { opText } from './forge.ts'
import { createUidOf, type Laptop, nextUuid } from './world.ts'

/** A position that never comes. */
export const FAR = 2 ** 50

type Device = Pick<Laptop, 'replica'>

const wait = ({ replica }: Device, stream: string, change: Partial<Op>): void =>
  replica.wait(stream, { uid: nextUuid(), op: JSON.parse(opText(change)) as Op })

/** Decides something that only a reading shows, and which rests on a position of the readings. */
export function decideOn(by: Device, client: string, facts: number): void {
  const findingNamed = { connectionUid: createUidOf(client), rule: 'key-old', kind: 'key', externalId: 'k1' }
  const body = { v: 1, findingNamed, cause: '', rule: 'key-old', connection: 'prod' }
  wait(by, client, { kind: 'finding.reopened', body, facts })
}

/** Makes a reading that rests on a position of the decisions. `facts`: the stream of the client's readings. */
export function readOn(by: Device, { client, facts }: { client: string; facts: string }, decisions: number): void {
  const named = { connectionUid: createUidOf(client), syncUid: createUidOf(client) }
  const hashes = { digest: 'ab'.repeat(32), sha256: 'ab'.repeat(32) }
  const counts = { began: 0, ended: 0, opened: 0, closed: 0, bytes: 0 }
  wait(by, facts, { kind: 'reading.taken', body: { v: 1, ...named, ...hashes, ...counts, pieces: [] }, decisions })
}
