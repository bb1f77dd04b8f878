import type { Day } from '../../../shared/domain/day.ts'
import { startOf } from '../../../shared/domain/day.ts'
import type { Fact } from '../../../shared/domain/facts.ts'
import { impliedProjectRole, levelOf, type RoleScope } from '../../../shared/domain/role.ts'
import type { SourceName, SourceOutcome } from '../../../shared/domain/source.ts'
import type { SourcedFacts } from '../../register/apply/reading.ts'
import { between, letters } from './draw.ts'
import type { DaysAgo, OrganizationPlan, OwnerPlan, PersonPlan } from './plan.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Rows of one list as a provider would answer it: the facts in it and how many rows they came from. */
export interface Answer {
  readonly source: SourceName
  readonly project: string | null
  readonly facts: readonly Fact[]
  /** Left out: one row a fact. */
  readonly rows?: number
}

/** What one sync read. */
export interface SampleSync {
  /** Milliseconds since the epoch, UTC. */
  readonly startedAt: number
  readonly finishedAt: number
  readonly facts: readonly SourcedFacts[]
  readonly outcomes: readonly SourceOutcome[]
}

/** One day of one organization: turns the plan's names and days into ids and instants. */
export interface Scene {
  readonly plan: OrganizationPlan
  readonly day: DaysAgo
  /** When the sync of this day began. */
  readonly at: number
  instant(day: DaysAgo, seed: string): number
  /** An instant no later than this day's sync; null stays null. */
  seenUse(day: DaysAgo | null, seed: string): number | null
  id(prefix: string, seed: string, length?: number): string
  userId(email: string): string
  accountId(name: string): string
  projectId(name: string): string
}

export function sceneOf(plan: OrganizationPlan, day: DaysAgo, today: Day): Scene {
  // Working hours before noon UTC, so that nothing of yesterday is still ahead of us in any time zone.
  const instant = (ago: DaysAgo, seed: string): number =>
    startOf(today) - ago * DAY + between(`minute/${seed}`, 6 * 60, 9 * 60) * 60_000
  const at = startOf(today) - day * DAY + 9 * HOUR + 30 * 60_000
  const id = (prefix: string, seed: string, length = 20): string =>
    `${prefix}${letters(`${plan.organizationId}/${prefix}/${seed}`, length)}`
  const openai = plan.provider === 'openai'
  return {
    plan,
    day,
    at,
    instant,
    seenUse: (ago, seed) => (ago === null ? null : instant(Math.max(ago, day), seed)),
    id,
    userId: (email) => (openai ? id('user-', email) : id('user_01', email)),
    accountId: (name) => (openai ? id('svc_acct_', name, 12) : id('svac_01', name)),
    projectId: (name) => (openai ? id('proj_', name, 16) : id('wrkspc_01', name)),
  }
}

export function personWith(plan: OrganizationPlan, email: string): PersonPlan | undefined {
  return plan.people.find((one) => one.email === email)
}

/** Who the provider names as a key's owner: it goes on naming people who have left. */
export function ownerFact(
  scene: Scene,
  owner: OwnerPlan,
): {
  readonly externalId: string
  readonly kind: 'user' | 'service-account'
  readonly name: string | null
  readonly email: string | null
} | null {
  if (owner.is === 'person') {
    const name = personWith(scene.plan, owner.email)?.name ?? null
    return { externalId: scene.userId(owner.email), kind: 'user', name, email: owner.email }
  }
  if (owner.is === 'account') {
    return { externalId: scene.accountId(owner.name), kind: 'service-account', name: owner.name, email: null }
  }
  return null
}

export function grantFact(
  scene: Scene,
  principal: string,
  project: string | null,
  roleRaw: string,
  grantedAt: number | null,
): Fact {
  const provider = scene.plan.provider
  const scope: RoleScope = project === null ? 'organization' : 'project'
  const implied = project === null ? impliedProjectRole(provider, roleRaw) : null
  return {
    type: 'grant',
    principal,
    project,
    roleRaw,
    level: levelOf(provider, scope, roleRaw),
    impliedRoleRaw: implied,
    impliedLevel: implied === null ? null : levelOf(provider, 'project', implied),
    grantedAt,
  }
}

/** Puts answers together as a sync would have: what was denied that day is on record with its reason and without facts. */
export function syncOf(scene: Scene, answers: readonly Answer[]): SampleSync {
  const denied = (source: SourceName): string | undefined =>
    scene.plan.denied.find((one) => one.source === source && one.since >= scene.day)?.reason
  const outcomes = answers.map((answer): SourceOutcome => {
    const reason = denied(answer.source)
    const fetched = reason === undefined ? (answer.rows ?? answer.facts.length) : 0
    return {
      source: answer.source,
      project: answer.project,
      state: reason === undefined ? 'complete' : 'denied',
      expected: null,
      fetched,
      excluded: [],
      reason: reason ?? null,
    }
  })
  return {
    startedAt: scene.at,
    finishedAt: scene.at + between(`took/${scene.plan.organizationId}`, 4000, 19_000),
    facts: answers
      .filter((answer) => denied(answer.source) === undefined)
      .map(({ source, project, facts }) => ({ source, project, facts })),
    outcomes,
  }
}
