import { checkJournal } from '../../../../electron/register/db/journal.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'
import type { Register } from '../../../../electron/register/open.ts'
import { policiesByJournal } from '../../../../electron/register/read/policy-by-journal.ts'
import { keysByJournal } from '../../../../electron/register/read/proof/keys.ts'
import { PROVED_TABLES, tablesByJournal } from '../../../../electron/register/read/proof/proof.ts'
import { checkStreams } from '../../../../electron/register/team/heads.ts'
import { readCountingOrder } from '../../../../electron/register/team/order.ts'
import { canonicalJson, type Json } from '../../../../shared/domain/canonical-json.ts'

/** The rows of the tables that exchanged operations write, without what was put away, and the policies. */
export function contents({ reader }: Register): Json {
  const tables = PROVED_TABLES.filter(({ mend }) => mend !== undefined).map(({ table, rows, isPutAway }) => [
    table,
    rows(reader)
      .filter((row) => isPutAway?.(row) !== true)
      .map(({ values }) => canonicalJson(values as Json))
      .toSorted(),
  ])
  const policies = reader.all<{ readonly slug: string | null; readonly values: string }>(
    'SELECT c.slug, p."values" FROM policy p LEFT JOIN client c ON c.id = p.client_id ORDER BY c.slug',
  )
  return [
    ...tables,
    ...contentsOfKeys(reader),
    ['policy', policies.map(({ slug, values }) => [slug, JSON.parse(values) as Json])],
  ] as Json
}

/** What people decided about keys, and the due days that follow, by the names of keys. */
function contentsOfKeys(reader: Reader): readonly Json[] {
  return [
    reader.all(
      `SELECT n.uid, (SELECT f.external_id FROM key f WHERE f.logical_key_id = l.id ORDER BY f.id LIMIT 1) AS first,
         l.environment, l.team, l.purpose, l.contact, l.interval_days, l.notes, l.due_on
       FROM logical_key l JOIN connection n ON n.id = l.connection_id ORDER BY n.uid, first`,
    ),
    reader.all(
      `SELECT n.uid, k.external_id, k.snoozed_until, iif(k.standing = 1, k.due_on, NULL) AS due_on,
         iif(k.standing = 1, k.due_basis, NULL) AS due_basis, iif(k.standing = 1, k.last_rotated_on, NULL) AS last_rotated_on
       FROM key k JOIN connection n ON n.id = k.connection_id ORDER BY n.uid, k.external_id`,
    ),
    reader.all(
      `SELECT r.uid, k.external_id, r.key_name, r.trigger, r.rotated_on, r.recognised, r.operator, r.note, r.recorded_at, r.undone_at,
         r.met_due_on, (SELECT f.external_id FROM key f WHERE f.logical_key_id = r.logical_key_id ORDER BY f.id LIMIT 1) AS first
       FROM rotation r JOIN key k ON k.id = r.key_id ORDER BY r.uid`,
    ),
  ] as readonly Json[]
}

/** What `verify --register` finds of what a team exchanges. */
export function findProblems({ reader }: Register): readonly unknown[] {
  const tables = tablesByJournal()
  const keys = keysByJournal()
  const policies = policiesByJournal()
  for (const row of readCountingOrder(reader)) {
    tables.visit(row)
    keys.visit(row)
    if (row.action === 'policy.changed') policies.change(row.client, JSON.parse(row.body) as Record<string, unknown>)
  }
  return [
    ...checkJournal(reader).problems,
    ...checkStreams(reader).problems,
    ...tables.result(reader).flatMap((proof) => proof.problems),
    ...keys.result(reader, '2026-01-01').flatMap((proof) => proof.problems),
    ...policies.result(reader).problems,
  ]
}
