import { IconFlag } from '@tabler/icons-react'

import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { Named } from '../../ui/named.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { WhenDay } from '../../ui/when.tsx'
import { LastUseMark } from '../../entities/key-badges.tsx'
import { lastUseText } from '../../entities/key-labels.ts'
import { ClosureMark, DecisionMark } from '../../entities/review-badges.tsx'
import { closureWords, costWords, noOwner, placeWords, recordWords, subjectWord } from '../../entities/review-labels.ts'

function flagWords(findings: ReviewItem['facts']['findings']): string {
  const [only] = findings
  return only !== undefined && findings.length === 1 ? only.title : plural(findings.length, 'finding')
}

function findingsText({ facts }: ReviewItem): string {
  return facts.findings.map(({ title }) => title).join(', ')
}

const DECISION: DataColumn<ReviewItem> = {
  id: 'decision',
  header: 'Decision',
  width: 168,
  sort: 'decision',
  cell: ({ record }) => <DecisionMark record={record} />,
  text: ({ record }) => (record === null ? 'Undecided' : recordWords(record)),
}

const CLOSURE: DataColumn<ReviewItem> = {
  id: 'closure',
  header: 'Carried out',
  width: 120,
  cell: ({ closure }) => <ClosureMark closure={closure} />,
  text: ({ closure }) => (closure === null ? '' : closureWords(closure)),
}

/** The items of a review. `ofKeys`: they are keys. `closed`: it is signed, and what was decided has to happen. */
export function itemColumns(ofKeys: boolean, closed: boolean): readonly DataColumn<ReviewItem>[] {
  return [
    {
      id: 'position',
      header: 'No',
      width: 66,
      align: 'end',
      sort: 'position',
      cell: (row) => wholeNumber(row.position),
      text: (row) => String(row.position),
    },
    DECISION,
    ...(closed ? [CLOSURE] : []),
    {
      id: 'name',
      header: ofKeys ? 'Key' : 'Who',
      width: 160,
      grow: 2,
      sort: 'name',
      cell: (row) => <Named text={row.name} otherwise="No name" />,
      text: (row) => row.name,
    },
    {
      id: 'flags',
      header: 'Findings',
      width: 150,
      grow: 2,
      cell: (row) =>
        row.flagged ? (
          <Status tone="warn" icon={IconFlag} plain title={findingsText(row)}>
            {flagWords(row.facts.findings)}
          </Status>
        ) : null,
      text: findingsText,
    },
    {
      id: 'subject',
      header: 'Kind',
      width: 110,
      cell: (row) => subjectWord(row.facts),
      text: (row) => subjectWord(row.facts),
    },
    {
      id: 'project',
      header: 'Where',
      width: 120,
      grow: 1,
      sort: 'project',
      cell: (row) => <Named text={placeWords(row.facts)} />,
      text: (row) => placeWords(row.facts),
    },
    {
      id: 'connection',
      header: 'Connection',
      width: 130,
      grow: 1,
      hidden: true,
      cell: (row) => <Named text={row.facts.connection.label} />,
      text: (row) => row.facts.connection.label,
    },
    ...(ofKeys ? KEY_FACTS : [ROLE]),
    {
      id: 'last-used',
      header: 'Last used',
      width: 106,
      sort: 'last-used',
      cell: (row) => <LastUseMark use={row.facts.lastUse} />,
      text: (row) => lastUseText(row.facts.lastUse),
    },
    {
      id: 'cost',
      header: '30 days',
      width: 88,
      align: 'end',
      hidden: true,
      cell: (row) => costWords(row.facts.cost30Micros),
      text: (row) => costWords(row.facts.cost30Micros),
    },
  ]
}

const ROLE: DataColumn<ReviewItem> = {
  id: 'role',
  header: 'Role',
  width: 110,
  grow: 1,
  cell: ({ facts }) => <Named text={facts.roleNow === null ? null : roleLabel(facts.roleNow.raw)} />,
  text: ({ facts }) => (facts.roleNow === null ? '' : roleLabel(facts.roleNow.raw)),
}

const KEY_FACTS: readonly DataColumn<ReviewItem>[] = [
  {
    id: 'owner',
    header: 'Owner',
    width: 120,
    grow: 1,
    cell: ({ facts }) => <Named text={facts.key?.owner} otherwise={noOwner(facts.key?.ownerState)} />,
    text: ({ facts }) => facts.key?.owner ?? noOwner(facts.key?.ownerState),
  },
  {
    id: 'due',
    header: 'Rotation due',
    width: 118,
    cell: ({ facts }) => <WhenDay day={facts.key?.dueOn ?? null} show="day" otherwise="No due day" />,
    text: ({ facts }) => facts.key?.dueOn ?? '',
  },
]
