import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { checkJournal, type JournalRow } from '../../../../electron/register/db/journal.ts'
import type { Reader, Writer } from '../../../../electron/register/db/handles.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { foldJournal } from '../../../../electron/register/rows/journal-fold.ts'
import { TABLES } from '../../../../electron/register/rows/tables.ts'
import { frozenByJournal } from '../../../../electron/register/rows/frozen-reviews.ts'
import { frozenLines } from '../../../../electron/register/reviews/frozen-lines.ts'
import { hashFrozen, keepFrozen } from '../../../../electron/register/reviews/frozen-store.ts'
import { getReader, getToday } from '../../../../electron/service/core/context.ts'
import { canonicalJson, type Json } from '../../../../shared/domain/canonical-json.ts'
import { isKind, parseOperation } from '../../../../shared/decisions/operations.ts'
import { KINDS } from '../../../shared/decisions/kinds.ts'
import { newBriefRegister } from '../../register/registers.ts'
import { computeTables } from '../../register/rows/plain-model.ts'
import { seeded } from '../seeded.ts'
import { decideEach, IN_FILE, steps } from './any-decision.ts'

const journalRows = (reader: Reader): readonly JournalRow[] => reader.all('SELECT * FROM journal ORDER BY seq')

/** What is decided about the items of reviews. */
const ITEMS = `SELECT r.uid AS review, i.position, i.decision, i.change_to, i.why, i.until, i.decided_by, i.decided_at, i.batch, i.self_review
  FROM review_item i JOIN review r ON r.id = i.review_id`

/** The rows of each proved table without the numbers that only this register has. */
function contents(reader: Reader): Readonly<Record<string, readonly string[]>> {
  const tables = TABLES.map(({ table, rows }) => [table, rows(reader).map(({ values }) => values)] as const)
  return Object.fromEntries(
    [...tables, ['review_item', reader.all<Readonly<Record<string, Json>>>(ITEMS)] as const].map(([table, rows]) => [
      table,
      rows.map((row) => canonicalJson(row as Json)).toSorted(),
    ]),
  )
}

/** The last reviews of accounts, which sync and import set too. */
const lastReviews = (reader: Reader): readonly unknown[] =>
  reader.all(
    `SELECT n.uid, p.external_id, p.last_reviewed_on FROM principal p JOIN connection n ON n.id = p.connection_id
     WHERE p.last_reviewed_on IS NOT NULL ORDER BY n.uid, p.external_id`,
  )

/** What people set for keys, snoozed and rotated. */
const keys = (reader: Reader): readonly unknown[] => [
  reader.all(
    `SELECT n.uid, k.external_id, l.environment, l.team, l.purpose, l.contact, l.interval_days, l.due_on, l.notes, l.decoy_since, l.decoy_reason,
       k.snoozed_until
     FROM key k JOIN logical_key l ON l.id = k.logical_key_id JOIN connection n ON n.id = k.connection_id
     WHERE l.environment IS NOT NULL OR l.team IS NOT NULL OR l.due_on IS NOT NULL OR l.decoy_since IS NOT NULL
       OR k.snoozed_until IS NOT NULL
     ORDER BY n.uid, k.external_id`,
  ),
  reader.all(
    `SELECT r.uid, k.external_id, r.key_name, r.trigger, r.rotated_on, r.note, r.operator, r.recorded_at, r.undone_at, r.met_due_on
     FROM rotation r JOIN key k ON k.id = r.key_id ORDER BY r.uid`,
  ),
]

/** Who is who: of each address, one that the same person has. */
const people = (reader: Reader): readonly unknown[] =>
  reader.all(
    `SELECT a.address, (SELECT min(b.address) FROM person_address b WHERE b.person_id = a.person_id) AS person
     FROM person_address a ORDER BY a.address`,
  )

/** Access reviews, with everything that they froze and that was decided, without numbers of a register. */
const reviews = (reader: Reader): readonly unknown[] => [
  reader.all(
    `SELECT r.uid, c.slug, r.kind, r.name, r.state, r.opened_at, r.opened_by, r.due_on, r.override, r.policy, r.previous,
       r.signed_at, r.signed_by, r.signed_operator, r.acknowledged_at, r.acknowledged_by, r.acknowledged_operator, r.ended_at, r.carried
     FROM review r JOIN client c ON c.id = r.client_id ORDER BY r.uid`,
  ),
  reader.column<number>('SELECT id FROM review ORDER BY uid').map((id) => [...frozenLines(reader, id)]),
  reader.all(
    `SELECT b.uid, r.uid AS review, b.begun_at, b.decided_at, b.decided_by, b.decision, b.change_to, b.why, b.until, b.size, b.undone_at,
       b.positions, b.self
     FROM review_batch b JOIN review r ON r.id = b.review_id ORDER BY b.uid`,
  ),
  reader.all(
    `SELECT r.uid, i.position, i.decision, i.change_to, i.why, i.until, i.decided_by, i.decided_at, b.uid AS batch, i.self_review,
       i.person_id IS NOT NULL AS hasPerson
     FROM review_item i JOIN review r ON r.id = i.review_id LEFT JOIN review_batch b ON b.id = i.batch ORDER BY r.uid, i.position`,
  ),
]

/** Gives another register what a review froze, as a team does beside its operations, and the syncs that it names. */
function handOver(from: Reader, { subject, body }: JournalRow, writer: Writer): void {
  const { review } = JSON.parse(body) as { readonly review: number }
  for (const sync of from.all<Readonly<Record<string, string | number | null>>>('SELECT * FROM sync')) {
    const columns = Object.keys(sync)
    writer.run(
      `INSERT OR IGNORE INTO sync (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      Object.values(sync),
    )
  }
  expect([subject, keepFrozen(writer, frozenLines(from, review))]).toEqual([subject, hashFrozen(from, review)])
}

/** Carries out the operations of a journal in a register that has only the connections, projects, accounts, keys and people they name. */
function replay(rows: readonly JournalRow[], from: Reader, into: Register): void {
  into.transact((writer) => {
    for (const [id, address] of [
      [1, 'mara@agency.example'],
      [2, 'tomas@acme.example'],
    ] as const) {
      writer.run('INSERT INTO person (id, name, created_at) VALUES (?, ?, 0)', [id, address])
      writer.run('INSERT INTO person_address (address, person_id) VALUES (?, ?)', [address, id])
    }
    for (const row of rows) {
      if (row.action === 'review.opened') handOver(from, row, writer)
      const operation = parseOperation(row)
      if (operation !== null) settleDecision(writer, operation)
      if (row.action !== 'connection.added') continue
      const lastId = writer.value<number>('SELECT max(id) FROM connection') ?? 0
      for (const account of ['u1', 'u2', 'b1', `file:${IN_FILE}`]) {
        writer.run("INSERT INTO principal (connection_id, external_id, kind) VALUES (?, ?, 'user')", [lastId, account])
      }
      for (const key of ['key_1', 'key_2', 'key_b']) {
        writer.run('INSERT INTO logical_key (connection_id, name) VALUES (?, ?)', [lastId, key])
        writer.run(
          `INSERT INTO key (connection_id, external_id, logical_key_id, last_use_state, lineage)
           VALUES (?, ?, (SELECT max(id) FROM logical_key), 'never', '')`,
          [lastId, key],
        )
      }
      for (const project of ['proj_a', 'proj_b']) {
        writer.run('INSERT INTO project (connection_id, external_id) VALUES (?, ?)', [lastId, project])
      }
    }
  })
}

describe('whatever people decide', () => {
  it('is in the journal as operations, from which the tables follow: row by row, and again from nothing', async () => {
    const all = await seeded()
    const reader = getReader(all.service.context)
    const seen = new Set<string>()
    await decideEach(all)
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 12, maxLength: 20 }), async (chosen) => {
        for (const step of chosen) {
          all.clock.now += 1000
          // What is refused, or finds nothing to act on, decides nothing.
          await step(all).catch(() => undefined)
        }
        const rows = journalRows(reader)
        const today = getToday(all.service.context)
        for (const row of rows) {
          if (!isKind(row.action)) continue
          expect(parseOperation(row)?.kind).toBe(row.action)
          seen.add(row.action)
        }
        const tables = foldJournal()
        const frozen = frozenByJournal()
        const visit = (row: JournalRow): void => {
          tables.visit(row)
          frozen.visit(row)
        }
        expect(checkJournal(reader, visit).problems).toEqual([])
        const proofs = frozen.begin(reader)(tables.result(reader, today))
        for (const { problems, partly, table } of proofs) {
          expect([table, problems, partly]).toEqual([table, [], 0])
        }
        for (const [table, model] of computeTables(rows)) {
          const computed = [...model.values()].map((row) => canonicalJson(row as Json)).toSorted()
          expect([table, contents(reader)[table]]).toEqual([table, computed])
        }
        const other = newBriefRegister(() => all.clock.now)
        replay(rows, reader, other)
        expect(contents(other.reader)).toEqual(contents(reader))
        expect(lastReviews(other.reader)).toEqual(lastReviews(reader))
        expect(keys(other.reader)).toEqual(keys(reader))
        expect(people(other.reader)).toEqual(people(reader))
        expect(reviews(other.reader)).toEqual(reviews(reader))
        other.close()
      }),
      { numRuns: 12 },
    )
    // Folders are on a disk, and devices exist in a team only: their areas test them.
    const isElsewhere = (kind: string): boolean => /^(?:usage\.folder|credential\.)/u.test(kind)
    expect(KINDS.filter((kind) => !seen.has(kind) && !isElsewhere(kind))).toEqual([])
  })
})
