import { FINDINGS } from '../../../../shared/nouns/findings.ts'
import { toFields } from '../../kit/noun.ts'
import type { Outputs } from '../../../../shared/contract/contract.ts'
import { describeUnseen } from '../../../../shared/domain/findings/unseen-words.ts'
import type { Field } from '../../kit/listing.ts'
import { type Fact, type Sheet, toFacts, toFactText, toLabel, toSection } from '../../kit/sheet.ts'
import { isoTime } from '../../kit/text/when.ts'

type Detail = Outputs['findings']['get']

const asIs = (text: string): string => text

/** The values of a finding, in the order in which people read them. */
export const DETAIL_FIELDS: readonly Field<Detail>[] = [
  { key: 'findingId', json: ({ row }) => row.findingId },
  { key: 'severity', json: ({ row }) => row.severity },
  { key: 'certainty', json: ({ row }) => row.certainty },
  { key: 'quiet', json: ({ row }) => row.quiet },
  { key: 'state', json: ({ row }) => row.state },
  { key: 'client', json: ({ row }) => row.client.slug },
  { key: 'connectionId', json: ({ row }) => row.connection.id },
  { key: 'connection', json: ({ row }) => row.connection.label },
  { key: 'subjectKind', json: ({ row }) => row.subject.kind },
  { key: 'subjectId', json: ({ row }) => row.subject.id },
  { key: 'subject', json: ({ row }) => row.subject.name },
  { key: 'says', json: ({ row }) => row.says },
  { key: 'remediation', json: ({ rule }) => rule.remediation },
  { key: 'firstSeenAt', json: ({ row }) => isoTime(row.firstSeenAt) },
  { key: 'acceptedUntil', json: ({ row }) => row.accepted?.until ?? null },
  { key: 'acceptedReason', json: ({ row }) => row.accepted?.reason ?? null },
  {
    key: 'acceptedUnseen',
    json: ({ unseen }) => (unseen === null ? null : describeUnseen(unseen, { name: asIs, day: asIs }).join(' ')),
  },
  { key: 'rule', json: ({ rule }) => rule.id },
  { key: 'doubt', json: ({ rule }) => rule.doubt },
  { key: 'reads', json: ({ rule }) => rule.reads },
  { key: 'controls', json: ({ rule }) => rule.controls.join(', ') },
]

/** A finding with its evidence, what to do about it, and its rule. */
export function toFindingSheet(detail: Detail): Sheet {
  const { row, rule, evidence, before } = detail
  const id = String(row.findingId)
  const proof = Object.entries(evidence).map(([name, value]): Fact => {
    const known = typeof value === 'number' && name.endsWith('At') ? isoTime(value) : value
    return { key: `evidence.${name}`, value: known, text: toFactText(name, known), label: toLabel(name) }
  })
  const isOpen = row.state !== 'resolved'
  return {
    thing: `finding-${id}`,
    title: rule.title,
    facts: [...toFacts(DETAIL_FIELDS, detail), ...proof],
    sections: before.length === 0 ? [] : [toSection('earlier', 'Earlier', toFields(FINDINGS), before)],
    next: isOpen
      ? [
          ['remediation', 'propose', '--finding', id],
          ...(row.subject.kind === 'key' ? [['show', `key-${row.subject.id}`]] : []),
          ...(row.subject.kind === 'project' ? [['show', `project-${row.subject.id}`]] : []),
          ...(row.subject.kind === 'connection' ? [['show', `connection-${row.subject.id}`]] : []),
          ...(row.subject.personId === null ? [] : [['show', `person-${row.subject.personId}`]]),
        ]
      : [],
  }
}
