import type { ReviewItem, ReviewRow, ReviewScheduleRow } from '../../../../shared/contract/reviews.ts'
import { reviewTitle } from '../../../../shared/domain/reviews/review.ts'
import type { Field } from '../../kit/listing.ts'
import { bad, type Painter, warning } from '../../kit/text/paint.ts'
import { shown } from '../../kit/text/shown.ts'
import { dayCell, isoTime } from '../../kit/text/when.ts'
import { minuteField, plain } from '../../kit/fields.ts'

/** The columns and JSON keys of a review. */
export const REVIEW_FIELDS: readonly Field<ReviewRow>[] = [
  { key: 'reviewId', json: (row) => row.reviewId, column: { title: 'ID', align: 'right' } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'kind', json: (row) => row.kind },
  { key: 'name', json: (row) => row.name, column: { title: 'Review', flexible: true } },
  { key: 'state', json: (row) => row.state, column: { title: 'State' } },
  { key: 'openedAt', json: (row) => isoTime(row.openedAt) },
  { key: 'openedBy', json: (row) => row.openedBy },
  { key: 'dueOn', json: (row) => row.dueOn, column: { title: 'Due' } },
  { key: 'overdue', json: (row) => row.overdue, column: { title: 'Overdue' } },
  { key: 'items', json: (row) => row.items, column: { title: 'Items', align: 'right' } },
  { key: 'decided', json: (row) => row.decided, column: { title: 'Decided', align: 'right' } },
  { key: 'flagged', json: (row) => row.flagged, column: { title: 'Flagged', align: 'right' } },
  { key: 'kept', json: (row) => row.decisions.keep },
  { key: 'changed', json: (row) => row.decisions.change },
  { key: 'removed', json: (row) => row.decisions.remove },
  {
    key: 'unknown',
    json: (row) => row.decisions.unknown,
    column: { title: 'Need info', align: 'right' },
    cell: (row) => String(row.decisions.unknown ?? 0),
  },
  { key: 'pending', json: (row) => row.pending, column: { title: 'Pending', align: 'right' } },
  { key: 'signedBy', json: (row) => row.signed?.by ?? null, column: { title: 'Signed by', flexible: true } },
  { key: 'signedAt', json: (row) => isoTime(row.signed?.at ?? null) },
  { key: 'acknowledgedBy', json: (row) => row.acknowledged?.by ?? null },
  { key: 'acknowledgedAt', json: (row) => isoTime(row.acknowledged?.at ?? null) },
  { key: 'override', json: (row) => row.override },
  { key: 'carried', json: (row) => row.carried },
  {
    key: 'reviewers',
    json: ({ reviewers }) => reviewers.map(({ reviewer, decided }) => `${reviewer} ${decided}`).join(', '),
  },
  minuteField('lastActiveAt', { title: 'Last active' }, (row) => row.reviewers[0]?.lastAt ?? null),
]

/** The columns and JSON keys of a scheduled review. */
export const SCHEDULE_FIELDS: readonly Field<ReviewScheduleRow>[] = [
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'kind', json: (row) => row.kind, column: { title: 'Review' }, cell: (row) => reviewTitle(row.kind) },
  { key: 'everyMonths', json: (row) => row.everyMonths, column: { title: 'Months', align: 'right' } },
  { key: 'dueOn', json: (row) => row.dueOn, column: { title: 'Due' } },
  { key: 'overdue', json: (row) => row.overdue, column: { title: 'Overdue' } },
  { key: 'lastReviewId', json: (row) => row.last?.reviewId ?? null },
  { key: 'lastOn', json: (row) => row.last?.on ?? null, column: { title: 'Last' } },
  { key: 'openReviewId', json: (row) => row.openReviewId, column: { title: 'Open', align: 'right' } },
  { key: 'reviewer', json: (row) => row.reviewer, column: { title: 'Reviewer', flexible: true } },
]

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
  return [
    { key: 'itemId', json: (row) => row.itemId, column: { title: 'ID', align: 'right' } },
    ...plain('reviewId', 'position'),
    { key: 'name', json: (row) => row.name, column: { title: 'Item', flexible: true } },
    { key: 'kind', json: ({ facts }) => facts.principal?.kind ?? `${facts.key?.kind ?? ''} key` },
    { key: 'email', json: ({ facts }) => facts.principal?.email ?? null },
    { key: 'externalId', json: ({ facts }) => facts.principal?.externalId ?? facts.key?.externalId ?? null },
    {
      key: 'connection',
      json: ({ facts }) => facts.connection.label,
      column: { title: 'Connection', flexible: true },
    },
    { key: 'project', json: ({ facts }) => facts.project?.name ?? null, column: { title: 'Project', flexible: true } },
    { key: 'role', json: ({ facts }) => facts.roleNow?.raw ?? null, column: { title: 'Role' } },
    { key: 'level', json: ({ facts }) => facts.roleNow?.level ?? null },
    { key: 'roleBefore', json: ({ facts }) => facts.roleBefore?.raw ?? null, column: { title: 'Before' } },
    { key: 'paths', json: listPaths },
    { key: 'privileged', json: ({ facts }) => facts.privileged },
    { key: 'owner', json: ({ facts }) => facts.key?.owner ?? null },
    { key: 'employment', json: ({ facts }) => facts.employment?.status ?? null },
    { key: 'lastUsed', json: findLastUse, column: { title: 'Last used' }, cell: lastUseText },
    { key: 'dueOn', json: ({ facts }) => facts.key?.dueOn ?? null },
    {
      key: 'flagged',
      json: (row) => row.flagged,
      column: { title: 'Findings' },
      cell: ({ facts }) => (facts.findings.length === 0 ? '-' : warning(paint, String(facts.findings.length))),
    },
    { key: 'findings', json: ({ facts }) => facts.findings.map(({ rule }) => rule).join(' ') },
    {
      key: 'decision',
      json: (row) => row.record?.decision ?? null,
      column: { title: 'Decision' },
      cell: ({ record }) =>
        record === null
          ? '-'
          : `${record.decision === 'unknown' ? 'need more info' : record.decision}${record.to === null ? '' : ` to ${shown(record.to)}`}`,
    },
    { key: 'to', json: (row) => row.record?.to ?? null },
    { key: 'why', json: (row) => row.record?.why ?? null },
    { key: 'until', json: (row) => row.record?.until ?? null },
    { key: 'decidedBy', json: (row) => row.record?.by ?? null },
    { key: 'decidedAt', json: (row) => isoTime(row.record?.at ?? null) },
    { key: 'batch', json: (row) => row.record?.batch ?? null },
    { key: 'selfReview', json: (row) => row.record?.selfReview ?? null },
    {
      key: 'closure',
      json: (row) => row.closure?.state ?? null,
      column: { title: 'Done' },
      cell: ({ closure }) => (closure === null ? '-' : closure.state === 'done' ? 'yes' : bad(paint, 'not yet')),
    },
    { key: 'closedSync', json: (row) => row.closure?.syncId ?? null },
    { key: 'hours', json: (row) => row.closure?.hours ?? null },
    { key: 'residual', json: (row) => row.closure?.residual.join(' ') ?? null },
  ]
}
