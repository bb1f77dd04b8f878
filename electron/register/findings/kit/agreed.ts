import { auditLimit } from '../../../../shared/domain/usage/limit-audit.ts'
import { dollarText } from '../../../../shared/domain/text/money.ts'
import type { Writer } from '../../db/handles.ts'
import { budgeted } from '../../usage/budgets.ts'
import { heldThere } from '../../usage/limit-audit.ts'
import type { Evidence } from './rule.ts'

/**
 * The columns of `f_agreed`: the budget of an organization (`project_id` 0) or a project that the provider's limit
 * differs from.
 */
export const AGREED = `connection_id INTEGER, project_id INTEGER, agreed INTEGER, enforcement TEXT, held TEXT,
  PRIMARY KEY (connection_id, project_id)`

/**
 * Fills the table, for the connections under evaluation, where a budget and the provider's limit differ. Few clients
 * have budgets.
 */
export function layOutAgreed(writer: Writer): void {
  const clients = writer.column<string>(
    `SELECT DISTINCT c.slug FROM temp.f_connection f JOIN connection cn ON cn.id = f.id JOIN client c ON c.id = cn.client_id
     WHERE EXISTS (SELECT 1 FROM budget b WHERE b.client_id = c.id)`,
  )
  const insert = writer.prepare(
    `INSERT OR IGNORE INTO temp.f_agreed SELECT f.id, ?, ?, ?, ? FROM temp.f_connection f WHERE f.id = ?`,
  )
  for (const client of clients) {
    const agreed = budgeted(writer, { client }).filter(({ budgetId }) => budgetId !== null)
    // Where both the client and its one organization have a budget, the organization's applies.
    for (const of of agreed.toSorted((a, b) => Number(a.connection === null) - Number(b.connection === null))) {
      const { connectionId, read, held } = heldThere(writer, of)
      const state = auditLimit(of, held, read)
      if (connectionId === null || (state !== 'differs' && state !== 'none')) continue
      const words = held.map(({ amount, enforcement }) => `${dollarText(amount)} (${enforcement})`).join(', ')
      insert([of.project?.id ?? 0, of.amount, of.enforcement, words, connectionId])
    }
  }
}

/** The parts that the rules about organizations and about projects share. */
export const AGREED_RULE = {
  severity: 'medium',
  certainty: 'certain',
  looksFor: 'A spend limit or alert that differs from the budget',
  reads: 'Budgets; spend limits and alerts, where they could be read',
  remediation: 'Set the budgeted limit or alert at the provider, or change the budget.',
  actions: ['limit-set', 'alert-set'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  evidence: { agreedMicros: 'a.agreed', enforcement: 'a.enforcement', held: 'a.held' },
  say: ({ agreedMicros, enforcement, held }: Evidence) => {
    const kind = enforcement === 'hard' ? 'a hard limit' : 'an alert'
    const holds = held === '' ? 'neither a limit nor an alert' : String(held)
    return `The budget is ${kind} of ${dollarText(Number(agreedMicros))} dollars a month; the provider has ${holds}.`
  },
} as const
