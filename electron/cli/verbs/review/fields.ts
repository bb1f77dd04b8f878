import type { ReviewItem, ReviewRow, ReviewScheduleRow } from '../../../../shared/contract/reviews.ts'
import { reviewTitle } from '../../../../shared/domain/reviews/review.ts'
import {
  clientField,
  count,
  day,
  flagged,
  idField,
  instant,
  json,
  minute,
  plain,
  text,
} from '../../../../shared/nouns/noun.ts'
import type { Field } from '../../kit/listing.ts'
import { makeFields } from '../../kit/noun.ts'
import { bad, type Painter, warning } from '../../kit/text/paint.ts'
import { shown } from '../../kit/text/shown.ts'
import { dayCell, isoTime } from '../../kit/text/when.ts'

/** The columns and JSON keys of a review. */
export const REVIEW_FIELDS = makeFields<ReviewRow>(
  {
    reviewId: idField(),
    client: clientField({}),
    ...plain('kind'),
    name: text('Review', { table: { flexible: true } }),
    state: text('State', { table: {} }),
    openedAt: instant(''),
    ...plain('openedBy'),
    dueOn: day('Due', { table: {} }),
    overdue: flagged('Overdue', { table: {} }),
    items: count('Items', { table: {} }),
    decided: count('Decided', { table: {} }),
    flagged: count('Flagged', { table: {} }),
    kept: json((row) => row.decisions.keep),
    changed: json((row) => row.decisions.change),
    removed: json((row) => row.decisions.remove),
    unknown: count('Need info', { table: {} }, (row) => row.decisions.unknown),
    pending: count('Pending', { table: {} }),
    signedBy: text('Signed by', { table: { flexible: true } }, (row) => row.signed?.by ?? null),
    signedAt: instant('', {}, (row) => row.signed?.at ?? null),
    acknowledgedBy: json((row) => row.acknowledged?.by ?? null),
    acknowledgedAt: instant('', {}, (row) => row.acknowledged?.at ?? null),
    ...plain('override', 'carried'),
    reviewers: json(({ reviewers }) => reviewers.map(({ reviewer, decided }) => `${reviewer} ${decided}`).join(', ')),
    lastActiveAt: minute('Last active', { table: {} }, (row) => row.reviewers[0]?.lastAt ?? null),
  },
  { unknown: (row) => String(row.decisions.unknown ?? 0) },
)

/** The columns and JSON keys of a scheduled review. */
export const SCHEDULE_FIELDS = makeFields<ReviewScheduleRow>(
  {
    client: clientField({}),
    kind: text('Review', { table: {} }),
    everyMonths: count('Months', { table: {} }),
    dueOn: day('Due', { table: {} }),
    overdue: flagged('Overdue', { table: {} }),
    lastReviewId: json((row) => row.last?.reviewId ?? null),
    lastOn: day('Last', { table: {} }, (row) => row.last?.on ?? null),
    openReviewId: count('Open', { table: {} }),
    reviewer: text('Reviewer', { table: { flexible: true } }),
  },
  { kind: (row) => reviewTitle(row.kind) },
)

function findLastUse({ facts }: ReviewItem): string | null {
  const { lastUse } = facts
  if (lastUse.state === 'known') return isoTime(lastUse.at)
  return lastUse.state === 'before' ? `before ${isoTime(lastUse.at)}` : lastUse.state
}

/** The day of the last use, as in every other list. */
function lastUseText({ facts: { lastUse } }: ReviewItem): string {
  if (lastUse.state === 'known') return dayCell(lastUse.at)
  return lastUse.state === 'before' ? `before ${dayCell(lastUse.at)}` : lastUse.state.replaceAll('-', ' ')
}

function listPaths({ facts }: ReviewItem): string {
  return facts.paths.map(({ via, name, role }) => `${role.raw} ${via}${name === null ? '' : ` ${name}`}`).join('; ')
}

/** The columns and JSON keys of an item of a review. */
export function reviewItemFields(paint: Painter): readonly Field<ReviewItem>[] {
  return makeFields<ReviewItem>(
    {
      itemId: idField(),
      ...plain('reviewId', 'position'),
      name: text('Item', { table: { flexible: true } }),
      kind: json(({ facts }) => facts.principal?.kind ?? `${facts.key?.kind ?? ''} key`),
      email: json(({ facts }) => facts.principal?.email ?? null),
      externalId: json(({ facts }) => facts.principal?.externalId ?? facts.key?.externalId ?? null),
      connection: text('Connection', { table: { flexible: true } }, ({ facts }) => facts.connection.label),
      project: text('Project', { table: { flexible: true } }, ({ facts }) => facts.project?.name ?? null),
      role: text('Role', { table: {} }, ({ facts }) => facts.roleNow?.raw ?? null),
      level: json(({ facts }) => facts.roleNow?.level ?? null),
      roleBefore: text('Before', { table: {} }, ({ facts }) => facts.roleBefore?.raw ?? null),
      paths: json(listPaths),
      privileged: json(({ facts }) => facts.privileged),
      owner: json(({ facts }) => facts.key?.owner ?? null),
      employment: json(({ facts }) => facts.employment?.status ?? null),
      lastUsed: text('Last used', { table: {} }, findLastUse),
      dueOn: json(({ facts }) => facts.key?.dueOn ?? null),
      flagged: text('Findings', { table: {} }),
      findings: json(({ facts }) => facts.findings.map(({ rule }) => rule).join(' ')),
      decision: text('Decision', { table: {} }, (row) => row.record?.decision ?? null),
      to: json((row) => row.record?.to ?? null),
      why: json((row) => row.record?.why ?? null),
      until: json((row) => row.record?.until ?? null),
      decidedBy: json((row) => row.record?.by ?? null),
      decidedAt: instant('', {}, (row) => row.record?.at ?? null),
      batch: json((row) => row.record?.batch ?? null),
      selfReview: json((row) => row.record?.selfReview ?? null),
      closure: text('Done', { table: {} }, (row) => row.closure?.state ?? null),
      closedSync: json((row) => row.closure?.syncId ?? null),
      hours: json((row) => row.closure?.hours ?? null),
      residual: json((row) => row.closure?.residual.join(' ') ?? null),
    },
    {
      lastUsed: lastUseText,
      flagged: ({ facts }) => (facts.findings.length === 0 ? '-' : warning(paint, String(facts.findings.length))),
      decision: ({ record }) =>
        record === null
          ? '-'
          : `${record.decision === 'unknown' ? 'need more info' : record.decision}${record.to === null ? '' : ` to ${shown(record.to)}`}`,
      closure: ({ closure }) => (closure === null ? '-' : closure.state === 'done' ? 'yes' : bad(paint, 'not yet')),
    },
  )
}
