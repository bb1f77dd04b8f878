import type { ClientRef } from '../../../shared/contract/common.ts'
import type {
  ReconciliationBy,
  ReconciliationRow,
  ReconciliationSums,
  ReconciliationTotal,
  UnmatchedProject,
} from '../../../shared/contract/reconciliation.ts'
import {
  type Reconciliation,
  computeReconciliation,
  type ReconciliationCell,
  type ReconciliationUse,
  NO_COVERAGE,
  percentOfBilled,
  reconcile,
  sumReconciliation,
  type ReconciliationMeasure,
} from '../../../shared/domain/usage/reconciliation.ts'
import { dayText } from '../../../shared/domain/usage/rollups.ts'
import { modelFamily } from '../../../shared/domain/usage/model-family.ts'
import { projectMatcher } from '../../../shared/domain/usage/project-match.ts'
import { USAGE_SOURCES } from '../../../shared/domain/usage/source.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { Scope } from '../../register/db/scope.ts'
import {
  clientsById,
  type ReconciliationProject,
  listProjects,
  spentCells,
  type SpentCell,
} from '../../register/usage/reconciliation.ts'
import { readPricePins } from '../../register/usage/price-pins.ts'
import { estimateFor, type PriceTable } from '../prices/price-table.ts'

/** The key of internal records whose project is unknown: no provider's id begins with a null byte. */
const UNMATCHED = '\0unmatched'

/** One cell of a client, and how much of its money is estimated. */
interface Part {
  readonly client: ClientRef
  readonly projects: ReadonlyMap<string, ReconciliationProject>
  readonly cell: ReconciliationCell
  readonly estimatedClaim: number
  readonly estimatedBill: number
}

export interface ReconciliationAnswer {
  readonly rows: ReconciliationRow[]
  readonly total: ReconciliationTotal
  readonly unmatched: UnmatchedProject[]
}

/** A month of internal records beside bills, grouped by one dimension. Months count from January 1970. */
export function reconciliation(
  reader: Reader,
  table: PriceTable,
  { scope, month, by }: { readonly scope: Scope; readonly month: number; readonly by: ReconciliationBy },
): ReconciliationAnswer {
  const sides = USAGE_SOURCES.flatMap((source) => spentCells(reader, scope, source, month))
  const spent = Map.groupBy(sides, ({ clientId }) => clientId)
  const clients = clientsById(reader, [...spent.keys()])
  const parts: Part[] = []
  const unmatched: UnmatchedProject[] = []
  for (const [clientId, cells] of spent) {
    const client = clients.get(clientId)
    if (client === undefined) continue
    const of = reconcileClient(reader, table, clientId, cells)
    parts.push(...of.parts.map((part) => ({ ...part, client, projects: of.projects })))
    unmatched.push(...of.unmatched.map((one) => ({ ...one, client })))
  }
  const groups = Map.groupBy(parts, (part) => getPlace(part, by).rowKey)
  const rows = [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...getPlace(first, by), ...sumParts([first, ...others]) }],
  )
  return {
    rows: rows.toSorted(by === 'day' ? byName : byBilled),
    total: sumParts(parts),
    unmatched: unmatched.toSorted((a, b) => b.cost - a.cost || b.tokens - a.tokens),
  }
}

function byName(a: ReconciliationRow, b: ReconciliationRow): number {
  return (a.name ?? '').localeCompare(b.name ?? '')
}

function byBilled(a: ReconciliationRow, b: ReconciliationRow): number {
  return (
    b.cost.billed - a.cost.billed ||
    b.cost.claimed - a.cost.claimed ||
    b.tokens.billed - a.tokens.billed ||
    a.rowKey.localeCompare(b.rowKey)
  )
}

function reconcileClient(reader: Reader, table: PriceTable, clientId: number, cells: readonly SpentCell[]) {
  const projects = new Map<string, ReconciliationProject>()
  for (const { connectionId, project, projectName } of cells) {
    if (connectionId !== 0 && project !== '') projects.set(project, { id: project, name: projectName, ref: null })
  }
  for (const project of listProjects(reader, clientId)) projects.set(project.id, project)
  const match = projectMatcher([...projects.values()])
  const estimate = estimateFor(table, readPricePins(reader, clientId), clientId)
  const billing = new Set(cells.filter(({ cost }) => cost !== 0).map(({ connectionId }) => connectionId))
  const unmatched = new Map<string, Omit<UnmatchedProject, 'client'>>()
  const estimated = new Map<string, { claim: number; bill: number }>()
  const sides: { readonly billed: ReconciliationUse[]; readonly claimed: ReconciliationUse[] } = {
    billed: [],
    claimed: [],
  }
  for (const cell of cells) {
    const model = modelFamily(cell.model)
    const isClaim = cell.connectionId === 0
    // A record without its cost is valued by its tokens; so is a provider that bills nothing at all.
    const worth = isClaim ? estimate('', { ...cell, key: null, principal: null, item: '' }) : cell.estimate
    const isEstimated = worth !== 0 && (isClaim ? cell.cost === 0 : !billing.has(cell.connectionId))
    const amounts = {
      cost: isEstimated ? worth : cell.cost,
      tokens: cell.input + cell.output,
      requests: cell.requests,
    }
    const found = isClaim ? match(cell.project) : null
    const project = found === null ? cell.project : projectWord(found)
    sides[isClaim ? 'claimed' : 'billed'].push({ day: cell.day, project, model, amounts })
    if (isEstimated) {
      const id = getId({ day: cell.day, project, model })
      const sum = estimated.get(id) ?? { claim: 0, bill: 0 }
      estimated.set(id, sum)
      sum[isClaim ? 'claim' : 'bill'] += worth
    }
    if (found?.state === 'unmatched') {
      const before = unmatched.get(cell.project) ?? { word: cell.project, because: found.because, cost: 0, tokens: 0 }
      unmatched.set(cell.project, {
        ...before,
        cost: before.cost + amounts.cost,
        tokens: before.tokens + amounts.tokens,
      })
    }
  }
  const parts = reconcile(sides.billed, sides.claimed).map((cell) => {
    const { claim, bill } = estimated.get(getId(cell)) ?? { claim: 0, bill: 0 }
    return { cell, estimatedClaim: claim, estimatedBill: bill }
  })
  return { parts, projects, unmatched: [...unmatched.values()] }
}

function projectWord(found: ReturnType<ReturnType<typeof projectMatcher>>): string {
  if (found.state === 'known') return found.id
  return found.state === 'not-reported' ? '' : UNMATCHED
}

function getId({ day, project, model }: Pick<ReconciliationCell, 'day' | 'project' | 'model'>): string {
  return JSON.stringify([day, project, model])
}

type ReconciliationSubject = Pick<ReconciliationRow, 'rowKey' | 'kind' | 'name' | 'ref' | 'client'>

function getPlace({ client, projects, cell }: Part, by: ReconciliationBy): ReconciliationSubject {
  if (by === 'day') {
    return { rowKey: dayText(cell.day), kind: 'named', name: dayText(cell.day), ref: null, client: null }
  }
  if (by === 'model') {
    const isReported = cell.model !== ''
    return {
      rowKey: cell.model,
      kind: isReported ? 'named' : 'not-reported',
      name: isReported ? cell.model : null,
      ref: null,
      client: null,
    }
  }
  const { project } = cell
  const rowKey = JSON.stringify([client.slug, project === UNMATCHED ? null : project])
  if (project === '' || project === UNMATCHED) {
    return { rowKey, kind: project === '' ? 'not-reported' : 'unmatched', name: null, ref: null, client }
  }
  const known = projects.get(project)
  return { rowKey, kind: 'named', name: known?.name ?? project, ref: known?.ref ?? null, client }
}

function sumParts(parts: readonly Part[]): ReconciliationTotal {
  const sum = (measure: ReconciliationMeasure): ReconciliationSums =>
    withPercent(sumReconciliation(parts.map(({ cell }) => computeReconciliation(cell.sides[measure]))))
  return {
    cost: sum('cost'),
    tokens: sum('tokens'),
    requests: sum('requests'),
    estimatedClaim: parts.reduce((total, { estimatedClaim }) => total + estimatedClaim, 0),
    estimatedBill: parts.reduce((total, { estimatedBill }) => total + estimatedBill, 0),
  }
}

function withPercent(sums: Reconciliation = NO_COVERAGE): ReconciliationSums {
  return { ...sums, percent: percentOfBilled(sums) }
}
