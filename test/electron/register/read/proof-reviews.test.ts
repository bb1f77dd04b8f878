import { expect, it } from 'vitest'

import { makeReader, type Reader } from '../../../../electron/register/db/handles.ts'
import { checkJournal, journal } from '../../../../electron/register/db/journal.ts'
import { foldJournal } from '../../../../electron/register/rows/journal-fold.ts'
import { batchTable, reviewTable } from '../../../../electron/register/rows/reviews.ts'
import { frozenByJournal } from '../../../../electron/register/rows/frozen-reviews.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { acmeParts, seeded } from '../../service/seeded.ts'
import { encryptedFile, type Part } from '../registers.ts'

/** The row of each table that is edited. */
const ROWS: Readonly<Record<string, string>> = {
  review: 'id = 1',
  review_item: 'id = 1',
  review_item_facts: 'item_id = 1',
  review_batch: 'id = 1',
  review_source: "review_id = 1 AND source = 'users'",
}

/** Another value of a column, where it accepts certain words or the number of another row. */
const OTHERS: Readonly<Record<string, string>> = {
  'review.client_id': '2',
  'review.kind': "'membership'",
  'review.policy': "json_set(policy, '$.maxPrivileged', 77)",
  'review.state': "'signed'",
  'review_batch.decision': "'remove'",
  'review_batch.positions': "'[]'",
  'review_batch.self': "'[1]'",
  'review_item.connection_id': '2',
  'review_item.decision': "'remove'",
  'review_item.flagged': '1 - flagged',
  'review_item.principal_id': '2',
  'review_item.project_id': '1',
  'review_item.self_review': '1 - self_review',
  'review_item_facts.facts': "json_set(facts, '$.privileged', 2)",
  'review_source.excluded': `'["one"]'`,
}

const prove = (reader: Reader) => {
  const [tables, frozen] = [foldJournal([reviewTable, batchTable]), frozenByJournal()]
  const { problems } = checkJournal(reader, (row) => {
    tables.visit(row)
    frozen.visit(row)
  })
  expect(problems).toEqual([])
  return frozen.begin(reader)(tables.result(reader))
}

it('every column of a review, its batches, sources, items and their facts is compared with the audit log', async () => {
  const all = await seeded()
  const { api } = all
  const { reviewId } = await api.reviews.open({ client: 'acme', kind: 'roles', override: 'The lists are short.' })
  await api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Fine.', until: '2026-09-01' })
  const { batch } = await api.reviews.decide({ reviewId, items: {}, decision: 'unknown', why: 'Who?' })
  await api.reviews.undo({ reviewId, batch })
  await api.reviews.decide({ reviewId, items: { search: 'tomas' }, decision: 'remove', why: 'Left.' })
  await api.reviews.sign({ reviewId, as: 'Mara' })
  await api.reviews.acknowledge({ reviewId, as: 'Ines' })
  all.clock.now += 1000
  all.read(all.connections.acme, withoutTomas())
  await api.reviews.open({ client: 'acme', kind: 'roles', override: 'x' })
  const { context } = all.service
  const file = encryptedFile(makeRegister(context).path, context.session().key ?? new Uint8Array())
  const reader = makeReader(file, {})
  for (const { table, problems, partly } of prove(reader)) expect([table, problems, partly]).toEqual([table, [], 0])
  expect(reader.value('SELECT count(*) FROM review_item WHERE closed_at IS NOT NULL')).toBe(1)
  file.pragma('foreign_keys = OFF')
  file.pragma('ignore_check_constraints = ON')
  const edits = Object.entries(ROWS).flatMap(([table, row]) => [
    [`a row of ${table}`, `DELETE FROM ${table} WHERE ${row}`],
    ...reader.column<string>(`SELECT name FROM pragma_table_info('${table}')`).map((column) => {
      const name = `${table}.${column}`
      return [name, `UPDATE ${table} SET "${column}" = ${OTHERS[name] ?? 77} WHERE ${row}`]
    }),
  ])
  const unnoticed = edits.filter(([, sql = '']) => {
    file.exec(`SAVEPOINT edit; ${sql}`)
    const problems = prove(reader).flatMap((proof) => proof.problems)
    file.exec('ROLLBACK TO edit; RELEASE edit')
    return problems.length === 0
  })
  // Merges of people change which number a person has: the name that was frozen is compared.
  expect(unnoticed.map(([name]) => name)).toEqual(['review_item.person_id'])
  file.close()
})

/** A register with a review of two batches, and a handle on its file without any guard. */
async function decided() {
  const all = await seeded()
  const { reviewId } = await all.api.reviews.open({ client: 'acme', kind: 'roles', override: 'The lists are short.' })
  const { batch } = await all.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Fine.' })
  await all.api.reviews.decide({ reviewId, items: {}, decision: 'unknown', why: 'Who?' })
  const { context } = all.service
  const file = encryptedFile(makeRegister(context).path, context.session().key ?? new Uint8Array())
  file.pragma('foreign_keys = OFF')
  return { file, context, batch, reader: makeReader(file, {}) }
}

const describeProblems = (reader: Reader): readonly string[] =>
  prove(reader).flatMap(({ problems }) => problems.map(({ table, row, says }) => `${table} ${row}: ${says}`))

it('an item that was added to a review after it was opened is named, and not counted as proved', async () => {
  const { file, reader } = await decided()
  const countProved = () => prove(reader).find(({ table }) => table.startsWith('review_item ('))?.proved
  const before = countProved()
  file.exec(`INSERT INTO review_item (id, review_id, position, connection_id, principal_id, name, flagged)
    SELECT 900, review_id, 500, connection_id, principal_id, name, 0 FROM review_item WHERE id = 1`)
  expect(describeProblems(reader)).toEqual([
    'review 1: Review 1 does not match the audit log: items, population.',
    'review_item 900: Item 900 of review 1 is not in the audit log.',
  ])
  expect(countProved()).toBe(before)
  file.close()
})

it('a batch that was deleted is named by its number', async () => {
  const { file, reader, batch } = await decided()
  file.exec(`DELETE FROM review_batch WHERE id = ${batch}`)
  expect(describeProblems(reader)).toEqual([
    `review_batch ${batch}: Batch ${batch} is in the audit log but not in the register.`,
  ])
  file.close()
})

it('a review and a batch that no decision made are named also in a register with the sample agency', async () => {
  const { file, context, reader } = await decided()
  makeRegister(context).transact((writer) => {
    journal(writer, { at: 0, operator: 'old', action: 'sample.loaded', client: null, subject: 'Sample', body: {} })
  })
  expect(describeProblems(reader)).toEqual([])
  file.exec(`INSERT INTO review (id, client_id, kind, name, state, opened_at, opened_by, due_on, signed_at, signed_by, uid)
    SELECT 90, client_id, kind, name, 'signed', opened_at, opened_by, due_on, opened_at, 'Mara', 'x' FROM review WHERE id = 1;
    INSERT INTO review_batch (id, review_id, decided_at, decided_by, decision, size, positions, self, uid)
    SELECT 91, review_id, decided_at + 1, decided_by, 'remove', 1, '[1]', '[]', 'y' FROM review_batch LIMIT 1;
    UPDATE review_item SET decision = 'remove', batch = 91, why = NULL, decided_at = decided_at + 1 WHERE id = 1`)
  expect(describeProblems(reader)).toEqual([
    'review 90: Review 90 is not in the audit log.',
    expect.stringContaining('Item 1 does not match its last decision in the audit log'),
    'review_batch 91: Batch 91 is not in the audit log.',
  ])
  file.close()
})

const withoutTomas = (): Part[] =>
  acmeParts().map((part) => ({
    ...part,
    facts: part.facts.filter(
      (fact) =>
        !('externalId' in fact && fact.externalId === 'u2') && !('principal' in fact && fact.principal === 'u2'),
    ),
  }))
