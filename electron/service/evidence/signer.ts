import type { Verdict, VerdictTeam, VerifiedAct } from '../../../shared/contract/evidence.ts'
import type { TeamPackCount } from '../../../shared/report/evidence-checks.ts'
import type { SignedAct } from '../../../shared/report/evidence-signers.ts'
import { fingerprintKey } from '../../register/team/hash-batch.ts'
import type { TeamKeys } from '../../register/team/heads.ts'
import type { ConcludedHistory } from './history/conclude.ts'
import type { ShownDecisions } from './history/shown-decisions.ts'
import { listSignedActs } from './history/signed-acts.ts'

/** The expected signers of a pack: a fingerprint or a root from a separate channel, else what a profile knows. */
export interface Signers {
  readonly key?: string | undefined
  readonly root?: string | undefined
  readonly own?: readonly string[]
  readonly team?: TeamKeys | null
}

/** Who signed a pack, by the fingerprint of its key. `shown`: the team that the pack shows. */
export function getSigner(
  fingerprint: string | null,
  { key, root, own = [], team = null }: Signers,
  shown: VerdictTeam | null,
): Verdict['signer'] {
  if (fingerprint === null) return null
  if (key !== undefined) return fingerprint === key ? 'given' : 'other'
  if (own.includes(fingerprint)) return 'own'
  if (team?.keys.includes(fingerprint) === true) return 'team'
  const isTrusted = shown !== null && (shown.known === 'given' || shown.known === 'own')
  if (isTrusted && shown.writtenBy !== null) return 'team'
  return own.length === 0 && team === null && root === undefined ? 'not-compared' : 'unknown'
}

/** The team that a pack shows, and who signed and acknowledged its review; null where its first entry cannot be read. */
export function describeTeam(
  { team, decisions }: ConcludedHistory,
  fingerprint: string | null,
  against: Signers,
): VerdictTeam | null {
  if (team === null || decisions === null) return null
  const { name, root, last } = team
  const opened = decisions.counting.find(({ op }) => op.kind === 'review.opened')
  const acts = listSignedActs(decisions, String(opened?.op.body['reviewUid']))
  return {
    name,
    root,
    known: compareRoot(root, against),
    team: { log: team.team, position: last.at, head: last.head },
    client: { log: decisions.log, position: decisions.last.at, head: decisions.last.head },
    signed: toVerified(acts.findLast(({ kind }) => kind === 'review.signed')),
    acknowledged: toVerified(acts.findLast(({ kind }) => kind === 'review.acknowledged')),
    writtenBy: findWriter(decisions, fingerprint),
  }
}

/** How much of a pack rests on the word of who wrote it. */
export function countUnproved({ decisions }: ConcludedHistory): TeamPackCount {
  return { hidden: decisions?.hidden ?? 0, unexplained: decisions?.unexplained ?? 0 }
}

function compareRoot(is: string, { root, team = null, own = [] }: Signers): VerdictTeam['known'] {
  if (root !== undefined) return is === root ? 'given' : 'other'
  if (team !== null) return is === team.root ? 'own' : 'unknown'
  return own.length === 0 ? 'not-compared' : 'unknown'
}

function toVerified(found: SignedAct | undefined): VerifiedAct | null {
  if (found === undefined) return null
  const { member, role, key, device, position, at } = found
  return { member: member.name, email: member.email, role, key, device, position, at }
}

/** The member whose device has this key by the newest card. */
function findWriter({ cards, names }: ShownDecisions, fingerprint: string | null): string | null {
  const people = cards.at(-1)?.card.people ?? []
  const writer = people.find(({ devices }) => devices.some(({ signKey }) => fingerprintKey(signKey) === fingerprint))
  return writer === undefined ? null : (names.get(writer.member)?.name ?? null)
}
