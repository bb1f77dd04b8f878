import type { TeamStream } from '../../../shared/contract/team.ts'
import { findAuthor, findStream, type Membership, newest } from '../../../shared/team/membership.ts'
import { countWaiting } from '../../register/team/summary.ts'
import { toHex } from '../../team/hex.ts'
import { type Context, getReader } from '../core/context.ts'
import { listSlugs } from './members.ts'
import type { OpenTeam } from './open-team.ts'

/** The streams that this device reads, `team` first. */
export function listStreams(context: Context, team: OpenTeam, membership: Membership): TeamStream[] {
  return describeStreams(context, team, membership, [membership.team, ...team.replica.listRead().flat()], () => null)
}

/**
 * The streams outside its sight for which something was decided here: it waits, and no exchange places it. The sentence of each has the
 * reason and what to do.
 */
export function listKept(context: Context, team: OpenTeam, membership: Membership): TeamStream[] {
  const { device } = team.replica.author
  const seen = new Set([membership.team, ...team.replica.listRead().flat()])
  const streams = countWaiting(getReader(context), membership.agency)
    .keys()
    .filter((stream) => !seen.has(stream))
  const isActive = findAuthor(membership, device, newest(membership)) !== null
  return describeStreams(context, team, membership, [...streams], (stream) => {
    if (!isActive) return KEPT_REMOVED
    return findStream(membership, stream) === null ? KEPT_UNOPENED : KEPT_NO_ROLE
  })
}

const KEPT_UNOPENED =
  'Kept on this device: the team has not opened this client yet. An owner’s device opens it; until then no other device has it.'
const KEPT_NO_ROLE = 'Kept on this device: you have no role for this client. Ask an owner or a lead for one.'
const KEPT_REMOVED = 'Kept on this device, which does not belong to the team any more.'

function describeStreams(
  context: Context,
  { replica }: OpenTeam,
  membership: Membership,
  streams: readonly string[],
  explain: (stream: string) => string | null,
): TeamStream[] {
  const slugs = listSlugs(getReader(context))
  const counts = countWaiting(getReader(context), membership.agency)
  return streams.map((stream) => {
    const { place, stopped } = replica.stream(stream)
    const waiting = counts.get(stream) ?? 0
    const of = findStream(membership, stream)
    return {
      stream,
      kind: of?.kind ?? (stream === membership.team ? 'team' : 'decisions'),
      client: slugs.get(of?.scope ?? stream) ?? null,
      state: stopped !== null ? 'stopped' : waiting > 0 ? 'waiting' : 'inStep',
      entries: place.next,
      head: toHex(place.head),
      waiting,
      sentence: stopped?.message ?? explain(stream),
    }
  })
}

/** What a stream is for, in words within a sentence. */
export function nameStream({ kind, client }: Pick<TeamStream, 'kind' | 'client'>): string {
  if (kind === 'team') return 'the team’s members and devices'
  if (kind === 'agency') return 'the agency'
  return `the client ${client ?? 'that this register has not read'}`
}
