import type { Day } from '../day.ts'
import type { Matter, TodayClient } from './matter.ts'
import { addWeights, type Band, compareRanked, computeScore, findBand, type Weight } from './rank.ts'

/** One row of Today: the matters that one sentence and one action cover. */
export interface Row {
  /** The key of its matters, or the name of their group where several subjects were joined. */
  readonly id: string
  readonly band: Band
  readonly score: number
  readonly weight: Weight
  readonly matters: readonly [Matter, ...Matter[]]
  /** How many subjects it joins; 1 for a row of its own. */
  readonly joined: number
  /** True if rows of the same group come before it, so that it is about further ones. */
  readonly isRest: boolean
}

interface Group {
  readonly name: string
  /** How many of its subjects have a row of their own; the others are joined. */
  readonly own: number
}

/**
 * How many subjects of each kind get a row of their own, most pressing first. Keys, invites, remediation items and
 * findings of one rule are counted by client, so that one row covers them already.
 */
function findGroup({ key, subject, risk }: Matter): Group {
  switch (subject.kind) {
    case 'leaver':
      return { name: 'leavers', own: 3 }
    case 'connection':
      return { name: `connections-${subject.problem}`, own: 2 }
    case 'review':
      return { name: 'reviews', own: 3 }
    case 'budget':
      return { name: 'budgets', own: 3 }
    case 'report':
      return { name: 'reports', own: 1 }
    case 'finding':
      return { name: `findings-${risk}`, own: { critical: 4, high: 3, medium: 1, low: 0 }[risk] }
    case 'keys':
    case 'remediation':
    case 'usage':
    case 'invites':
      return { name: key, own: 1 }
    default:
      return subject satisfies never
  }
}

interface SubjectRow {
  readonly key: string
  readonly group: Group
  readonly matters: readonly [Matter, ...Matter[]]
  readonly weight: Weight
  readonly score: number
}

/**
 * The rows of some matters in their order. Matters with one key are one row, whatever the number of their clients. Of
 * each group the most pressing subjects have their own rows, and the others are joined into one, which is ranked by the
 * most pressing of them.
 */
export function makeRows(matters: readonly Matter[], today: Day): Row[] {
  return [...groupSubjects(matters)]
    .flatMap(([name, members]) => toGroupRows(name, members, today))
    .toSorted(compareRanked)
}

/** The rows of some matters, none joined with others, so that each can be decided about by itself. */
export function makeSingleRows(matters: readonly Matter[], today: Day): Row[] {
  return toSubjects(matters)
    .map((subject) => toRow(subject, today))
    .toSorted(compareRanked)
}

/** The matters that an id names: those with this key, or else those of the group with this name. */
export function findMatters(matters: readonly Matter[], id: string): Matter[] {
  const own = matters.filter(({ key }) => key === id)
  if (own.length > 0) return own
  return (groupSubjects(matters).get(id) ?? []).flatMap((subject) => subject.matters)
}

function toSubjects(matters: readonly Matter[]): SubjectRow[] {
  return [...Map.groupBy(matters, ({ key }) => key)].map(([key, own]) => toSubject(key, own))
}

function groupSubjects(matters: readonly Matter[]): ReadonlyMap<string, readonly SubjectRow[]> {
  return Map.groupBy(toSubjects(matters), ({ group }) => group.name)
}

function toSubject(key: string, own: readonly Matter[]): SubjectRow {
  const sorted = own.toSorted(
    (a, b) => computeScore(b) - computeScore(a) || a.client.slug.localeCompare(b.client.slug),
  ) as [Matter, ...Matter[]]
  const weight = addWeights(sorted)
  return { key, group: findGroup(sorted[0]), matters: sorted, weight, score: computeScore(weight) }
}

function toRow({ key, matters, weight, score }: SubjectRow, today: Day): Row {
  return { id: key, band: findBand(weight, today), score, weight, matters, joined: 1, isRest: false }
}

function toGroupRows(name: string, members: readonly SubjectRow[], today: Day): Row[] {
  const sorted = members.toSorted((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
  const own = sorted[0]?.group.own ?? 0
  const rest = sorted.length > own + 1 ? sorted.slice(own) : []
  const rows = sorted.slice(0, sorted.length - rest.length).map((subject) => toRow(subject, today))
  const [first, ...others] = rest
  if (first === undefined) return rows
  return [
    ...rows,
    {
      id: name,
      band: findBand(first.weight, today),
      score: first.score,
      weight: first.weight,
      matters: [...first.matters, ...others.flatMap(({ matters }) => matters)],
      joined: rest.length,
      isRest: rows.length > 0,
    },
  ]
}

/** The clients of a row, each once, most pressing first. */
export function listClients(row: Pick<Row, 'matters'>): TodayClient[] {
  return [...new Map(row.matters.map(({ client }) => [client.slug, client])).values()]
}
