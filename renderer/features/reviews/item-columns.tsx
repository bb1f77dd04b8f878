import { IconFlag } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { Named } from '../../ui/named.tsx'
import { Status } from '../../ui/status.tsx'
import { countColumn, dayColumn, textColumn, wordColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { ConnectionName } from '../../entities/connection-name.tsx'
import { severityWord } from '../../entities/finding-labels.ts'
import { LastUseMark } from '../../entities/key-badges.tsx'
import { lastUseText } from '../../entities/key-labels.ts'
import { ClosureMark, DecisionMark } from '../../entities/review-badges.tsx'
import { closureWords, costWords, noOwner, placeWords, recordWords, subjectWord } from '../../entities/review-labels.ts'

/** The findings of an item: the highest severity and their number. */
function FindingsMark({ row }: { readonly row: ReviewItem }): ReactElement | null {
  const { findings } = row.facts
  const worst = SEVERITIES.find((severity) => findings.some((one) => one.severity === severity))
  if (worst === undefined) return null
  const { word, tone } = severityWord(worst)
  return (
    <Status tone={tone} icon={IconFlag} plain title={findingsText(row)}>
      {`${word} · ${findings.length}`}
    </Status>
  )
}

function findingsText({ facts }: ReviewItem): string {
  return facts.findings.map(({ title }) => title).join(', ')
}

const DECISION: DataColumn<ReviewItem> = {
  id: 'decision',
  header: 'Decision',
  ch: 19,
  sort: 'decision',
  cell: ({ record }) => <DecisionMark record={record} />,
  text: ({ record }) => (record === null ? 'Undecided' : recordWords(record)),
}

const CLOSURE: DataColumn<ReviewItem> = {
  id: 'closure',
  header: 'Applied',
  ch: 13,
  cell: ({ closure }) => <ClosureMark closure={closure} />,
  text: ({ closure }) => (closure === null ? '' : closureWords(closure)),
}

/**
 * The columns of the items of a review. `ofKeys`: they are keys. `closed`: it is signed, and its decisions are to be
 * applied. `ofSeveral`: they are in several connections, where one name can occur more than once.
 */
export function itemColumns(ofKeys: boolean, closed: boolean, ofSeveral: boolean): readonly DataColumn<ReviewItem>[] {
  const named = { ch: 18, grow: 2, sort: 'name', otherwise: 'No name' }
  return [
    countColumn('position', '#', { ch: 6, sort: 'position' }, (row) => row.position),
    DECISION,
    ...(closed ? [CLOSURE] : []),
    textColumn('name', ofKeys ? 'Key' : 'Who', named, (row) => row.name),
    {
      id: 'flags',
      header: 'Findings',
      ch: 14,
      cell: (row) => <FindingsMark row={row} />,
      text: findingsText,
    },
    wordColumn('subject', 'Kind', { ch: 12 }, (row) => subjectWord(row.facts)),
    textColumn('project', 'Where', { ch: 13, grow: 1, sort: 'project' }, (row) => placeWords(row.facts)),
    {
      id: 'connection',
      header: 'Connection',
      ch: 24,
      hidden: !ofSeveral,
      cell: ({ facts }) => <ConnectionName label={facts.connection.label} />,
      text: ({ facts }) => facts.connection.label,
    },
    ...(ofKeys ? KEY_FACTS : [ROLE]),
    {
      id: 'last-used',
      header: 'Last used',
      ch: 11,
      sort: 'last-used',
      cell: (row) => <LastUseMark use={row.facts.lastUse} />,
      text: (row) => lastUseText(row.facts.lastUse),
    },
    wordColumn('cost', '30 days', { ch: 9, align: 'end', hidden: true }, (row) => costWords(row.facts.cost30Micros)),
  ]
}

const ROLE: DataColumn<ReviewItem> = textColumn('role', 'Role', { ch: 12, grow: 1 }, ({ facts }) =>
  facts.roleNow === null ? null : roleLabel(facts.roleNow.raw),
)

const KEY_FACTS: readonly DataColumn<ReviewItem>[] = [
  {
    id: 'owner',
    header: 'Owner',
    ch: 13,
    grow: 1,
    cell: ({ facts }) => <Named text={facts.key?.owner} otherwise={noOwner(facts.key?.ownerState)} />,
    text: ({ facts }) => facts.key?.owner ?? noOwner(facts.key?.ownerState),
  },
  dayColumn('due', 'Rotation due', { ch: 13, otherwise: 'No due date' }, ({ facts }) => facts.key?.dueOn ?? null),
]
