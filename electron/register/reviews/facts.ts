import type { ItemFacts } from '../../../shared/contract/reviews.ts'
import { SEVERITIES, type Severity } from '../../../shared/domain/findings/severity.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import type { Evidence } from '../findings/kit/rule.ts'
import { parseRule } from '../findings/rules.ts'
import type { Reader } from '../db/handles.ts'
import { FINDINGS_OF_ITEM } from './population.ts'
import type { Day } from '../../../shared/domain/day.ts'

/** An item with the facts that are frozen with it. */
export interface FrozenItem {
  readonly position: number
  readonly connectionId: number
  readonly name: string
  readonly personId: number | null
  readonly holderName: string | null
  readonly holderEmail: string | null
  readonly projectName: string | null
  readonly lastUsedAt: number | null
  readonly flagged: boolean
  readonly facts: ItemFacts
}

export interface Freezing {
  readonly kind: ReviewKind
  readonly clientId: number
  readonly previousId: number | null
  readonly at: number
  readonly today: Day
}

/** The first and last position of a population for which facts are gathered. */
export interface Part extends Freezing {
  readonly from: number
  readonly to: number
}

/** The columns of the field `employment`, from a table aliased `l`. */
export const EMPLOYMENT = `l.status AS "employment.status", l.department AS "employment.department", l.manager AS "employment.manager",
  l.job_title AS "employment.jobTitle", l.contractor AS "employment.contractor", l.ends_on AS "employment.endsOn",
  l.source AS "employment.source"`

export const JOIN_PROJECT = 'LEFT JOIN project_ref pr ON pr.id = i.project_id'

interface FindingColumns {
  readonly position: number
  readonly rule: string
  readonly severity: Severity
  readonly evidence: string
}

type Finding = ItemFacts['findings'][number]

/** Open findings about the items of a part, by position, most severe first. */
export function listFindings(reader: Reader, { from, to, at, today }: Part): ReadonlyMap<number, Finding[]> {
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
        const rule = parseRule(row.rule)
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
