import { addDays, type Day } from '../day.ts'
import type { Matter, Risk } from './matter.ts'

/** The groups of the queue, in order. */
export const BANDS = ['now', 'week', 'later'] as const
export type Band = (typeof BANDS)[number]

/** The weight of a row: the worst of its matters, all that they concern, and the oldest. */
export type Weight = Pick<Matter, 'risk' | 'reach' | 'age' | 'by'>

const POINTS: Readonly<Record<Risk, number>> = { critical: 16, high: 8, medium: 4, low: 2 }

/** From this age on, in days, waiting longer adds nothing. */
const OLD_DAYS = 90

/** From this number on, concerning more adds nothing. */
const WIDE = 100

/** The scores from which something belongs to today and to this week. */
const NOW_FROM = 16
const WEEK_FROM = 8

/**
 * The score: risk × reach × age. Risk is 16, 8, 4 or 2 points (critical to low). Reach is 1 for one thing, 1.5 for ten,
 * 2 for a hundred and more. Age is 1 for today, 1.5 for 90 days and more. So a critical matter is always at least 16,
 * and a high one reaches 16 when it is both wide and old.
 */
export function computeScore({ risk, reach, age }: Weight): number {
  const wide = 1 + Math.log10(Math.min(WIDE, Math.max(1, reach))) / 2
  const old = 1 + Math.min(OLD_DAYS, Math.max(0, age)) / OLD_DAYS / 2
  return POINTS[risk] * wide * old
}

/** The group of a row: by its score, and at least `week` for what has to be done within seven days. */
export function findBand(weight: Weight, today: Day): Band {
  const score = computeScore(weight)
  if (score >= NOW_FROM) return 'now'
  return score >= WEEK_FROM || (weight.by !== null && weight.by <= addDays(today, 7)) ? 'week' : 'later'
}

/** The points of a risk, as a number that grows with it. */
export function riskPoints(risk: Risk): number {
  return POINTS[risk]
}

/** The weight of several matters together. */
export function addWeights(weights: readonly Weight[]): Weight {
  const days = weights.flatMap(({ by }) => by ?? [])
  return {
    risk: weights.reduce<Risk>((worst, { risk }) => (POINTS[risk] > POINTS[worst] ? risk : worst), 'low'),
    reach: weights.reduce((sum, { reach }) => sum + Math.max(1, reach), 0),
    age: Math.max(0, ...weights.map(({ age }) => age)),
    by: days.length === 0 ? null : days.reduce((first, day) => (day < first ? day : first)),
  }
}

interface QueueRank {
  readonly id: string
  readonly band: Band
  readonly score: number
}

/** The order of rows: by group, then by score, then by id, so that it never depends on the order they were read in. */
export function compareRanked(a: QueueRank, b: QueueRank): number {
  return BANDS.indexOf(a.band) - BANDS.indexOf(b.band) || b.score - a.score || (a.id < b.id ? -1 : Number(a.id > b.id))
}
