/** The measures that are compared, each by itself: money in micro-USD, tokens of input and output, requests. */
export const COVERAGE_MEASURES = ['cost', 'tokens', 'requests'] as const
export type ReconciliationMeasure = (typeof COVERAGE_MEASURES)[number]

export type ReconciliationAmounts = Readonly<Record<ReconciliationMeasure, number>>

/** Usage of one day, one project and one model. Empty text means that the value was not reported. */
export interface ReconciliationUse {
  /** Days since 1970-01-01, UTC. */
  readonly day: number
  readonly project: string
  readonly model: string
  readonly amounts: ReconciliationAmounts
}

/** The report of both sources for one day, project and model. */
export interface ReconciliationCell {
  readonly day: number
  readonly project: string
  readonly model: string
  readonly sides: Readonly<Record<ReconciliationMeasure, ReconciliationSides>>
}

/**
 * `claimed` is the amount of internal records. It includes `shared`: the part of the day and the model from records
 * without a project.
 */
export interface ReconciliationSides {
  readonly billed: number
  readonly claimed: number
  readonly shared: number
}

export interface Reconciliation extends ReconciliationSides {
  readonly covered: number
  readonly uncovered: number
  readonly overClaimed: number
}

/**
 * Compares internal records with bills, for each day, project and model. Records without a project are first compared
 * with bills without one; the rest is divided among the projects whose bills of the same day and model are not covered,
 * in proportion to what is missing there, and what still remains has no project. So the records of a program that does
 * not know projects cover bills by day and by model, and the project is never guessed.
 */
export function reconcile(
  billed: readonly ReconciliationUse[],
  claimed: readonly ReconciliationUse[],
): ReconciliationCell[] {
  const cells = new Map<string, MutableCell>()
  for (const use of billed) add(cellFor(cells, use), 'billed', use.amounts)
  for (const use of claimed) add(cellFor(cells, use), 'claimed', use.amounts)
  for (const alike of Map.groupBy(cells.values(), ({ day, model }) => JSON.stringify([day, model])).values()) {
    const unreported = alike.find(({ project }) => project === '')
    if (unreported === undefined) continue
    for (const measure of COVERAGE_MEASURES) shareOut(unreported, alike, measure)
  }
  return [...cells.values()]
}

/**
 * Covered is what both sources report, uncovered what only the bill reports, over-reported what only internal records
 * report.
 */
export function computeReconciliation({ billed, claimed, shared }: ReconciliationSides): Reconciliation {
  // A bill below zero is a credit: it contains nothing that internal records could cover.
  const covered = Math.min(claimed, Math.max(0, billed))
  return { billed, claimed, shared, covered, uncovered: billed - covered, overClaimed: claimed - covered }
}

export const NO_COVERAGE: Reconciliation = {
  billed: 0,
  claimed: 0,
  shared: 0,
  covered: 0,
  uncovered: 0,
  overClaimed: 0,
}

/** The sum of all of them. */
export function sumReconciliation(parts: Iterable<Reconciliation>): Reconciliation {
  let sum = NO_COVERAGE
  for (const part of parts) {
    sum = {
      billed: sum.billed + part.billed,
      claimed: sum.claimed + part.claimed,
      shared: sum.shared + part.shared,
      covered: sum.covered + part.covered,
      uncovered: sum.uncovered + part.uncovered,
      overClaimed: sum.overClaimed + part.overClaimed,
    }
  }
  return sum
}

/**
 * Per cent of what is billed, to a tenth; `covered` is rounded down, so that 100 means all. Null if nothing is billed.
 */
export interface ReconciliationPercent {
  readonly covered: number
  readonly uncovered: number
  readonly overClaimed: number
}

/** Shares of what is billed, in per cent to a tenth, rounded down for what is covered. Null if nothing is billed. */
export function percentOfBilled({ billed, covered, overClaimed }: Reconciliation): ReconciliationPercent | null {
  if (billed <= 0) return null
  const tenths = Math.floor((Math.min(covered, billed) / billed) * 1000)
  return {
    covered: tenths / 10,
    uncovered: (1000 - tenths) / 10,
    overClaimed: Math.round((overClaimed / billed) * 1000) / 10,
  }
}

/**
 * True if at least this percentage of what is billed is covered; false if nothing is billed, since nothing proves it.
 */
export function isCoveredTo({ billed, covered }: Reconciliation, percent: number): boolean {
  return billed > 0 && covered * 100 >= percent * billed
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

interface MutableCell {
  readonly day: number
  readonly project: string
  readonly model: string
  readonly sides: Readonly<Record<ReconciliationMeasure, Mutable<ReconciliationSides>>>
}

const noSides = (): Mutable<ReconciliationSides> => ({ billed: 0, claimed: 0, shared: 0 })

function cellFor(cells: Map<string, MutableCell>, { day, project, model }: ReconciliationUse): MutableCell {
  const id = JSON.stringify([day, project, model])
  const known = cells.get(id)
  if (known !== undefined) return known
  const cell = { day, project, model, sides: { cost: noSides(), tokens: noSides(), requests: noSides() } }
  cells.set(id, cell)
  return cell
}

function add(cell: MutableCell, side: 'billed' | 'claimed', amounts: ReconciliationAmounts): void {
  for (const measure of COVERAGE_MEASURES) cell.sides[measure][side] += amounts[measure]
}

function shareOut(unreported: MutableCell, alike: readonly MutableCell[], measure: ReconciliationMeasure): void {
  const own = unreported.sides[measure]
  const free = computeReconciliation(own).overClaimed
  const open = alike
    .filter((cell) => cell !== unreported)
    .map((cell) => ({
      sides: cell.sides[measure],
      missing: Math.max(0, computeReconciliation(cell.sides[measure]).uncovered),
    }))
    .filter(({ missing }) => missing > 0)
  const wanted = open.reduce((sum, { missing }) => sum + missing, 0)
  const given = Math.min(free, wanted)
  if (given <= 0) return
  let [before, handed] = [0, 0]
  for (const { sides, missing } of open) {
    before += missing
    // Rounds the running sum, so that the parts add up to the whole to the last micro-USD.
    const upTo = Number((BigInt(given) * BigInt(before)) / BigInt(wanted))
    sides.claimed += upTo - handed
    sides.shared += upTo - handed
    handed = upTo
  }
  own.claimed -= given
}
