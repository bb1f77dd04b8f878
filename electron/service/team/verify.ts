import type { Outputs } from '../../../shared/contract/contract.ts'
import { fromHex, toHex } from '../../team/hex.ts'
import { NO_ROOT, startStream } from '../../team/stream.ts'
import type { Context } from '../core/context.ts'
import { expectMembership } from './membership.ts'
import { openTeam } from './open-team.ts'
import { listStreams } from './streams.ts'

const READ_TOGETHER = 1000

/** Computes the heads of all streams from their entries, and finds one that was printed. */
export async function verifyTeam(context: Context, head: string | undefined): Promise<Outputs['team']['verify']> {
  const team = await openTeam(context)
  const { crypto, replica, place } = team
  const streams: Outputs['team']['verify']['streams'] = []
  let found: Outputs['team']['verify']['found'] = null
  for (const { stream, kind, client, entries, head: stored } of listStreams(context, team, expectMembership(team))) {
    const root = stream === replica.team ? NO_ROOT : fromHex(place.root ?? '')
    let computed = startStream(crypto, stream, root).head
    let next = 0
    for (;;) {
      const held = replica.entries(stream, next, READ_TOGETHER)
      for (const { entry } of held) {
        computed = crypto.computeHead(computed, entry)
        if (toHex(computed) === head) found = { stream, client, position: entry.seq }
      }
      next += held.length
      if (held.length < READ_TOGETHER) break
    }
    streams.push({
      stream,
      kind,
      client,
      entries: next,
      head: toHex(computed),
      intact: next === entries && toHex(computed) === stored,
    })
  }
  return { streams, found }
}
