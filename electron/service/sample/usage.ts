import { computeStart, type Day } from '../../../shared/domain/day.ts'
import { MICRO_PER_USD } from '../../../shared/domain/text/money.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import type { ReportedDays } from '../../register/usage/days.ts'
import { share } from './kit/draw.ts'
import { standsOn, type DaysAgo, type KeyPlan, type OrganizationPlan } from './kit/plan.ts'
import { makeScene, type Scene } from './reading.ts'
import { keyId } from './snapshot.ts'
import { modelsOn, tokensFor } from './usage-models.ts'

/** About thirteen months. */
const HISTORY: DaysAgo = 395

/** Usage outside production began later. */
const TRIALS: DaysAgo = 180

/** How far back usage of the keys beyond the first of a project is reported; the register stays quick to load. */
const RECENT: DaysAgo = 64

/** The first key of a project reports two models separately in the last weeks. */
const MIXED: DaysAgo = 40

const KEYS_OF_PROJECT = 2

const WEEKLY: DaysAgo = 7

/** Dollars of a usual month, by the provider's id of the organization. */
const MONTHLY: Readonly<Record<string, number>> = {
  'org-northfold': 640,
  org_01NorthfoldStudio: 380,
  'org-acme-corp': 2100,
  org_01AcmeCorpLabs: 1700,
  'org-quillmarsh-mutual': 4100,
  org_01QuillmarshMutual: 1300,
  'org-vane-orchard': 34,
  org_01TarnbeckRail: 2300,
  org_01HeliotideClinics: 3200,
}

/** A key with an anomaly: since when it spends more, and what multiple. */
const JUMP = { key: 'prod-chatbot-backend', since: 3, times: 6 }

/** One day of one key on one model, as the provider bills it, with who and what it was for. */
export interface KeyDay {
  readonly ago: DaysAgo
  readonly project: string
  readonly key: KeyPlan
  readonly bill: UsageFact
}

export interface SampleUsage {
  /** The provider's reports, as a sync of all the days would read them. */
  readonly reports: readonly ReportedDays[]
  readonly days: readonly KeyDay[]
}

/** A year and a month of usage of one organization, ending yesterday. One day gives one usage. */
export function makeUsage(plan: OrganizationPlan, today: Day): SampleUsage {
  const monthly = MONTHLY[plan.organizationId]
  const last = plan.syncs.at(-1)
  if (monthly === undefined || last === undefined) return { reports: [], days: [] }
  const scene = makeScene(plan, last, today)
  const end = dayNumber(computeStart(today))
  const projects = plan.projects
    .map((project) => ({ ...project, keys: listKeys(plan, project.name) }))
    .filter(({ keys }) => keys.length > 0)
    .map((project) => ({ ...project, weight: computeWeight(plan, project.name) }))
  const weights = projects.reduce((sum, { weight }) => sum + weight, 0)
  const days = projects.flatMap(({ name, keys, weight, from, archived }) =>
    keys.flatMap((key, rank) => {
      const monthOfKey = (monthly * weight * (rank === 0 ? 0.65 : 0.35 / (keys.length - 1))) / weights
      const back = Math.min(from, rank > 0 ? Math.min(RECENT, key.from) : isProduction(name) ? HISTORY : TRIALS)
      return Array.from({ length: back }, (_, n) => back - n)
        .filter((ago) => ago >= (archived ?? 1))
        .flatMap((ago) => keyDays({ scene, project: name, key, rank, end }, ago, monthOfKey))
    }),
  )
  const span = { from: end - HISTORY, to: end }
  const facts = days.map(({ bill }) => bill)
  const used = plan.provider === 'openai' ? 'completions' : 'messages'
  return {
    days,
    reports: [
      { report: 'cost', ...span, facts: facts.map((fact) => costFact(plan, fact)) },
      { report: used, ...span, facts: facts.map((fact) => ({ ...fact, cost: 0 })) },
    ],
  }
}

/** Keys that use the API, including recently removed ones, which keep their names in the history of cost. */
function listKeys(plan: OrganizationPlan, project: string): readonly KeyPlan[] {
  const able = plan.keys.filter((key) => key.project === project && key.kind === 'project' && key.lastUsed !== null)
  const removed = able.filter(({ until }) => until !== undefined)
  const reported = able.filter(({ name }) => name === JUMP.key)
  const rest = able
    .filter((key) => !removed.includes(key) && !reported.includes(key))
    .toSorted((a, b) => share(`spends/${a.name}`) - share(`spends/${b.name}`))
  return [...removed, ...reported, ...rest].slice(0, KEYS_OF_PROJECT + removed.length)
}

function isProduction(name: string): boolean {
  return !/dev|staging|research|test|lab|experiment/iu.test(name)
}

/** Parts of a month by project, where random values would be implausible. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ChatBot: 4,
  Analytics: 1.4,
  'Claims-Prod': 5,
  'Triage-Prod': 4,
  Research: 1.2,
  Default: 0.3,
  'Default project': 0.3,
}

function computeWeight(plan: OrganizationPlan, project: string): number {
  return WEIGHTS[project] ?? (0.3 + share(`weight/${plan.organizationId}/${project}`)) * (isProduction(project) ? 3 : 1)
}

interface Place {
  readonly scene: Scene
  readonly project: string
  readonly key: KeyPlan
  readonly rank: number
  /** Today, counted from 1970-01-01. */
  readonly end: number
}

function keyDays({ scene, project, key, rank, end }: Place, ago: DaysAgo, monthly: number): readonly KeyDay[] {
  const { plan } = scene
  const day = end - ago
  // A key that is used every week was used yesterday too; the sync that reports the last use is older than the usage.
  const idle = key.lastUsed === null ? HISTORY : key.lastUsed <= WEEKLY ? 1 : key.lastUsed
  if (ago < Math.max(1, idle, key.until ?? 0)) return []
  // Day 0 of the count was a Thursday.
  const weekend = (day + 4) % 7 === 0 || (day + 4) % 7 === 6
  const quiet = isProduction(project) ? 0.4 : 0
  if (weekend && quiet === 0) return []
  const seed = `${plan.organizationId}/${project}/${key.name}`
  const growth = 1 + (200 - ago) / 560
  const noise = 0.8 + 0.4 * share(`${seed}/${ago}`)
  const jump = key.name === JUMP.key && ago <= JUMP.since ? JUMP.times : 1
  const cost = ((monthly * MICRO_PER_USD) / 26) * growth * noise * jump * (weekend ? quiet : 1)
  // Before the key was made its predecessor spent; only its id at the provider remains.
  const external = standsOn(key, ago) ? keyId(plan, scene, key) : scene.id('key_', `former/${seed}`, 16)
  return modelsOn(plan.provider, seed, ago, rank === 0 && ago <= MIXED).map(([model, part]) => {
    const billed = Math.round(cost * part)
    return {
      ago,
      project,
      key,
      bill: {
        day,
        project: scene.projectId(project),
        key: external,
        principal: findOwner(scene, key),
        model,
        item: '',
        ...tokensFor(plan.provider, model, billed, 0.04 * share(`discount/${seed}`)),
        cost: billed,
      },
    }
  })
}

function findOwner(scene: Scene, { owner }: KeyPlan): string | null {
  if (owner.is === 'unknown') return null
  return owner.is === 'person' ? scene.userId(owner.email) : scene.accountId(owner.name)
}

/** OpenAI reports costs by line item and without a person; Anthropic reports the person. */
function costFact(plan: OrganizationPlan, fact: UsageFact): UsageFact {
  const bare = { ...fact, requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, estimate: 0 }
  return plan.provider === 'openai' ? { ...bare, principal: null, item: `${fact.model ?? ''}, tokens` } : bare
}
