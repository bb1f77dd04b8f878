import type { Verdict, VerdictTeam, VerifiedAct } from '../../../shared/contract/evidence.ts'
import type { TeamPackCount } from '../../../shared/report/evidence-checks.ts'
import type { SignedAct } from '../../../shared/report/evidence-signers.ts'
import { type Device, findAuthor, type Membership, newest } from '../../../shared/team/membership.ts'
import { fingerprintKey } from '../../register/team/hash-entry.ts'
import type { TeamKeys } from '../../register/team/device-keys.ts'
import type { ConcludedHistory } from './history/conclude.ts'
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
  const { membership, root, last } = team
  const review = String(decisions.effective[0]?.op.body['reviewUid'])
  const acts = listSignedActs(team, decisions, review)
  return {
    name: membership.name,
    root,
    known: compareRoot(root, against),
    team: { log: membership.team, position: last.seq, head: last.head },
    client: { log: decisions.stream, position: decisions.last.seq, head: decisions.last.head },
    signed: toVerified(acts.findLast(({ kind }) => kind === 'review.signed')),
    acknowledged: toVerified(acts.findLast(({ kind }) => kind === 'review.acknowledged')),
    writtenBy: findWriter(membership, fingerprint),
  }
}

/** How much of a pack rests on the word of who wrote it. */
export function countUnproved({ team, decisions }: ConcludedHistory): TeamPackCount {
  return { hidden: (team?.hidden ?? 0) + (decisions?.hidden ?? 0), unexplained: decisions?.unexplained ?? 0 }
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

/** The member of the active device with this key. */
function findWriter(membership: Membership, fingerprint: string | null): string | null {
  const isWriter = ({ signKey }: Device): boolean => fingerprintKey(signKey) === fingerprint
  const device = [...membership.devices].find(([, one]) => isWriter(one))?.[0]
  const member = device === undefined ? undefined : findAuthor(membership, device, newest(membership))?.member
  return member === undefined ? null : (membership.members.get(member)?.name ?? null)
}
