import type { RecommendationRow } from '../../../shared/contract/recommendations.ts'
import { findProvider } from '../../../shared/domain/providers/providers.ts'
import {
  ADVICE_DAYS,
  type RecommendationKind,
  callingRole,
  sureBecause,
  type UseBesideRule,
} from '../../../shared/domain/recommendations/recommendation.ts'

/** Usable keys of a holder in one project (null: the organization). */
export interface KeyUse {
  readonly projectId: number | null
  readonly isAdmin: boolean
  readonly keys: number
  readonly usedAt: number | null
}

/** A key of a service account as which workloads act without one. */
export interface BesideRule {
  readonly name: string
  readonly workload: string
  /** Since when they may. */
  readonly since: number
  readonly use: UseBesideRule
  readonly usedAt: number | null
}

/** The recorded facts that a recommendation is based on. */
export interface Basis {
  readonly kind: RecommendationKind
  readonly provider: string
  readonly isService: boolean
  readonly isPrivileged: boolean
  readonly role: string | null
  readonly project: { readonly id: number; readonly name: string } | null
  /** The key that a recommendation is about. */
  readonly beside: BesideRule | null
  /** The last use of the account, where the provider reports one. */
  readonly knownAt: number | null
  /** Projects that the holder reaches by a direct or a group role. */
  readonly projects: number
  readonly keys: readonly KeyUse[]
  readonly cutoff: number
}

type Words = Pick<RecommendationRow, 'enough' | 'says' | 'sureBecause' | 'evidence'>

/** A recommendation in words: the recommended role, the reason, and the evidence. */
export function toWords(basis: Basis): Words {
  const { kind, keys, project, isService, isPrivileged, beside } = basis
  const there = project === null ? keys : keys.filter((use) => use.projectId === project.id)
  const enough = describeEnough(basis)
  return {
    enough,
    says: SAYS[kind](basis, enough ?? 'a member’s role'),
    sureBecause: sureBecause(kind, {
      hasKeys: computeCount(there) > 0,
      isService,
      isPrivileged,
      ...(beside === null ? {} : { keyUse: beside.use }),
    }),
    evidence: beside === null ? describeEvidence(basis, there) : describeBeside(beside),
  }
}

function describeEnough({ kind, provider }: Basis): string | null {
  if (kind === 'project-role') return callingRole(provider, 'project')
  return kind === 'privileged-role' ? callingRole(provider, 'organization') : null
}

const DAYS = `${ADVICE_DAYS} days`

const SAYS: Readonly<Record<RecommendationKind, (basis: Basis, enough: string) => string>> = {
  'member-unused': ({ provider }) =>
    `No activity in ${DAYS}: no ${findProvider(provider)?.sellsSeats === true ? 'seat' : 'role'} is needed.`,
  'account-unused': () => `None of its keys was used in ${DAYS}: it can be deleted.`,
  'project-unused': ({ project }) =>
    `They called the API in the last ${DAYS}, but no calls in ${project?.name ?? ''} are recorded: no role is needed there.`,
  'project-role': ({ role }, enough) =>
    `Only API calls are recorded in ${DAYS}: ${enough} is enough in place of ${role ?? ''}.`,
  'privileged-role': ({ role }, enough) =>
    `Only API calls are recorded in ${DAYS}: ${enough} is enough in place of ${role ?? ''}, with a member’s role in the projects they call.`,
  'key-beside-rule': ({ beside }) =>
    `Workloads act as its service account without a key: the key ${beside?.name ?? ''} is not needed once its program uses the federation rule.`,
}

/** Where no day of the last use is known. */
const UNUSED: Readonly<Record<UseBesideRule, string>> = {
  unused: 'The key was never used.',
  used: 'The key was used.',
  'not-reported': 'The provider does not report when the key was used.',
  before: 'The provider reports the last use of the key only as before a day.',
}

function describeBeside({ workload, since, use, usedAt }: BesideRule): RecommendationRow['evidence'] {
  return [
    { says: `Federation rule for ${workload}, since`, at: since },
    usedAt === null ? { says: UNUSED[use], at: null } : { says: 'Last use of the key', at: usedAt },
  ]
}

function describeEvidence(basis: Basis, there: readonly KeyUse[]): RecommendationRow['evidence'] {
  const { kind, knownAt, keys, isService } = basis
  const admin = keys.filter((use) => use.isAdmin)
  const inProject = kind === 'project-unused' || kind === 'project-role'
  return [
    ...(isService || knownAt === null
      ? []
      : [
          {
            says:
              findProvider(basis.provider)?.sellsSeats === true
                ? 'Last use of the seat'
                : 'Last API call of the account',
            at: knownAt,
          },
        ]),
    keyEvidence(
      inProject ? 'in the project' : '',
      there.filter((use) => !use.isAdmin),
    ),
    ...reachEvidence(basis),
    ...(kind === 'privileged-role' || (kind === 'member-unused' && admin.length > 0) ? [adminEvidence(admin)] : []),
  ]
}

/** How many projects the holder reaches, and in how many of them their keys were used. */
function reachEvidence({ kind, keys, projects, project, cutoff }: Basis): RecommendationRow['evidence'] {
  const used = keys.filter(
    ({ isAdmin, projectId, usedAt }) =>
      !isAdmin && projectId !== null && projectId !== project?.id && usedAt !== null && usedAt > cutoff,
  ).length
  const reported = kind === 'project-unused' || (kind === 'privileged-role' && projects + used > 0)
  if (!reported) return []
  const others = kind === 'project-unused' ? many(used, 'other', 'others') : String(used)
  return [
    {
      says: `Holds a role in ${many(projects, 'project', 'projects')}; their keys were used in ${others}.`,
      at: null,
    },
  ]
}

function keyEvidence(where: string, uses: readonly KeyUse[]): RecommendationRow['evidence'][number] {
  const count = computeCount(uses)
  const place = where === '' ? '' : ` ${where}`
  if (count === 0) return { says: `No key in their name${place}.`, at: null }
  const at = findLast(uses)
  const keys = `${many(count, 'key', 'keys')} in their name${place}`
  return at === null ? { says: `${keys}, never used.`, at } : { says: `${keys}, last used`, at }
}

function adminEvidence(uses: readonly KeyUse[]): RecommendationRow['evidence'][number] {
  const count = computeCount(uses)
  if (count === 0) return { says: 'No admin key in their name.', at: null }
  const at = findLast(uses)
  const keys = many(count, 'admin key', 'admin keys')
  return at === null ? { says: `${keys}, never used.`, at } : { says: `${keys}, last used`, at }
}

function computeCount(uses: readonly KeyUse[]): number {
  return uses.reduce((sum, use) => sum + use.keys, 0)
}

function findLast(uses: readonly KeyUse[]): number | null {
  const known = uses.flatMap(({ usedAt }) => usedAt ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

function many(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`
}
