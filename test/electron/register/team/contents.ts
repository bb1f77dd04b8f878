import { checkJournal } from '../../../../electron/register/db/journal.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { foldJournal } from '../../../../electron/register/rows/journal-fold.ts'
import { reviewTable } from '../../../../electron/register/rows/reviews.ts'
import { TABLES } from '../../../../electron/register/rows/tables.ts'
import { frozenByJournal } from '../../../../electron/register/rows/frozen-reviews.ts'
import { hashFrozen } from '../../../../electron/register/reviews/frozen-store.ts'
import { checkLogs } from '../../../../electron/register/team/heads.ts'
import { readCountingOrder } from '../../../../electron/register/team/order.ts'
import { findKind, nameSubject } from '../../../../electron/register/views/subjects.ts'
import { listViews } from '../../../../electron/register/views/views.ts'
import { listFiltered, NO_ROW } from '../../../../shared/contract/view-subjects.ts'
import { isExchanged } from '../../../../shared/team/rights.ts'
import { canonicalJson, type Json } from '../../../../shared/domain/canonical-json.ts'

/** The rows of the tables that exchanged operations write, without what was put away, and the policies. */
export function contents({ reader }: Register): Json {
  const tables = TABLES.filter(({ kinds }) => kinds.some(isExchanged)).map(({ table, rows, isPutAway }) => [
    table,
    rows(reader)
      .filter((row) => !isPutAway(row, reader))
      // The number of a batch is of one register alone.
      .map(({ values }) => canonicalJson(withoutNumbers(values) as Json))
      .toSorted(),
  ])
  return [
    ...tables,
    ...contentsOfKeys(reader),
    ['review', reviewContents(reader)],
    ['opened views', openedViews(reader)],
    ['principal', reader.all(LAST_REVIEWS)],
  ] as Json
}

/** Without the numbers that rows have in one register: parts in the order of their uids. */
function withoutNumbers(values: Readonly<Record<string, unknown>>): unknown {
  const parts = Object.entries(values).map(([field, value]) => {
    const isOfParts =
      Array.isArray(value) && value.some((one) => typeof one === 'object' && one !== null && 'uid' in one)
    if (!isOfParts) return [field, value]
    const list = value as readonly { readonly uid: string }[]
    return [field, list.map((part) => ({ ...part, id: null })).toSorted((a, b) => a.uid.localeCompare(b.uid))]
  })
  return { ...Object.fromEntries(parts), id: null }
}

/** What each filter of a view by a row names once the view is opened in the register: by the row that is filtered by. */
function openedViews(reader: Reader): Json {
  return listViews(reader, {})
    .map(({ list, name, client, search }) => ({
      name,
      client: client?.slug ?? null,
      filters: listFiltered(list, search).map(([param, of]) => {
        const kind = findKind(of, search)
        const row = Number(search[param])
        return [param, kind === null || row === NO_ROW ? null : nameSubject(reader, kind, row, null)]
      }),
    }))
    .map((view) => canonicalJson(view as Json))
    .toSorted()
}

const LAST_REVIEWS = `SELECT n.uid, p.external_id, p.last_reviewed_on FROM principal p JOIN connection n ON n.id = p.connection_id
  WHERE p.last_reviewed_on IS NOT NULL ORDER BY n.uid, p.external_id`

/** What people decided about keys, and the due days that follow, by the names of keys. */
function contentsOfKeys(reader: Reader): readonly Json[] {
  return [
    reader.all(
      `SELECT n.uid, (SELECT f.external_id FROM key f WHERE f.logical_key_id = l.id ORDER BY f.id LIMIT 1) AS first,
         l.environment, l.team, l.purpose, l.contact, l.interval_days, l.notes, l.due_on, l.decoy_since, l.decoy_reason
       FROM logical_key l JOIN connection n ON n.id = l.connection_id ORDER BY n.uid, first`,
    ),
    reader.all(
      `SELECT n.uid, k.external_id, k.snoozed_until, iif(k.standing = 1, k.due_on, NULL) AS due_on,
         iif(k.standing = 1, k.due_basis, NULL) AS due_basis, iif(k.standing = 1, k.last_rotated_on, NULL) AS last_rotated_on
       FROM key k JOIN connection n ON n.id = k.connection_id ORDER BY n.uid, k.external_id`,
    ),
    reader.all(
      `SELECT r.uid, k.external_id, r.key_name, r.trigger, r.rotated_on, r.recognized, r.operator, r.note, r.recorded_at, r.undone_at,
         r.met_due_on, (SELECT f.external_id FROM key f WHERE f.logical_key_id = r.logical_key_id ORDER BY f.id LIMIT 1) AS first
       FROM rotation r JOIN key k ON k.id = r.key_id ORDER BY r.uid`,
    ),
  ] as readonly Json[]
}

/** Reviews, but for those that were put away, with what is decided about each item, by names and without this register's numbers. */
function reviewContents(reader: Reader): Json {
  const rows = reviewTable.rows(reader)
  const putAway = new Set(rows.filter((row) => reviewTable.isPutAway(row, reader)).map(({ id }) => id))
  const reviews = reader.all<{ readonly id: number; readonly uid: string }>(
    `SELECT r.*, c.slug FROM review r JOIN client c ON c.id = r.client_id ORDER BY r.uid`,
  )
  return reviews
    .filter(({ id }) => !putAway.has(id))
    .map(({ id, ...review }) => [
      { ...review, client_id: 0 },
      hashFrozen(reader, id),
      reader.all(
        `SELECT i.position, p.external_id, i.decision, i.change_to, i.why, i.until, i.decided_by, i.decided_at, b.uid AS batch, i.self_review,
           p.last_reviewed_on
         FROM review_item i JOIN principal p ON p.id = i.principal_id LEFT JOIN review_batch b ON b.id = i.batch
         WHERE i.review_id = ? ORDER BY i.position`,
        [id],
      ),
      reader.all(
        `SELECT uid, begun_at, decided_at, decided_by, decision, size, undone_at, positions, self
         FROM review_batch b WHERE b.review_id = ? ORDER BY uid`,
        [id],
      ),
    ]) as unknown as Json
}

/** What `verify --register` finds of what a team exchanges. */
export function findProblems({ reader }: Register) {
  const tables = foldJournal()
  const frozen = frozenByJournal()
  for (const row of readCountingOrder(reader)) {
    tables.visit(row)
    frozen.visit(row)
  }
  return [
    ...checkJournal(reader).problems,
    ...checkLogs(reader).problems,
    ...frozen
      .begin(reader)(tables.result(reader))
      .flatMap((proof) => proof.problems),
  ]
}
