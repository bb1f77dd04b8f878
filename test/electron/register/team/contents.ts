import { checkJournal } from '../../../../electron/register/db/journal.ts'
import type { Register } from '../../../../electron/register/open.ts'
import { policiesByJournal } from '../../../../electron/register/read/policy-by-journal.ts'
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
  return [...tables, ['policy', policies.map(({ slug, values }) => [slug, JSON.parse(values) as Json])]] as Json
}

/** What `verify --register` finds of what a team exchanges. */
export function findProblems({ reader }: Register): readonly unknown[] {
  const tables = tablesByJournal()
  const policies = policiesByJournal()
  for (const row of readCountingOrder(reader)) {
    tables.visit(row)
    if (row.action === 'policy.changed') policies.change(row.client, JSON.parse(row.body) as Record<string, unknown>)
  }
  return [
    ...checkJournal(reader).problems,
    ...checkStreams(reader).problems,
    ...tables.result(reader).flatMap((proof) => proof.problems),
    ...policies.result(reader).problems,
  ]
}
