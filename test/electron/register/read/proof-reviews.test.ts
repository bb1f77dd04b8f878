import { expect, it } from 'vitest'

import { makeReader, type Reader } from '../../../../electron/register/db/handles.ts'
import { checkJournal } from '../../../../electron/register/db/journal.ts'
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

const withoutTomas = (): Part[] =>
  acmeParts().map((part) => ({
    ...part,
    facts: part.facts.filter(
      (fact) =>
        !('externalId' in fact && fact.externalId === 'u2') && !('principal' in fact && fact.principal === 'u2'),
    ),
  }))
