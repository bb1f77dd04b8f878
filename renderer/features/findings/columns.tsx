import type { FindingGroup, FindingRow } from '../../../shared/contract/findings.ts'
import { SEVERITIES, type Severity } from '../../../shared/domain/findings/severity.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { When } from '../../ui/when.tsx'
import type { FindingsView } from '../../entities/findings-search.ts'
import { severityWord, subjectKindWord } from '../../entities/finding-labels.ts'

export const FINDING_COLUMNS: readonly DataColumn<FindingRow>[] = [
  {
    id: 'severity',
    header: 'Severity',
    width: 104,
    sort: 'severity',
    cell: (row) => (
      <Status tone={severityWord(row.severity).tone} plain>
        {severityWord(row.severity).word}
      </Status>
    ),
    text: (row) => severityWord(row.severity).word,
  },
  {
    id: 'rule',
    header: 'Finding',
    width: 200,
    grow: 2,
    sort: 'rule',
    cell: (row) => row.rule.title,
    text: (row) => row.rule.title,
  },
  {
    id: 'subject',
    header: 'Subject',
    width: 160,
    grow: 2,
    sort: 'subject',
    cell: (row) => <Named text={row.subject.name} otherwise="No name" />,
    text: (row) => row.subject.name,
  },
  {
    id: 'kind',
    header: 'Kind',
    width: 100,
    cell: (row) => subjectKindWord(row.subject.kind),
    text: (row) => subjectKindWord(row.subject.kind),
  },
  {
    id: 'client',
    header: 'Client',
    width: 120,
    grow: 1,
    sort: 'client',
    cell: (row) => <ClientMark client={row.client} />,
    text: (row) => row.client.name,
  },
  {
    id: 'connection',
    header: 'Connection',
    width: 140,
    grow: 1,
    hidden: true,
    cell: (row) => <Named text={row.connection.label} />,
    text: (row) => row.connection.label,
  },
  {
    id: 'says',
    header: 'Evidence',
    width: 220,
    grow: 3,
    cell: (row) => <Named text={row.says} />,
    text: (row) => row.says,
  },
  {
    id: 'first-seen',
    header: 'First seen',
    width: 106,
    sort: 'first-seen',
    cell: (row) => <When at={row.firstSeenAt} />,
    text: (row) => absoluteTime(row.firstSeenAt),
  },
]

const HEADERS: Readonly<Record<Exclude<FindingsView, 'all' | 'trend'>, string>> = {
  rule: 'Rule',
  client: 'Client',
  subject: 'Subject',
}

const number = (id: string, header: string, value: (row: FindingGroup) => number): DataColumn<FindingGroup> => ({
  id,
  header,
  width: 78,
  align: 'end',
  cell: (row) => (value(row) === 0 ? <span className="c-quiet">0</span> : wholeNumber(value(row))),
  text: (row) => String(value(row)),
})

/** The columns of findings that are counted by rule, client or subject. */
export function groupColumns(by: keyof typeof HEADERS): readonly DataColumn<FindingGroup>[] {
  return [
    {
      id: 'worst',
      header: by === 'rule' ? 'Severity' : 'Worst',
      width: 104,
      cell: (row) => (
        <Status tone={severityWord(row.worst).tone} plain>
          {severityWord(row.worst).word}
        </Status>
      ),
      text: (row) => severityWord(row.worst).word,
    },
    {
      id: 'name',
      header: HEADERS[by],
      width: 220,
      grow: 3,
      cell: (row) =>
        by === 'client' && row.client !== null ? (
          <ClientMark client={row.client} />
        ) : (
          <Named text={row.name} otherwise="No name" />
        ),
      text: (row) => row.name,
    },
    ...(by === 'subject' ? SUBJECT_COLUMNS : []),
    number('count', 'Findings', (row) => row.count),
    // A rule has one severity.
    ...(by === 'rule'
      ? []
      : SEVERITIES.map((each: Severity) => number(each, severityWord(each).word, (row) => row.counts[each]))),
  ]
}

const SUBJECT_COLUMNS: readonly DataColumn<FindingGroup>[] = [
  {
    id: 'kind',
    header: 'Kind',
    width: 100,
    cell: (row) => (row.subject === null ? '' : subjectKindWord(row.subject.kind)),
    text: (row) => (row.subject === null ? '' : subjectKindWord(row.subject.kind)),
  },
  {
    id: 'client',
    header: 'Client',
    width: 120,
    grow: 1,
    cell: (row) => (row.client === null ? null : <ClientMark client={row.client} />),
    text: (row) => row.client?.name ?? '',
  },
]
