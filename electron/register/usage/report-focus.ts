import { carriedCost } from '../../../shared/domain/usage/cost.ts'
import type { FocusCharge } from '../../../shared/domain/usage/focus.ts'
import type { Reader } from '../db/handles.ts'
import type { ReportClient, ReportOrganization } from './report-owners.ts'

interface Columns {
  readonly projectId: string
  readonly projectName: string | null
  readonly keyId: string
  readonly keyName: string | null
  readonly model: string
  readonly environment: string | null
  readonly team: string | null
  readonly tokens: number
  readonly requests: number
  readonly cost: number
  readonly nano: number
  readonly estimate: number
}

/**
 * What an organization charged on one day, by project, key and model: the finest detail that its provider reports,
 * added up over kinds of use. Sums of `cost` are the billed total of the day.
 */
export function focusCharges(reader: Reader, client: ReportClient, of: ReportOrganization, day: number): FocusCharge[] {
  const rows = reader.all<Columns>(
    `SELECT p.word AS projectId, p.name AS projectName, k.word AS keyId, k.name AS keyName, m.word AS model,
       ifnull(l.environment, e.environment) AS environment, ifnull(l.team, e.team) AS team, f.*
     FROM (SELECT project, key, model AS of_model, sum(input + output) AS tokens, sum(requests) AS requests, sum(cost) AS cost, sum(cost_nano) AS nano,
         sum(estimate) AS estimate FROM usage_fact WHERE connection_id = :connection AND day = :day GROUP BY project, key, model) f
     JOIN usage_name p ON p.id = f.project JOIN usage_name k ON k.id = f.key JOIN usage_name m ON m.id = f.of_model
     LEFT JOIN key e ON e.id = k.ref LEFT JOIN logical_key l ON l.id = e.logical_key_id
     ORDER BY p.word, k.word, m.word`,
    { connection: of.id, day },
  )
  const named = (id: string, name: string | null): FocusCharge['project'] => (id === '' ? null : { id, name })
  return rows.map((row) => ({
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
    tokens: row.tokens,
    requests: row.requests,
    ...carriedCost({ cost: row.cost, costNano: row.nano }),
    estimate: row.estimate,
  }))
}
