import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import type { ComparedWitness } from '../../../shared/contract/team.ts'
import type { Witness } from '../../../shared/report/witness.ts'
import { fromHex, toHex } from '../../team/hex.ts'
import { NO_ROOT, startStream } from '../../team/stream.ts'
import type { Context } from '../core/context.ts'
import { compareWitness, type HeldLog } from './compare-witness.ts'
import { expectMembership } from './membership.ts'
import { type OpenTeam, openTeam } from './open-team.ts'
import { readPrinted } from './read-printed.ts'
import { listStreams } from './streams.ts'

const READ_TOGETHER = 1000

/**
 * Computes the heads of all streams from their entries, and finds one that was printed, or all that a file prints: those are also compared
 * with the server. Throws `Refusal` INVALID for a file that prints none.
 */
export async function verifyTeam(
  context: Context,
  { head, path }: NonNullable<Inputs['team']['verify']>,
): Promise<Outputs['team']['verify']> {
  const printed = path === undefined ? [] : await readPrinted(path)
  const team = await openTeam(context)
  const streams: Outputs['team']['verify']['streams'] = []
  const logs = new Map<string, HeldLog & { readonly heads: ReadonlyMap<number, string> }>()
  let found: Outputs['team']['verify']['found'] = null
  for (const { stream, kind, client, entries, head: stored } of listStreams(context, team, expectMembership(team))) {
    const wanted = new Set(printed.flatMap(({ log, position }) => (log === stream ? [position] : [])))
    const heads = new Map<number, string>()
    let [next, last] = [0, '']
    for (const [seq, computed] of computeHeads(team, stream)) {
      if (computed === head) found = { stream, client, position: seq }
      if (wanted.has(seq)) heads.set(seq, computed)
      ;[next, last] = [seq + 1, computed]
    }
    const end = next === 0 ? toHex(startOf(team, stream)) : last
    streams.push({ stream, kind, client, entries: next, head: end, intact: next === entries && end === stored })
    logs.set(stream, { kind, client, entries: next, head: null, heads })
  }
  const witnesses: ComparedWitness[] = []
  for (const witness of printed)
    witnesses.push(await compareWitness(team, findHeld(logs.get(witness.log), witness), witness))
  return { streams, found, witnesses }
}

function findHeld(
  log: (HeldLog & { readonly heads: ReadonlyMap<number, string> }) | undefined,
  { position }: Witness,
): HeldLog | null {
  return log === undefined ? null : { ...log, head: log.heads.get(position) ?? null }
}

/** The head after each entry that is held of a stream, in hex, with its position. */
function* computeHeads(team: OpenTeam, stream: string): Generator<readonly [seq: number, head: string]> {
  const { crypto, replica } = team
  let head = startOf(team, stream)
  let next = 0
  for (;;) {
    const held = replica.entries(stream, next, READ_TOGETHER)
    for (const { entry } of held) {
      head = crypto.computeHead(head, entry)
      yield [entry.seq, toHex(head)]
    }
    next += held.length
    if (held.length < READ_TOGETHER) return
  }
}

function startOf({ crypto, replica, place }: OpenTeam, stream: string): Uint8Array {
  const root = stream === replica.team ? NO_ROOT : fromHex(place.root ?? '')
  return startStream(crypto, stream, root).head
}
