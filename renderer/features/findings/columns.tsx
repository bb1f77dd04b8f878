import type { FindingGroup } from '../../../shared/contract/findings.ts'
import { SEVERITIES, type Severity } from '../../../shared/domain/findings/severity.ts'
import { certaintyWord, severityWord, subjectKindWord } from '../../entities/finding-labels.ts'
import type { FindingsView } from '../../entities/findings-search.ts'
import { FINDINGS } from '../../../shared/nouns/findings.ts'
import { toColumns, clientColumn } from '../../entities/noun-columns.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { rareColumn, statusColumn, wordColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'

export const FINDING_COLUMNS = toColumns(FINDINGS, {
  severity: (row) => severityWord(row.severity),
  certainty: (row) => certaintyWord(row.certainty).word,
  subjectKind: (row) => subjectKindWord(row.subject.kind),
})

const HEADERS: Readonly<Record<Exclude<FindingsView, 'all' | 'trend'>, string>> = {
  rule: 'Rule',
  client: 'Client',
  subject: 'Subject',
}

/** The columns of findings that are counted by rule, client or subject. */
export function groupColumns(by: keyof typeof HEADERS): readonly DataColumn<FindingGroup>[] {
  return [
    statusColumn('worst', by === 'rule' ? 'Severity' : 'Highest severity', { ch: 11 }, (row) =>
      severityWord(row.worst),
    ),
    ...(by === 'rule' ? RULE_COLUMNS : []),
    {
      id: 'name',
      header: HEADERS[by],
      ch: 25,
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
    rareColumn('count', 'Findings', { ch: 8 }, (row) => row.count),
    // A rule has one severity.
    ...(by === 'rule'
      ? []
      : SEVERITIES.map((each: Severity) =>
          rareColumn(each, severityWord(each).word, { ch: 8 }, (row: FindingGroup) => row.counts[each]),
        )),
  ]
}

const RULE_COLUMNS: readonly DataColumn<FindingGroup>[] = [
  wordColumn('certainty', 'Certainty', { ch: 9 }, (row) =>
    row.certainty === null ? '' : certaintyWord(row.certainty).word,
  ),
]

const SUBJECT_COLUMNS: readonly DataColumn<FindingGroup>[] = [
  wordColumn('kind', 'Kind', { ch: 10 }, (row) => (row.subject === null ? '' : subjectKindWord(row.subject.kind))),
  clientColumn({ ch: 13, grow: 1 }),
]
