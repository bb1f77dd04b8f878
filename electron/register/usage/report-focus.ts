import type { FocusCharge } from '../../../shared/domain/usage/focus.ts'
import { type LineSums, toFocusLines } from '../../../shared/domain/usage/focus-lines.ts'
import type { Reader } from '../db/handles.ts'
import { SUMS } from './by.ts'
import type { ReportClient, ReportOrganization } from './report-owners.ts'

interface Columns extends LineSums {
  readonly projectId: string
  readonly projectName: string | null
  readonly keyId: string
  readonly keyName: string | null
  readonly model: string
  readonly environment: string | null
  readonly team: string | null
}

/**
 * The charges of an organization on one day, by project, key, model and line item: the finest detail that its provider
 * reports, added up over its users and services. Sums of `cost` are the billed total of the day.
 */
export function focusCharges(
  reader: Reader,
  client: ReportClient,
  of: ReportOrganization,
  day: number,
): Omit<FocusCharge, 'readDays'>[] {
  const rows = reader.all<Columns>(
    `SELECT p.word AS projectId, p.name AS projectName, k.word AS keyId, k.name AS keyName, m.word AS model,
       ifnull(l.environment, e.environment) AS environment, ifnull(l.team, e.team) AS team, f.*
     FROM (SELECT project, key, model AS of_model, item, ${SUMS} FROM usage_fact
       WHERE connection_id = :connection AND day = :day GROUP BY project, key, model, item) f
     JOIN usage_name p ON p.id = f.project JOIN usage_name k ON k.id = f.key JOIN usage_name m ON m.id = f.of_model
     LEFT JOIN key e ON e.id = k.ref LEFT JOIN logical_key l ON l.id = e.logical_key_id
     ORDER BY p.word, k.word, m.word, f.item`,
    { connection: of.id, day },
  )
  const named = (id: string, name: string | null): FocusCharge['project'] => (id === '' ? null : { id, name })
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.projectId, row.keyId, row.model])).values()
  return [...groups].flatMap((own) => {
    const [row] = own
    if (row === undefined) return []
    const place = {
      day,
      client: client.name,
      provider: of.provider,
      organizationId: of.organizationId,
      organization: of.label,
      project: named(row.projectId, row.projectName),
      key: named(row.keyId, row.keyName),
      model: row.model === '' ? null : row.model,
      environment: row.environment,
      team: row.team,
    }
    return toFocusLines(own).map((line) => ({ ...place, ...line }))
  })
}
