import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Reader, Writer } from '../../../../electron/register/db/handles.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { mentionsOfKey, mentionsOfPerson } from '../../../../electron/register/reviews/about.ts'
import { closeDecided } from '../../../../electron/register/reviews/closing.ts'
import { itemsToDecide } from '../../../../electron/register/reviews/deciding.ts'
import { reviewMarks } from '../../../../electron/register/reviews/ending.ts'
import { frozenByJournal } from '../../../../electron/register/rows/frozen-reviews.ts'
import { frozenLines } from '../../../../electron/register/reviews/frozen-lines.ts'
import { itemIds, itemRows } from '../../../../electron/register/reviews/items.ts'
import { findReviewName, reviewIds, reviewRows } from '../../../../electron/register/reviews/list.ts'
import { administrators, countPopulation } from '../../../../electron/register/reviews/opening.ts'
import { remaining } from '../../../../electron/register/reviews/residual.ts'
import { schedule } from '../../../../electron/register/reviews/schedule/schedule.ts'
import { sourcesNow } from '../../../../electron/register/reviews/sources.ts'
import { REVIEW_KINDS, type ReviewKind } from '../../../../shared/domain/reviews/review.ts'
import { makeBigRegister } from '../../../bench/big-register.ts'
import { type Explained, explainingReader, explainingWriter, nestedScans, scans } from '../explaining.ts'
import { KEY } from '../registers.ts'
import { foldJournal } from '../../../../electron/register/rows/journal-fold.ts'
import { batchTable, reviewTable } from '../../../../electron/register/rows/reviews.ts'
import { decide, openReview, sign, undo } from './open-review.ts'

/* Reviews of 100,000 items are opened, decided and closed in sets: no statement scans a table of facts or of items. */

const NOW = Date.UTC(2026, 3, 1)
const TODAY = '2026-04-01'
const MOMENT = { now: NOW, today: TODAY }
const SIZE = { organizations: 20, people: 400, keys: 1200, grants: 800, projects: 200 }

let register: Register
let clientId: number

beforeAll(() => {
  register = makeBigRegister(join(mkdtempSync(join(tmpdir(), 'castellan-plans-')), 'register'), KEY, SIZE, NOW)
  clientId = register.reader.value<number>('SELECT client_id FROM connection ORDER BY id LIMIT 1') ?? 0
  register.transact((writer) => {
    writer.run(
      `INSERT INTO employment (person_id, name, status, source, reported_at) SELECT p.id, p.name, 'departed', 'x', 1 FROM person p LIMIT 20`,
    )
    for (const kind of REVIEW_KINDS) open(writer, kind)
  })
})
afterAll(() => register.close())

function open(writer: Writer, kind: ReviewKind): number {
  const previousId = writer.value<number | null>('SELECT max(id) FROM review WHERE kind = ?', [kind]) ?? undefined
  const reviewId = openReview(writer, { clientId, kind, at: NOW, today: TODAY, previousId })
  const items = itemIds(writer, reviewId, BY_POSITION).length
  decide(writer, reviewId, NOW, { positions: [[1, Math.max(items, 1)]], self: [], decision: 'remove' })
  sign(writer, reviewId, NOW, TODAY)
  return reviewId
}

const BY_POSITION = { sort: { by: 'position', direction: 'asc' } } as const

const READING: Readonly<Record<string, (reader: Reader) => unknown>> = {
  ...Object.fromEntries(
    REVIEW_KINDS.map((kind) => [
      `the population of ${kind}`,
      (r: Reader) => countPopulation(r, kind, clientId, MOMENT),
    ]),
  ),
  'administrators of a client': (r) => administrators(r, clientId, NOW),
  'sources of a client': (r) => sourcesNow(r, clientId, 'roles'),
  'the schedule of a client': (r) => schedule(r, { client: 'client-1' }, MOMENT),
  'the name of a review': (r) => findReviewName(r, 1),
  'rows of reviews': (r) => reviewRows(r, [1, 2, 3], TODAY),
  'items of a review': (r) => itemIds(r, 4, BY_POSITION),
  'items that a text names': (r) => itemIds(r, 4, { ...BY_POSITION, search: 'worker' }),
  'undecided items': (r) => itemIds(r, 4, { ...BY_POSITION, decided: false }),
  'items about a person': (r) => mentionsOfPerson(r, 1, {}),
  'items about a person, of one client': (r) => mentionsOfPerson(r, 1, { client: 'client-1' }),
  'items about a key': (r) => mentionsOfKey(r, 1),
  'rows of items': (r) => itemRows(r, [1, 2, 3], NOW),
  'items to decide': (r) => itemsToDecide(r, [1, 2, 3]),
  'what a review froze': (r) => [...frozenLines(r, 4)],
  'marks of a review': (r) => reviewMarks(r, 4),
  'what is left of removals': (r) => remaining(r, [1, 2, 3], NOW),
}

const WRITING: Readonly<Record<string, (writer: Writer) => unknown>> = {
  ...Object.fromEntries(
    REVIEW_KINDS.map((kind) => [`opening, deciding and signing a review of ${kind}`, (w: Writer) => open(w, kind)]),
  ),
  'reverting decisions': (w) => undo(w, 1, NOW),
  'closing what a sync verifies': (w) => closeDecided(w, { connectionId: 1, syncId: 1, began: NOW, at: NOW }),
}

/** The temporary table of the population may be scanned; so may the few reviews, and the lists of tables. */
const LAID_OUT =
  /^SCAN (?:i|temp\.(?:review_\w+|sqlite_master)|sqlite_sequence|review_population|review_before|r|l|sync_source)\b(?! USING INDEX review_item)/u

const walked = (plans: readonly Explained[]): unknown[] => [
  ...plans.flatMap((each) =>
    scans(each)
      .filter((scan) => !allowed(each, scan))
      .map((scan) => [scan, each.sql]),
  ),
  ...plans.flatMap((each) =>
    nestedScans(each)
      .filter((scan) => !allowed(each, scan))
      .map((scan) => [scan, each.sql]),
  ),
]

const allowed = ({ sql }: Explained, scan: string): boolean =>
  LAID_OUT.test(scan) && (scan !== 'SCAN i' || /review_population|\) i\b/u.test(sql))

describe.each([
  ['without statistics', () => undefined],
  ['with statistics', () => register.transact((writer) => writer.run('ANALYZE'))],
])('%s', (_, prepare) => {
  beforeAll(prepare)

  it.each(Object.entries(READING))('%s are read by an index', (_, ask) => {
    const plans: Explained[] = []
    ask(explainingReader(register.reader, plans))
    expect(plans.length).toBeGreaterThan(0)
    expect(walked(plans)).toEqual([])
  })

  it.each(Object.entries(WRITING))('%s uses an index', (_, work) => {
    const plans: Explained[] = []
    register.transact((writer) => work(explainingWriter(writer, plans)))
    expect(plans.length).toBeGreaterThan(0)
    expect(walked(plans)).toEqual([])
  })

  it('the proof of reviews reads no facts of items to count them', () => {
    const plans: Explained[] = []
    const reader = explainingReader(register.reader, plans)
    frozenByJournal().begin(reader)(foldJournal([reviewTable, batchTable]).result(reader))
    expect(plans.length).toBeGreaterThan(3)
    expect(plans.filter(({ sql }) => sql.includes('review_item_facts'))).toEqual([])
  })

  it('counts the items of a review from a covering index', () => {
    const plans: Explained[] = []
    reviewRows(explainingReader(register.reader, plans), [4], TODAY)
    const counting = plans.filter(({ sql }) => sql.includes('review_item_summary'))
    const details = counting.flatMap(({ steps }) => steps.map(({ detail }) => detail))
    expect(details.filter((detail) => detail.includes(' i '))).toEqual([
      expect.stringContaining('COVERING INDEX review_item_summary'),
    ])
  })

  it('finds the last reviews of accounts in the index of those that have one', () => {
    const plans: Explained[] = []
    schedule(explainingReader(register.reader, plans), {}, MOMENT)
    const accounts = plans.filter(({ sql }) => sql.includes('AS admins'))
    const details = accounts.flatMap(({ steps }) => steps.map(({ detail }) => detail))
    expect(details.filter((detail) => / p /u.test(detail))).toEqual([
      expect.stringContaining('INDEX principal_reviewed (connection_id=? AND last_reviewed_on>?)'),
    ])
  })

  it('lists the reviews of a client by an index', () => {
    const plans: Explained[] = []
    reviewIds(explainingReader(register.reader, plans), { client: 'client-1' })
    expect(plans.flatMap(scans)).toEqual([])
  })
})
