import { auditLimit } from '../../../../shared/domain/usage/limit-audit.ts'
import { dollarText } from '../../../../shared/domain/text/money.ts'
import type { Writer } from '../../db/handles.ts'
import { budgeted } from '../../usage/budgets.ts'
import { heldThere } from '../../usage/limit-audit.ts'
import type { Evidence } from './rule.ts'

/** The columns of `f_agreed`: what was agreed of an organization (`project_id` 0) or a project and the provider does not hold. */
export const AGREED = `connection_id INTEGER, project_id INTEGER, agreed INTEGER, enforcement TEXT, held TEXT,
  PRIMARY KEY (connection_id, project_id)`

/** Lays out, for the connections under evaluation, where a budget and the provider's limit disagree. Few clients have budgets. */
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
    // Where the client as a whole has a budget and its one organization too, the organization's is the one to hold.
    for (const of of agreed.toSorted((a, b) => Number(a.connection === null) - Number(b.connection === null))) {
      const { connectionId, read, held } = heldThere(writer, of)
      const state = auditLimit(of, held, read)
      if (connectionId === null || (state !== 'differs' && state !== 'none')) continue
      const words = held.map(({ amount, enforcement }) => `${dollarText(amount)} (${enforcement})`).join(', ')
      insert([of.project?.id ?? 0, of.amount, of.enforcement, words, connectionId])
    }
  }
}

/** What the rules about an organization and about a project have in common. */
export const AGREED_RULE = {
  severity: 'medium',
  looksFor: 'A spend limit or alert that is not what was agreed',
  reads: 'Budgets that were agreed; spend limits and alerts, where they could be read',
  remediation: 'Set the limit or alert that was agreed at the provider, or agree on what it holds.',
  actions: ['limit-set', 'alert-set'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  evidence: { agreedMicros: 'a.agreed', enforcement: 'a.enforcement', held: 'a.held' },
  say: ({ agreedMicros, enforcement, held }: Evidence) => {
    const kind = enforcement === 'hard' ? 'a hard limit' : 'an alert'
    const holds = held === '' ? 'neither a limit nor an alert' : String(held)
    return `Agreed was ${kind} at ${dollarText(Number(agreedMicros))} dollars a month; the provider holds ${holds}.`
  },
} as const
