import { exactMoney } from '../../../shared/domain/text/amounts.ts'
import type { Reader } from '../db/handles.ts'
import { LIMITS } from '../facts/limits.ts'
import type { AtEnds } from './ends.ts'
import { getChange, differences, type RawChange, text, type ChangeColumns } from './raw-change.ts'
import { SPANS, STOOD, touchedBy } from './span.ts'

export interface NamedLimit {
  readonly metric: string
  readonly limit_of: string
  readonly model: string | null
  readonly period: string
}

interface LimitEnds
  extends ChangeColumns, AtEnds<'amount', number>, AtEnds<'enforcement' | 'period', string>, NamedLimit {
  readonly project_id: number | null
}

/** `l` is the version that the other columns are read from: the one at the end, else the one before. */
const LIMIT_CHANGES = `WITH ${SPANS}, ${touchedBy('limit_version', ['external_id'])}
  SELECT t.connection_id, t.sync_id, l.id, l.project_id, l.metric, l.limit_of, l.model, l.period,
    b.amount AS before_amount, a.amount AS after_amount, b.enforcement AS before_enforcement,
    a.enforcement AS after_enforcement, b.period AS before_period, a.period AS after_period
  FROM touched t
  LEFT JOIN limit_version b ON b.connection_id = t.connection_id AND b.external_id = t.external_id AND ${STOOD('b', 's1')}
  LEFT JOIN limit_version a ON a.connection_id = t.connection_id AND a.external_id = t.external_id AND ${STOOD('a', 's2')}
  JOIN ${LIMITS} l ON l.id = ifnull(a.id, b.id)`

/** Limits set, changed or removed, by their stable external id. */
export function limitChanges(reader: Reader, spans: string): RawChange[] {
  return reader.all<LimitEnds>(LIMIT_CHANGES, { spans }).flatMap((row) => {
    const change = limitChange(row)
    return change === null ? [] : { ...change, subject: { ...change.subject, name: limitName(row) } }
  })
}

function limitChange(row: LimitEnds): RawChange | null {
  const { before_amount: before, after_amount: after, project_id: projectId } = row
  if (before === null) {
    return after === null ? null : getChange(row, 'limit-set', 'limit', { after: amountWord(row, after), projectId })
  }
  if (after === null) return getChange(row, 'limit-removed', 'limit', { before: amountWord(row, before), projectId })
  const words = differences([
    [before !== after, amountWord(row, before), amountWord(row, after)],
    text(row.before_enforcement, row.after_enforcement),
    [row.before_period !== row.after_period, `per ${row.before_period}`, `per ${row.after_period}`],
  ])
  return words === null ? null : getChange(row, 'limit-changed', 'limit', { ...words, projectId })
}

/** The name of a limit in changes: `Spend per month`. */
export function limitName(row: NamedLimit): string {
  const spend = row.limit_of === 'tier' ? 'Usage tier' : 'Spend'
  const what = row.metric === 'usd' ? spend : row.metric.replaceAll('_', ' ')
  return [what, row.model, `per ${row.period}`].filter((part) => part !== null).join(' ')
}

/** An amount of dollars exactly; other metrics unchanged. */
function amountWord(row: LimitEnds, amount: number): string {
  if (row.metric !== 'usd') return String(amount)
  return exactMoney(amount)
}
