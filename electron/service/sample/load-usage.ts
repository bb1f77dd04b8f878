import { computeStart, type Day } from '../../../shared/domain/day.ts'
import type { Enforcement } from '../../../shared/domain/facts.ts'
import { MICRO_PER_USD, toDollars } from '../../../shared/domain/text/money.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import { monthSpan } from '../../../shared/domain/usage/forecast.ts'
import { DEFAULT_THRESHOLDS } from '../../../shared/domain/usage/threshold.ts'
import type { Writer } from '../../register/db/handles.ts'
import { createUid } from '../../register/db/uid.ts'
import { settleDecision } from '../../register/rows/settle.ts'
import { daySpend } from '../../register/usage/budgets.ts'
import { replaceUsageDays } from '../../register/usage/days.ts'
import { inferLastUse } from '../../register/usage/last-use.ts'
import { beginImport, noteImport } from '../../register/usage/imports.ts'
import { newPartSums } from '../../register/usage/part-sums.ts'
import { setReportState } from '../../register/usage/reports.ts'
import { beginPart, countPart, newRequests } from '../../register/usage/requests.ts'
import { newRecordReader } from '../usage/record-reader.ts'
import { CLAIM_COLUMNS } from './claims.ts'
import type { SampleConnection } from './agency.ts'

export interface LoadedConnection {
  readonly id: number
  readonly clientId: number
  readonly connection: SampleConnection
}

interface Moment {
  readonly today: Day
  /** Milliseconds since the epoch, UTC. */
  readonly now: number
  readonly operator: string
}

/** Writes what providers billed, what clients' own programs recorded, and what was agreed to be spent. */
export function loadUsage(writer: Writer, connections: readonly LoadedConnection[], moment: Moment): void {
  for (const each of connections) bill(writer, each, moment)
  for (const [clientId, own] of Map.groupBy(connections, (each) => each.clientId)) {
    const rows = own.flatMap(({ connection }) => connection.claims)
    if (rows.length > 0) claim(writer, clientId, rows, moment)
  }
  agree(writer, moment)
}

/** In the same way as a sync of the provider's reports. */
function bill(writer: Writer, { id, clientId, connection }: LoadedConnection, { now }: Moment): void {
  for (const days of connection.usage) {
    replaceUsageDays(writer, { clientId, connectionId: id }, days)
    setReportState(writer, id, {
      report: days.report,
      state: 'complete',
      reason: null,
      readFrom: days.from,
      readTo: days.to,
      way: 0,
      wayAt: 0,
      at: now,
    })
  }
  inferLastUse(writer, id)
}

/** In the same way as an import of a record file. */
function claim(
  writer: Writer,
  clientId: number,
  rows: readonly (readonly string[])[],
  { today, now, operator }: Moment,
): void {
  const importId = beginImport(writer, { clientId, file: 'usage.jsonl', at: now, by: operator })
  const part = beginPart(writer, importId, now)
  const [sums, requests] = [newPartSums(), newRequests()]
  let counted = 0
  const reader = newRecordReader({
    columns: CLAIM_COLUMNS,
    seed: clientId,
    lastDay: dayNumber(computeStart(today)),
    give: (batch) => {
      const isNew = requests.admit(writer, batch)
      sums.add(batch, isNew)
      counted += isNew.reduce((sum, one) => sum + one, 0)
    },
  })
  for (const [line, row] of rows.entries()) reader.record(row, line + 1)
  reader.flush()
  requests.write(writer, part)
  sums.write(writer, { clientId, connectionId: 0 }, part)
  countPart(writer, part, now)
  noteImport(writer, importId, { read: rows.length, counted, repeated: rows.length - counted, refused: 0 }, true)
}

interface Agreed {
  readonly client: string
  readonly project: string | null
  /** Dollars. Null: so much that 92 % of it are spent by now. */
  readonly amount: number | null
  readonly enforcement: Enforcement
}

/** One is nearly spent: that of `ChatBot`, whose limit at the provider is another. */
const AGREED: readonly Agreed[] = [
  { client: 'acme-corp', project: null, amount: 16_000, enforcement: 'alert' },
  { client: 'acme-corp', project: 'ChatBot', amount: null, enforcement: 'hard' },
  { client: 'quillmarsh-mutual', project: 'Claims-Prod', amount: 18_000, enforcement: 'hard' },
  { client: 'heliotide-clinics', project: null, amount: 9000, enforcement: 'hard' },
  { client: 'northfold', project: null, amount: 4000, enforcement: 'alert' },
]

const SPENT_SHARE = 0.92
/** Early in a month almost nothing is spent; no budget is smaller than this. */
const LEAST = 100

function agree(writer: Writer, { today, now, operator }: Moment): void {
  for (const { client, project, amount, enforcement } of AGREED) {
    const [found] = writer.all<Place>(
      project === null
        ? 'SELECT id AS clientId, NULL AS projectId, NULL AS connectionUid, NULL AS externalId FROM client WHERE slug = :client'
        : `SELECT c.id AS clientId, p.id AS projectId, cn.uid AS connectionUid, p.external_id AS externalId FROM client c
           JOIN connection cn ON cn.client_id = c.id JOIN project_row p ON p.connection_id = cn.id AND p.name = :project
           WHERE c.slug = :client`,
      project === null ? { client } : { client, project },
    )
    if (found === undefined)
      throw new Error(`The sample has a budget for what does not exist: ${client} ${project ?? ''}`)
    const to = dayNumber(computeStart(today))
    const { days } = daySpend(
      writer,
      {
        clientId: found.clientId,
        connection: null,
        project: found.projectId === null ? null : { id: found.projectId, name: project ?? '' },
      },
      { from: monthSpan(to).start, to },
    )
    const spent = days.reduce((sum, day) => sum + day.cost, 0)
    const dollars = amount ?? Math.max(LEAST, Math.round(toDollars(spent / SPENT_SHARE)))
    const { connectionUid, externalId } = found
    const named = connectionUid === null || externalId === null ? null : { connectionUid, externalId }
    const target = { budgetUid: createUid(now), connectionUid, project: named }
    const budget = {
      amount: dollars * MICRO_PER_USD,
      usd: String(dollars),
      enforcement,
      thresholds: [...DEFAULT_THRESHOLDS],
    }
    const body = { v: 1, ...target, ...budget } as const
    settleDecision(writer, { kind: 'budget.set', at: now, operator, client, subject: client, body })
  }
}

interface Place {
  readonly clientId: number
  readonly projectId: number | null
  readonly connectionUid: string | null
  readonly externalId: string | null
}
