import type { ItemFacts } from '../../../shared/contract/reviews.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { SEVERITIES, type Severity } from '../../../shared/domain/findings/severity.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import type { Evidence } from '../findings/kit/rule.ts'
import { ruleOf } from '../findings/rules.ts'
import type { Reader } from '../db/handles.ts'
import { FINDINGS_OF_ITEM } from './population.ts'

/** An item with the facts that it is frozen with. */
export interface FrozenItem {
  readonly position: number
  readonly connectionId: number
  readonly principalId: number | null
  readonly keyId: number | null
  readonly projectId: number | null
  readonly name: string
  readonly personId: number | null
  readonly holderName: string | null
  readonly holderEmail: string | null
  readonly projectName: string | null
  readonly lastUsedAt: number | null
  readonly flagged: boolean
  readonly facts: string
}

export interface Freezing {
  readonly reviewId: number
  readonly kind: ReviewKind
  readonly clientId: number
  readonly previousId: number | null
  readonly at: number
  readonly today: Day
}

/** Positions of a population from and to which facts are gathered. */
export interface Part extends Freezing {
  readonly from: number
  readonly to: number
}

/** The columns of employment that facts hold, from a table aliased `l`. */
export const EMPLOYMENT = `l.status AS employment_status, l.department, l.manager, l.job_title, l.contractor, l.ends_on,
  l.source AS employment_source`

export interface EmploymentColumns {
  readonly employment_status: string | null
  readonly department: string | null
  readonly manager: string | null
  readonly job_title: string | null
  readonly contractor: number | null
  readonly ends_on: Day | null
  readonly employment_source: string | null
}

export function employmentOf(row: EmploymentColumns): ItemFacts['employment'] {
  if (row.employment_status === null) return null
  return {
    status: row.employment_status,
    department: row.department,
    manager: row.manager,
    jobTitle: row.job_title,
    contractor: row.contractor === 1,
    endsOn: row.ends_on,
    source: row.employment_source ?? '',
  }
}

export interface ProjectColumns {
  readonly project_id: number | null
  readonly project_external_id: string | null
  readonly project_name: string | null
  readonly project_status: string | null
}

/** The columns of a project that facts hold, from `pr` and its standing version `pv`. */
export const PROJECT =
  'i.project_id, pr.external_id AS project_external_id, pv.name AS project_name, pv.status AS project_status'

export const JOIN_PROJECT = `LEFT JOIN project pr ON pr.id = i.project_id
  LEFT JOIN project_version pv ON pv.project_id = pr.id AND pv.to_sync IS NULL`

export function projectOf(row: ProjectColumns): ItemFacts['project'] {
  if (row.project_id === null) return null
  return {
    id: row.project_id,
    name: row.project_name ?? row.project_external_id ?? '',
    externalId: row.project_external_id ?? '',
    status: row.project_status ?? 'gone',
  }
}

interface FindingColumns {
  readonly position: number
  readonly rule: string
  readonly severity: Severity
  readonly evidence: string
}

type Finding = ItemFacts['findings'][number]

/** What is open against the items of a part, by position, most pressing first. */
export function findingsOf(reader: Reader, { from, to, at, today }: Part): ReadonlyMap<number, Finding[]> {
  const rows = reader.all<FindingColumns>(
    `SELECT i.position, f.rule, f.severity, f.evidence FROM temp.review_population i
     CROSS JOIN finding f ON ${FINDINGS_OF_ITEM} WHERE i.position BETWEEN :from AND :to`,
    { from, to, today },
  )
  const sorted = rows.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
  return new Map(
    [...Map.groupBy(sorted, (row) => row.position)].map(([position, own]) => [
      position,
      own.map((row) => {
        const rule = ruleOf(row.rule)
        return {
          rule: row.rule,
          title: rule?.title ?? row.rule,
          severity: row.severity,
          says: rule?.say(JSON.parse(row.evidence) as Evidence, { now: at, today }) ?? '',
        }
      }),
    ]),
  )
}
