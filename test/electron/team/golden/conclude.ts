import { toWanted } from '../../../../electron/team/administer.ts'
import type { Replica } from '../../../../electron/team/replica.ts'
import { canonicalJson, type Json } from '../../../../shared/domain/canonical-json.ts'
import { crypto, readAll } from '../world.ts'

/** What a device concluded of some streams: by stream the verdict of each entry in words, and a hash of all of it. */
export interface Concluded {
  readonly verdicts: Readonly<Record<string, readonly string[]>>
  /** SHA-256 in hex: of the verdicts with their operations and authors, and of whom the team lets do what. */
  readonly hash: string
}

export function conclude(replica: Replica, streams: readonly string[]): Concluded {
  const all = streams.map((stream) => [stream, readAll(replica, stream).map(({ verdict }) => verdict)] as const)
  const membership = replica.membership()
  if (membership === null) throw new Error('The team was not read.')
  const wanted = [...toWanted(membership)].map(([stream, { generation, access }]) => [stream, generation, [...access]])
  const members = [...membership.members].map(([uid, { name, email, from, until }]) => [uid, name, email, from, until])
  const text = canonicalJson([all, wanted, members] as unknown as Json)
  return {
    verdicts: Object.fromEntries(
      all.map(([stream, verdicts]) => [
        stream,
        verdicts.map((verdict) =>
          verdict.kind === 'void' ? `void: ${verdict.reason}` : `${verdict.op.kind} by ${verdict.member}`,
        ),
      ]),
    ),
    hash: Buffer.from(crypto.hashText(text)).toString('hex'),
  }
}
