/** What is laid side by side, each by itself: money in micro-USD, tokens of input and output, requests. */
export const COVERAGE_MEASURES = ['cost', 'tokens', 'requests'] as const
export type ReconciliationMeasure = (typeof COVERAGE_MEASURES)[number]

export type ReconciliationAmounts = Readonly<Record<ReconciliationMeasure, number>>

/** Some use of one day, one project and one model. The empty word is what was not told. */
export interface ReconciliationUse {
  /** Days since 1970-01-01, UTC. */
  readonly day: number
  readonly project: string
  readonly model: string
  readonly amounts: ReconciliationAmounts
}

/** What both sides say of one day, project and model. */
export interface ReconciliationCell {
  readonly day: number
  readonly project: string
  readonly model: string
  readonly sides: Readonly<Record<ReconciliationMeasure, ReconciliationSides>>
}

/** `claimed` holds `shared`: what records that name no project claim of the day and the model. */
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
 * Lays claims beside bills, day by day, project by project, model by model. Claims that name no project are first held
 * against bills that name none; what is left is shared out among the projects whose bills of the same day and model are not
 * covered, in proportion to what is missing there, and what is still left stays with no project. So the records of a
 * program that never heard of projects cover bills by day and by model, and nobody has to guess which project was meant.
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

/** Covered is what both sides say, uncovered what only the bill says, over-claimed what only the claim says. */
export function computeReconciliation({ billed, claimed, shared }: ReconciliationSides): Reconciliation {
  // A bill below zero is a credit: there is nothing in it that a claim could cover.
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

/** All of them together. */
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

/** Per cent of what is billed, to a tenth; `covered` is rounded down, so that 100 means all. Null where nothing is billed. */
export interface ReconciliationPercent {
  readonly covered: number
  readonly uncovered: number
  readonly overClaimed: number
}

/**
 * Shares of what is billed, in per cent to a tenth, rounded down where they are covered. Null where nothing is
 * billed.
 */
export function percentOfBilled({ billed, covered, overClaimed }: Reconciliation): ReconciliationPercent | null {
  if (billed <= 0) return null
  const tenths = Math.floor((Math.min(covered, billed) / billed) * 1000)
  return {
    covered: tenths / 10,
    uncovered: (1000 - tenths) / 10,
    overClaimed: Math.round((overClaimed / billed) * 1000) / 10,
  }
}

/** Whether at least so many per cent of what is billed are covered; false where nothing is billed, since nothing shows it. */
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
    // Up to here all together, so that the parts add up to the whole to the last micro-USD.
    const upTo = Number((BigInt(given) * BigInt(before)) / BigInt(wanted))
    sides.claimed += upTo - handed
    sides.shared += upTo - handed
    handed = upTo
  }
  own.claimed -= given
}
