import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'

import { migrate } from '../../../../electron/register/db/migrate.ts'
import { makeReader } from '../../../../electron/register/db/handles.ts'
import { nameEntry } from '../../../../electron/register/today/entry-names.ts'
import { todayStates } from '../../../../electron/register/today/state.ts'

const CONNECTION = '01990000-0000-7000-8000-000000000001'
const BUDGET = '01990000-0000-7000-8000-000000000002'

/** The entries of a register, and the names that they have in every one. */
const NAMES = [
  ['connection-3', `connection-${CONNECTION}`],
  ['budget-4', `budget-${BUDGET}`],
  ['limit-3-spend:proj-a', `limit-${CONNECTION}-spend:proj-a`],
  ['limit-3-', `limit-${CONNECTION}-`],
  ['leaver-5', 'leaver-a@acme.example'],
  ['leaver-6', `leaver-${CONNECTION} u 6`],
  ['keys-overdue-other', 'keys-overdue-other'],
  ['report-invoice-acme', 'report-invoice-acme'],
  ['connection-99', 'connection-99'],
  ['leaver-99', 'leaver-99'],
] as const

/** A register with rows for these entries. */
function prepare() {
  const db = new Sqlite(':memory:')
  db.pragma('foreign_keys = OFF')
  migrate(db, { now: 0, backup: () => '' })
  db.exec(`
    INSERT INTO client (id, slug, name, kind, colour, created_at) VALUES (1, 'acme', 'Acme', 'client', '#000000', 0);
    INSERT INTO connection (id, client_id, provider, label, access, created_at, uid) VALUES (3, 1, 'openai', 'x', 'read-only', 0, '${CONNECTION}');
    INSERT INTO budget (id, client_id, amount, enforcement, thresholds, set_at, set_by, uid) VALUES (4, 1, 5, 'alert', '[]', 0, 'Mara', '${BUDGET}');
    INSERT INTO person (id, name, created_at) VALUES (5, 'Mara', 0), (6, 'Tomas', 0);
    INSERT INTO person_address (address, person_id) VALUES ('b@acme.example', 5), ('a@acme.example', 5);
    INSERT INTO principal (connection_id, external_id, kind, person_id) VALUES (3, 'u 6', 'user', 6), (3, 'u 7', 'user', 6);
  `)
  return db
}

describe('the name of an entry of Today', () => {
  it('is the same in every register, and is read as the entry that a register has for it', () => {
    const db = prepare()
    const reader = makeReader(db, {})
    for (const [here, everywhere] of NAMES) expect([here, nameEntry(reader, here)]).toEqual([here, everywhere])
    const insert = db.prepare('INSERT INTO today_state (client_id, entry, note) VALUES (1, ?, ?)')
    for (const [here, everywhere] of NAMES) insert.run(everywhere, here)
    const states = todayStates(reader, {})
    expect(states.map(({ entry, note }) => [entry, note])).toEqual(states.map(({ note }) => [note, note]))
    expect(states).toHaveLength(NAMES.length)
    db.close()
  })

  it('of a person is found by each of their addresses, so that one who was merged keeps what was decided', () => {
    const db = prepare()
    db.exec(`INSERT INTO today_state (client_id, entry, note) VALUES (1, 'leaver-b@acme.example', 'Asked.')`)
    expect(todayStates(makeReader(db, {}), {})).toMatchObject([{ entry: 'leaver-5', stored: 'leaver-b@acme.example' }])
    db.close()
  })
})
