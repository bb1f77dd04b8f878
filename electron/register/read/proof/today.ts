import type { Value } from '../../db/handles.ts'
import type { ProvedTable, Recorded, Shown, Values } from './table.ts'

interface StateRow {
  readonly clientId: number
  readonly client: string
  readonly entry: string
  readonly facts: string | null
}

/** An entry about which nothing was decided. */
const UNDECIDED: Values = { hidden: null, until: null, reason: '', facts: null, by: '', at: 0, note: '', contact: '' }

/** Changes an entry. Of one of the sample, what operations do not set is not known. */
function decide(shown: Shown, row: Recorded, values: Values, isInvented: boolean): void {
  const entry = String(row.body['entry'])
  const client = row.client ?? ''
  const key = `${client} ${entry}`
  const before = shown.get(key) ?? { client, entry, ...(isInvented ? {} : UNDECIDED) }
  const known = Object.entries({ ...before, ...values }).filter(([, value]) => value !== undefined)
  shown.set(key, Object.fromEntries(known))
}

function hide(hidden: string, { body, operator, at }: Recorded): Values {
  const { until = null, reason, facts } = body
  return { hidden, until, reason, facts, by: operator, at }
}

/** What people decided about entries of Today, by client and entry. */
export const todayProof: ProvedTable = {
  table: 'today_state',
  columns: ['client', 'entry', 'hidden', 'until', 'reason', 'facts', 'by', 'at', 'note', 'contact'],
  rows: (reader) =>
    reader
      .all<StateRow>(
        `SELECT s.client_id AS clientId, c.slug AS client, s.entry, s.hidden, s.until, s.reason, s.facts, s.by, s.at, s.note, s.contact
         FROM today_state s JOIN client c ON c.id = s.client_id ORDER BY s.client_id, s.entry`,
      )
      .map(({ clientId: id, facts, ...values }) => ({
        id,
        key: `${values.client} ${values.entry}`,
        words: `the entry ${values.entry} of client ${values.client}`,
        values: { ...values, facts: facts === null ? null : (JSON.parse(facts) as unknown) },
      })),
  effects: {
    'today.snoozed': (shown, row, isInvented) => decide(shown, row, hide('snoozed', row), isInvented),
    'today.dismissed': (shown, row, isInvented) => decide(shown, row, hide('dismissed', row), isInvented),
    'today.restored': (shown, row, isInvented) => {
      if (!isInvented && !shown.has(`${row.client ?? ''} ${String(row.body['entry'])}`)) return
      decide(shown, row, { hidden: null, until: null, reason: '', facts: null }, isInvented)
    },
    'today.noted': (shown, row, isInvented) => {
      const { note, contact } = row.body
      const given = { ...(note === undefined ? {} : { note }), ...(contact === undefined ? {} : { contact }) }
      decide(shown, row, given, isInvented)
    },
  },
  mend: {
    remove: (writer, { id, values }) =>
      void writer.run('DELETE FROM today_state WHERE client_id = ? AND entry = ?', [id, String(values['entry'])]),
    write: (writer, _, { client, entry, hidden, until, reason, facts, by, at, note, contact }) =>
      void writer.run(
        `INSERT INTO today_state (client_id, entry, hidden, until, reason, facts, by, at, note, contact)
         SELECT id, :entry, :hidden, :until, :reason, :facts, :by, :at, :note, :contact FROM client WHERE slug = :client
         ON CONFLICT (client_id, entry) DO UPDATE SET hidden = excluded.hidden, until = excluded.until, reason = excluded.reason,
           facts = excluded.facts, by = excluded.by, at = excluded.at, note = excluded.note, contact = excluded.contact`,
        {
          ...({ client, entry, hidden, until, reason, by, at, note, contact } as Readonly<Record<string, Value>>),
          facts: facts === null ? null : JSON.stringify(facts),
        },
      ),
  },
}
