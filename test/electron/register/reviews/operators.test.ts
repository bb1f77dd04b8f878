import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'

import { makeReader, makeWriter, type Writer } from '../../../../electron/register/db/handles.ts'
import { checkJournal, journalHash, journalHead, type JournalEntry } from '../../../../electron/register/db/journal.ts'
import { migrate, MIGRATIONS } from '../../../../electron/register/db/migrate.ts'
import { reviewsByJournal } from '../../../../electron/register/read/proof/reviews.ts'
import { populationHash } from '../../../../electron/register/reviews/population-hash.ts'
import { canonicalJson } from '../../../../shared/domain/canonical-json.ts'

/** Appends a row as the versions did that had no stable names of rows. */
function journal(writer: Writer, entry: JournalEntry): void {
  const { seq, hash: previous } = journalHead(writer)
  const row = { ...entry, seq: seq + 1, body: canonicalJson(entry.body), previous }
  writer.run(
    'INSERT INTO journal (seq, at, operator, action, client, subject, body, previous, hash) VALUES (:seq, :at, :operator, :action, :client, :subject, :body, :previous, :hash)',
    { ...row, hash: journalHash(row) },
  )
}

it('a register with a review that was signed before operators were kept agrees with its journal after the migration', () => {
  const db = new Sqlite(':memory:')
  db.pragma('foreign_keys = OFF')
  const step = (versions: typeof MIGRATIONS): void => migrate(db, { now: 0, backup: () => '', known: versions })
  step(
    MIGRATIONS.slice(
      0,
      MIGRATIONS.findIndex(({ name }) => name === 'review-operators'),
    ),
  )
  const writer = makeWriter(db, {})
  writer.run(
    "INSERT INTO client (id, slug, name, kind, colour, created_at) VALUES (1, 'acme', 'Acme', 'client', '#117733', 0)",
  )
  writer.run(
    `INSERT INTO review (id, client_id, kind, name, state, opened_at, opened_by, due_on, policy, signed_at, signed_by, acknowledged_at, acknowledged_by, ended_at)
     VALUES (1, 1, 'roles', 'Roles', 'acknowledged', 10, 'mara', '2026-01-01', '{}', 20, 'Mara L.', 30, 'Priya R.', 20)`,
  )
  const entry = { client: 'acme', subject: 'Roles' } as const
  const opened = { review: 1, kind: 'roles', dueOn: '2026-01-01', items: 0, population: populationHash(writer, 1) }
  journal(writer, { ...entry, at: 10, operator: 'mara', action: 'review.opened', body: opened })
  journal(writer, { ...entry, at: 20, operator: 'mara', action: 'review.signed', body: { review: 1, as: 'Mara L.' } })
  const seen = { review: 1, as: 'Priya R.' }
  journal(writer, { ...entry, at: 30, operator: 'priya', action: 'review.acknowledged', body: seen })
  step(MIGRATIONS)
  const reader = makeReader(db, {})
  const reviews = reviewsByJournal()
  expect(checkJournal(reader, reviews.visit).problems).toEqual([])
  const [proof] = reviews.result(reader)
  expect(proof).toMatchObject({ table: 'review', partly: 1, problems: [] })
  expect(reader.get('SELECT signed_operator, acknowledged_operator FROM review')).toEqual({
    signed_operator: 'mara',
    acknowledged_operator: 'priya',
  })
  db.close()
})
