import { computeStart, type Day } from '../../../shared/domain/day.ts'
import { MICRO_PER_USD } from '../../../shared/domain/text/money.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import type { ReportedDays } from '../../register/usage/days.ts'
import type { OrganizationDescription, FileContent } from './client.ts'
import { share } from './draw.ts'
import { modelsOn, tokensFor, type Vendor } from './usage-models.ts'

/** About thirteen months. All are days before today. */
const HISTORY = 395

/** Usage outside production began later. */
const TRIALS = 180

/** How far back usage of the keys beyond the first of a project is reported; the register stays quick to load. */
const RECENT = 64

/** The first key of a project reports two models separately in the last weeks. */
const MIXED = 40

const KEYS_OF_PROJECT = 2

const WEEKLY = 7

/** A key with an anomaly: since when it spends more, and what multiple. */
const JUMP = { key: 'prod-chatbot-backend', since: 3, times: 6 }

type Project = NonNullable<FileContent['projects']>[number]
type Key = NonNullable<FileContent['keys']>[number]

/** One day of one key on one model, as the provider bills it, with who and what it was for. */
export interface KeyDay {
  readonly ago: number
  readonly project: string
  readonly key: Key
  readonly bill: UsageFact
}

export interface SampleUsage {
  /** The provider's reports, as a sync of all the days would read them. */
  readonly reports: readonly ReportedDays[]
  readonly days: readonly KeyDay[]
}

/** A year and a month of usage of one organization, ending yesterday. One day gives one usage. */
export function makeUsage(organization: OrganizationDescription, today: Day): SampleUsage {
  const { now, monthlyUsd, provider } = organization
  if (now === undefined || monthlyUsd === undefined) return { reports: [], days: [] }
  const end = dayNumber(computeStart(today))
  const projects = (now.projects ?? [])
    .map((project) => ({ project, keys: listKeys(organization, project), weight: computeWeight(project, provider) }))
    .filter(({ keys }) => keys.length > 0)
  const weights = projects.reduce((sum, { weight }) => sum + weight, 0)
  const days = projects.flatMap(({ project, keys, weight }) =>
    keys.flatMap((key, rank) => {
      const monthly = (monthlyUsd * weight * (rank === 0 ? 0.65 : 0.35 / (keys.length - 1))) / weights
      const most = rank > 0 ? Math.min(RECENT, toAgo(key.createdAt, end)) : isProduction(project) ? HISTORY : TRIALS
      const back = Math.min(toAgo(project.createdAt, end), most)
      const last = Math.max(1, toAgo(project.archivedAt, end), lastDay(organization, key, end))
      return Array.from({ length: Math.max(0, back - last + 1) }, (_, n) => back - n).flatMap((ago) =>
        keyDays({ organization, project, key, rank, end }, ago, monthly),
      )
    }),
  )
  const span = { from: end - HISTORY, to: end }
  const facts = days.map(({ bill }) => bill)
  const used = provider === 'anthropic' ? 'messages' : 'completions'
  return {
    days,
    reports: [
      { report: 'cost', ...span, facts: facts.map((fact) => costFact(organization, fact)) },
      { report: used, ...span, facts: facts.map((fact) => ({ ...fact, cost: 0 })) },
    ],
  }
}

/** Days before today; 0 for none. */
function toAgo(instant: string | null | undefined, end: number): number {
  return instant ? end - dayNumber(Date.parse(instant)) : 0
}

/** The last day of a key's usage, before today: of the last sync for one that was removed by then. */
function lastDay({ before, syncs }: OrganizationDescription, key: Key, end: number): number {
  const removed = before.keys?.includes(key) === true ? toAgo(syncs.at(-1), end) : 0
  const idle = toAgo(key.lastUsedAt, end)
  // A key that is used every week was used yesterday too; the sync that reports the last use is older than the usage.
  return Math.max(removed, idle <= WEEKLY ? 1 : idle)
}

/** Keys that use the API, including recently removed ones, which keep their names in the history of cost. */
function listKeys({ now, before }: OrganizationDescription, { id }: Project): readonly Key[] {
  const isUsed = ({ project, kind = 'project', lastUsedAt, status }: Key): boolean =>
    project === id && kind === 'project' && lastUsedAt !== null && status === 'active'
  const [removed, able] = [(before.keys ?? []).filter(isUsed), (now?.keys ?? []).filter(isUsed)]
  const reported = able.filter(({ name }) => name === JUMP.key)
  const rest = able
    .filter((key) => !reported.includes(key))
    .toSorted((a, b) => share(`spends/${a.name}`) - share(`spends/${b.name}`))
  return [...removed, ...reported, ...rest].slice(0, KEYS_OF_PROJECT + removed.length)
}

function isProduction({ name }: Project): boolean {
  return !/dev|staging|research|test|lab|experiment/iu.test(name)
}

/** Parts of a month by project, where random values would be implausible. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ChatBot: 4,
  Analytics: 1.4,
  'Claims-Prod': 5,
  'Triage-Prod': 4,
  Research: 0.8,
  Default: 0.3,
  'Default project': 0.3,
}

function computeWeight(project: Project, provider: string): number {
  const drawn = (0.3 + share(`weight/${provider}/${project.name}`)) * (isProduction(project) ? 3 : 1)
  return WEIGHTS[project.name] ?? drawn
}

interface Place {
  readonly organization: OrganizationDescription
  readonly project: Project
  readonly key: Key
  readonly rank: number
  /** Today, counted from 1970-01-01. */
  readonly end: number
}

function keyDays({ organization, project, key, rank, end }: Place, ago: number, monthly: number): readonly KeyDay[] {
  const { provider, label } = organization
  const day = end - ago
  // Day 0 of the count was a Thursday.
  const weekend = (day + 4) % 7 === 0 || (day + 4) % 7 === 6
  const quiet = isProduction(project) ? 0.4 : 0
  if (weekend && quiet === 0) return []
  const seed = `${label}/${project.name}/${key.name}`
  const growth = 1 + (200 - ago) / 560
  const noise = 0.8 + 0.4 * share(`${seed}/${ago}`)
  const jump = key.name === JUMP.key && ago <= JUMP.since ? JUMP.times : 1
  const cost = ((monthly * MICRO_PER_USD) / 26) * growth * noise * jump * (weekend ? quiet : 1)
  const vendor: Vendor = provider === 'anthropic' || provider === 'openrouter' ? 'anthropic' : 'openai'
  return modelsOn(vendor, seed, ago, rank === 0 && ago <= MIXED).map(([model, part]) => {
    const billed = Math.round(cost * part)
    return {
      ago,
      project: project.name,
      key,
      bill: {
        day,
        project: project.id,
        // Before the key was made its predecessor spent; only its id at the provider remains.
        key: ago <= toAgo(key.createdAt, end) ? key.id : `${key.id}_former`,
        principal: key.owner ?? null,
        model: provider === 'openrouter' ? `${vendor}/${model}` : model,
        item: '',
        ...tokensFor(vendor, model, billed, 0.04 * share(`discount/${seed}`)),
        cost: billed,
      },
    }
  })
}

/** OpenAI reports costs by line item and without a person; the others report the person. */
function costFact({ provider }: OrganizationDescription, fact: UsageFact): UsageFact {
  const bare = { ...fact, requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0, estimate: 0 }
  return provider === 'openai' ? { ...bare, principal: null, item: `${fact.model ?? ''}, tokens` } : bare
}
