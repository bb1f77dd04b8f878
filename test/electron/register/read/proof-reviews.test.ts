import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { makeReader, type Reader, type Writer } from '../../../../electron/register/db/handles.ts'
import { checkJournal, journal, type JournalEntry } from '../../../../electron/register/db/journal.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { applyOperation } from '../../../../electron/register/operations/apply.ts'
import { reviewsByJournal } from '../../../../electron/register/read/proof/reviews.ts'
import { itemRows } from '../../../../electron/register/reviews/items.ts'
import { populationHash } from '../../../../electron/register/reviews/population-hash.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import type { Operation } from '../../../../shared/operations/operations.ts'
import { acmeParts, seeded } from '../../service/seeded.ts'
import { encryptedFile, getReading, KEY, newConnection, newRegister, type Part, user } from '../registers.ts'

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
  'review.previous_id': '2',
  'review.state': "'signed'",
  'review_batch.decision': "'remove'",
  'review_batch.items': "'[]'",
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
  const reviews = reviewsByJournal()
  expect(checkJournal(reader, reviews.visit).problems).toEqual([])
  return reviews.result(reader)
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

describe('a review from before reviews were operations', () => {
  /** A review of three users, of whom the first two were decided as a batch, as the versions wrote it that had a row for each item. */
  function older(): Register {
    const register = newRegister()
    const connection = newConnection(register)
    register.transact((writer) => {
      applyReading(
        writer,
        getReading(connection, [{ source: 'users', facts: ['u1', 'u2', 'u3'].map((id) => user(id)) }]),
      )
      writer.run(
        `INSERT INTO review (id, client_id, kind, name, state, opened_at, opened_by, due_on, policy, uid)
         VALUES (1, 1, 'roles', 'Roles', 'open', 10, 'mara', '2026-01-01', '{}', ?)`,
        [REVIEW],
      )
      for (const id of [1, 2, 3]) insertItem(writer, id, connection)
      writer.run(
        `INSERT INTO review_batch (id, review_id, begun_at, decided_at, decided_by, decision, why, size, items, uid)
         VALUES (1, 1, 10, 20, 'mara', 'keep', 'Fine.', 2, '[[1,null,0],[2,null,0]]', ?)`,
        [toUid(2)],
      )
      writer.run(
        `UPDATE review_item SET decision = 'keep', why = 'Fine.', decided_by = 'mara', decided_at = 20, batch = 1, self_review = 0 WHERE id < 3`,
      )
      const population = populationHash(writer, 1)
      const opened = { review: 1, kind: 'roles', dueOn: '2026-01-01', items: 3, flagged: 0, population, syncs: [1] }
      note(writer, 'review.opened', 'Roles', 10, opened)
      for (const item of [1, 2]) {
        const decided = { item, position: item, name: `u${item}`, decision: 'keep', why: 'Fine.', batch: 1 }
        note(writer, 'review.decided', `u${item}`, 20, { review: 1, ...decided, reviewer: 'mara', self: false })
      }
    })
    return register
  }

  const toUid = (n: number): string => `0199c0de-0000-7000-8000-00000000000${n}`
  const REVIEW = toUid(1)

  function insertItem(writer: Writer, id: number, connection: number): void {
    writer.run(
      `INSERT INTO review_item (id, review_id, position, connection_id, principal_id, name, flagged) VALUES (?, 1, ?, ?, ?, ?, 0)`,
      [id, id, connection, id, `u${id}`],
    )
    writer.run('INSERT INTO review_item_facts VALUES (?, ?)', [id, JSON.stringify(toOldFacts(id, connection))])
  }

  const toOldFacts = (id: number, connection: number) => ({
    principal: { id, kind: 'user', externalId: `u${id}`, name: `u${id}`, email: null, status: 'active' },
    key: null,
    personId: 7,
    employment: null,
    connection: { id: connection, label: 'acme openai', provider: 'openai', organizationId: null },
    project: null,
    roleNow: null,
    roleBefore: null,
    paths: [],
    privileged: false,
    grantedAt: null,
    lastUse: { state: 'not-reported' as const },
    cost30Micros: null,
    findings: [],
  })

  function note(writer: Writer, action: string, subject: string, at: number, body: JournalEntry['body']): void {
    journal(writer, { at, operator: 'mara', action, client: 'acme', subject, body })
  }

  const count = (register: Register) =>
    prove(register.reader).map(({ table, proved, partly, problems }) => [table, proved, partly, problems])

  it('is compared as far as its rows show it, and its items keep their facts', () => {
    const register = older()
    expect(count(register)).toEqual([
      ['review', 0, 1, []],
      ['review_item (what was frozen and decided)', 0, 3, []],
      ['review_batch', 0, 1, []],
      ['review_item_facts', 3, 0, []],
      ['review_source', 0, 0, []],
      ['review_left', 0, 0, []],
    ])
    expect(itemRows(register.reader, [2], 50)[0]?.facts).toEqual(toOldFacts(2, 1))
  })

  it.each([
    ['UPDATE review SET due_on = 5', 'Review 1 does not match the audit log: due_on.'],
    [
      "UPDATE review_item_facts SET facts = '{}' WHERE item_id = 3",
      'Review 1 does not match the audit log: population.',
    ],
    [
      "UPDATE review_item SET decision = 'remove' WHERE id = 2",
      'Item 2 does not match its last decision in the audit log: decision.',
    ],
    [
      "UPDATE review_item SET decision = 'remove' WHERE id = 3",
      'Item 3 does not match its last decision in the audit log: decision.',
    ],
    ["UPDATE review_batch SET why = 'x'", 'Batch 1 does not match the audit log: why.'],
    ['DELETE FROM review_item WHERE id = 2', 'Item 2 of review 1 is missing.'],
    ['DELETE FROM review_batch', 'Batch 1 is in the audit log but not in the register.'],
  ])('shows an edit: %s', (sql, says) => {
    const register = older()
    const file = encryptedFile(register.path, KEY)
    file.pragma('foreign_keys = OFF')
    file.exec(sql)
    const problems = prove(register.reader).flatMap((proof) => proof.problems.map((problem) => problem.says))
    expect(problems).toContain(says)
    file.close()
  })

  it('is decided further by operations, whose batches are compared in every column', () => {
    const register = older()
    const of = { v: 1, reviewUid: REVIEW } as const
    const decide = (kind: Operation['kind'], body: object, at: number): void =>
      register.transact((writer) => {
        const operation = { kind, client: 'acme', subject: 'Roles', at, operator: 'ines', body } as Operation
        record(writer, operation, applyOperation(writer, operation))
      })
    const record = (writer: Writer, { kind, client, subject, at, operator, body }: Operation, numbers: object): void =>
      void journal(writer, {
        at,
        operator,
        action: kind,
        client,
        subject,
        body: { ...body, ...numbers } as JournalEntry['body'],
      })
    const second = { ...of, batchUid: toUid(3), decision: 'remove', self: [2] }
    decide('review.decided', { ...second, positions: [[1, 3]] }, 30)
    decide('review.decided', { ...second, batchUid: toUid(4), positions: [2], self: [] }, 40)
    decide('review.undone', { ...of, batchUid: toUid(4), items: 1 }, 50)
    expect(count(register)[2]).toEqual(['review_batch', 2, 1, []])
    expect(register.reader.all('SELECT begun_at, items, undone_at FROM review_batch WHERE id > 1')).toEqual([
      { begun_at: 20, items: '[[1,1,0],[2,1,1],[3,null,0]]', undone_at: null },
      { begun_at: 30, items: '[[2,2,0]]', undone_at: 50 },
    ])
    decide('review.undone', { ...of, batchUid: toUid(3), items: 3 }, 60)
    expect(register.reader.column('SELECT batch FROM review_item ORDER BY id')).toEqual([1, 1, null])
    expect(prove(register.reader).flatMap(({ problems }) => problems)).toEqual([])
  })
})
