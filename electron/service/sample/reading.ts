import { type Day, DAY_MS } from '../../../shared/domain/day.ts'
import { computeStart } from '../../../shared/domain/day.ts'
import type { Fact, KeyFact } from '../../../shared/domain/facts.ts'
import type { RoleScope } from '../../../shared/domain/role.ts'
import type { Exclusion, SourceName, SourceOutcome } from '../../../shared/domain/source.ts'
import type { SourcedFacts } from '../../register/apply/reading.ts'
import { between, letters } from './kit/draw.ts'
import { standsOn, type DaysAgo, type OrganizationPlan, type OwnerPlan, type PersonPlan } from './kit/plan.ts'
import { impliedProjectRole, getLevel } from '../../../shared/domain/providers/roles.ts'

const HOUR = 3_600_000

/** Rows of one list as a provider would return them: the facts in it and how many rows they came from. */
export interface Answer {
  readonly source: SourceName
  readonly project: string | null
  readonly facts: readonly Fact[]
  /** Left out: one row a fact. */
  readonly rows?: number
  readonly excluded?: readonly Exclusion[]
}

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

export function makeScene(plan: OrganizationPlan, day: DaysAgo, today: Day): Scene {
  // Working hours before noon UTC, so that nothing of yesterday is in the future in any time zone.
  const instant = (ago: DaysAgo, seed: string): number =>
    computeStart(today) - ago * DAY_MS + between(`minute/${seed}`, 6 * 60, 9 * 60) * 60_000
  const at = computeStart(today) - day * DAY_MS + 9 * HOUR + 30 * 60_000
  // The bill names the same ids every day of a year.
  const drawn = new Map<string, string>()
  const id = (prefix: string, seed: string, length = 20): string => {
    const whole = `${plan.organizationId}/${prefix}/${seed}`
    const known = drawn.get(whole) ?? `${prefix}${letters(whole, length)}`
    drawn.set(whole, known)
    return known
  }
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

/**
 * The owner of a key. OpenAI continues to name people who have left. A key of an Anthropic workspace outlives its
 * creator: it then has no owner, and only an id of the creator remains.
 */
export function ownership(scene: Scene, owner: OwnerPlan): Pick<KeyFact, 'ownerState' | 'owner'> {
  if (owner.is === 'unknown') return { ownerState: 'unknown', owner: null }
  if (owner.is === 'account') {
    const { name } = owner
    return {
      ownerState: 'known',
      owner: { externalId: scene.accountId(name), kind: 'service-account', name, email: null },
    }
  }
  const { email } = owner
  const who = personWith(scene.plan, email)
  const known = { externalId: scene.userId(email), kind: 'user', name: who?.name ?? null, email } as const
  if (scene.plan.provider === 'openai' || (who !== undefined && standsOn(who, scene.day))) {
    return { ownerState: 'known', owner: known }
  }
  return { ownerState: 'none', owner: { ...known, name: null, email: null } }
}

export function grantFact(
  scene: Scene,
  principal: string,
  project: string | null,
  roleRaw: string,
  grantedAt: number | null,
  everywhere: string | null = null,
): Fact {
  const provider = scene.plan.provider
  const scope: RoleScope = project === null ? 'organization' : 'project'
  const implied = project === null ? (everywhere ?? impliedProjectRole(provider, roleRaw)) : null
  return {
    type: 'grant',
    principal,
    project,
    roleRaw,
    level: getLevel(provider, scope, roleRaw),
    impliedRoleRaw: implied,
    impliedLevel: implied === null ? null : getLevel(provider, 'project', implied),
    grantedAt,
  }
}

/**
 * Combines answers as a sync would have: a list that was denied that day is recorded with its reason and without facts.
 */
export function makeSync(scene: Scene, answers: readonly Answer[]): SampleSync {
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
      excluded: reason === undefined ? (answer.excluded ?? []) : [],
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

/** A sync that ended at its first list, because the provider rejected the admin key. */
export function makeRejected(scene: Scene, reason: string): SampleSync {
  const outcome = {
    source: 'projects',
    project: null,
    state: 'failed',
    expected: null,
    fetched: 0,
    excluded: [],
    fault: 'refused',
  } as const
  return { startedAt: scene.at, finishedAt: scene.at + 1200, facts: [], outcomes: [{ ...outcome, reason }] }
}
