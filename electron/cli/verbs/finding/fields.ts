import type { FindingRow } from '../../../../shared/contract/findings.ts'
import { CONNECTION_FIELDS, plain } from '../../kit/fields.ts'
import type { Field } from '../../kit/listing.ts'
import { isoTime } from '../../kit/text/when.ts'

/** All values of a finding, for JSON and CSV. */
export const FINDING_FIELDS: readonly Field<FindingRow>[] = [
  ...plain('findingId', 'severity', 'certainty', 'quiet'),
  { key: 'rule', json: (row) => row.rule.id },
  { key: 'title', json: (row) => row.rule.title },
  { key: 'state', json: (row) => row.state },
  { key: 'client', json: (row) => row.client.slug },
  ...CONNECTION_FIELDS,
  { key: 'subjectKind', json: (row) => row.subject.kind },
  { key: 'subjectId', json: (row) => row.subject.id },
  { key: 'subject', json: (row) => row.subject.name },
  { key: 'evidence', json: (row) => row.says },
  { key: 'firstSeenAt', json: (row) => isoTime(row.firstSeenAt) },
  { key: 'firstSync', json: (row) => row.firstSync },
  { key: 'acceptedUntil', json: (row) => row.accepted?.until ?? null },
  { key: 'acceptedReason', json: (row) => row.accepted?.reason ?? null },
  { key: 'acceptedBy', json: (row) => row.accepted?.by ?? null },
  { key: 'resolvedAt', json: (row) => isoTime(row.resolvedAt) },
  { key: 'resolvedSync', json: (row) => row.resolvedSync },
]
