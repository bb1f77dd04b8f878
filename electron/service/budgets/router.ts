import { budgetsContract } from '../../../shared/contract/budgets.ts'
import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import { dollarText, isWholeCents } from '../../../shared/domain/text/money.ts'
import { DEFAULT_THRESHOLDS } from '../../../shared/domain/usage/threshold.ts'
import type { Reader } from '../../register/db/handles.ts'
import { listConnections } from '../../register/connections/connection.ts'
import { projectRows } from '../../register/access/projects.ts'
import { rateLimitIds, rateLimitRows } from '../../register/usage/rate-limits.ts'
import { agreedBudget, findBudget } from '../../register/usage/budgets.ts'
import { checkScope, findClientId, type Context, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { commitOperation, findOrCreateUid, readUid } from '../core/operations.ts'
import { invalid, notFound } from '../kit/refusal.ts'
import { budgetRows, checkBudgets } from '../usage/budget-spend.ts'
import { readingRows } from '../usage/readings.ts'
import { anomalyRows } from '../usage/anomalies.ts'
import { readSlice } from '../core/slices.ts'

const os = implementArea({ budgets: budgetsContract })

interface Target {
  readonly client: string
  readonly connection?: number | undefined
  readonly project?: number | undefined
}

/** Finds the target of a budget, checked and in words. A project names its connection. */
function findTarget(context: Context, { client, connection, project }: Target) {
  const reader = getReader(context)
  const clientId = findClientId(context, client)
  const [inProject] = project === undefined ? [] : projectRows(reader, [project], context.now())
  if (project !== undefined && inProject?.client.slug !== client) {
    throw notFound(`Project ${project} of ${client}`, 'List the projects of the client to see their numbers.')
  }
  const connectionId = inProject?.connection.id ?? connection ?? null
  const [held] = connectionId === null ? [] : listConnections(reader, { client }, [connectionId])
  if (connectionId !== null && held === undefined) {
    throw notFound(
      `Connection ${connectionId} of ${client}`,
      'List the connections of the client to see their numbers.',
    )
  }
  return { clientId, connectionId, projectId: project ?? null, words: inProject?.name ?? held?.label ?? client }
}

/** Names the target of a budget as other registers find it. */
function nameTarget(
  reader: Reader,
  { connectionId, projectId }: { readonly connectionId: number | null; readonly projectId: number | null },
) {
  const connectionUid = connectionId === null ? null : readUid(reader, 'connection', connectionId)
  const externalId =
    projectId === null ? undefined : reader.value<string>('SELECT external_id FROM project WHERE id = ?', [projectId])
  const project = connectionUid === null || externalId === undefined ? null : { connectionUid, externalId }
  return { connectionUid, project }
}

function existing(context: Context, budgetId: number): BudgetRow {
  const row = budgetRows(context, {}).find((one) => one.budgetId === budgetId)
  if (row === undefined) throw notFound(`Budget ${budgetId}`, 'Read the list of budgets again.')
  return row
}

export const budgetsRouter = {
  list: os.budgets.list.handler(({ context, input }) => {
    checkScope(context, input)
    return budgetRows(context, input)
  }),
  set: os.budgets.set.handler(({ context, input }) => {
    const { words, ...target } = findTarget(context, input)
    const { amount } = input
    if (!isWholeCents(amount)) {
      throw invalid('amount', 'The amount is finer than a cent.', 'Write dollars and cents, such as 99.50.')
    }
    const before = agreedBudget(getReader(context), target)
    const enforcement = input.enforcement ?? before?.enforcement ?? 'alert'
    const wanted = input.thresholds ?? before?.thresholds ?? DEFAULT_THRESHOLDS
    const thresholds = [...new Set(wanted)].toSorted((a, b) => a - b)
    const budgetUid = findOrCreateUid(context, 'budget', findBudget(getReader(context), target))
    const was =
      before === null
        ? {}
        : { was: { usd: dollarText(before.amount), enforcement: before.enforcement, thresholds: before.thresholds } }
    const { budget } = commitOperation(context, {
      kind: 'budget.set',
      client: input.client,
      subject: words,
      body: {
        v: 1,
        budgetUid,
        ...nameTarget(getReader(context), target),
        amount,
        usd: dollarText(amount),
        enforcement,
        thresholds,
        ...was,
      },
    })
    checkBudgets(context)
    return { ...existing(context, budget ?? 0), before }
  }),
  clear: os.budgets.clear.handler(({ context, input }) => {
    const row = existing(context, input.budgetId)
    const reader = getReader(context)
    const target = { connectionId: row.connection?.id ?? null, projectId: row.project?.id ?? null }
    commitOperation(context, {
      kind: 'budget.cleared',
      client: row.client.slug,
      subject: row.project?.name ?? row.connection?.label ?? row.client.name,
      body: {
        v: 1,
        budgetUid: readUid(reader, 'budget', input.budgetId),
        ...nameTarget(reader, target),
        usd: dollarText(row.amount),
      },
    })
    return { done: true as const }
  }),
  readings: os.budgets.readings.handler(({ context, input }) => {
    checkScope(context, input)
    return readingRows(context, input)
  }),
  anomalies: os.budgets.anomalies.handler(({ context, input }) => {
    checkScope(context, input)
    return anomalyRows(context, input)
  }),
  rates: os.budgets.rates.handler(({ context, input }) =>
    readSlice(
      context,
      { list: 'rate-limits', query: input, ids: (query) => rateLimitIds(getReader(context), query) },
      (ids) => rateLimitRows(getReader(context), ids),
    ),
  ),
  check: os.budgets.check.handler(({ context }) => ({ reported: checkBudgets(context) })),
}
