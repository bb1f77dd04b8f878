import type { KeyRow } from '../../../../shared/contract/keys.ts'
import type { DueRow } from '../../../../shared/contract/rotation.ts'
import { holderWords } from '../../../../shared/domain/providers/key-holder.ts'
import { KEYS } from '../../../../shared/nouns/keys.ts'
import type { Field } from '../../kit/listing.ts'
import { toFields } from '../../kit/noun.ts'
import { makePainter, rotationCell, type Painter } from '../../kit/text/paint.ts'
import { shown } from '../../kit/text/shown.ts'
import { dayCell } from '../../kit/text/when.ts'

/** The values that the table of due keys has, in its order. */
export function dueFields(paint: Painter): readonly Field<DueRow>[] {
  return [
    { key: 'keyId', json: (row) => row.keyId, column: { title: 'ID', align: 'right' } },
    { key: 'dueOn', json: (row) => row.rotation.dueOn, column: { title: 'Due' } },
    {
      key: 'rotation',
      json: (row) => row.rotation.state,
      column: { title: 'Rotation' },
      cell: (row) => rotationCell(paint, row.rotation.state, row.rotation.daysLeft),
    },
    { key: 'name', json: (row) => row.name, column: { title: 'Key', flexible: true, keep: 24 } },
    { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
    { key: 'project', json: (row) => row.project?.name ?? null, column: { title: 'Project', flexible: true } },
    { key: 'ownerName', json: (row) => row.owner.name, column: { title: 'Owner', flexible: true }, cell: ownerText },
    { key: 'contact', json: (row) => row.contact, column: { title: 'Contact', flexible: true } },
  ]
}

export function ownerText(row: Pick<DueRow, 'holder' | 'owner'>): string {
  return shown(holderWords(row))
}

function lastUseText(row: KeyRow): string {
  if (row.lastUse.state === 'known') return dayCell(row.lastUse.at)
  if (row.lastUse.state === 'before') return `before ${dayCell(row.lastUse.at)}`
  return row.lastUse.state === 'never' ? 'never' : 'unknown'
}

/** The fields of a list of keys. */
export function keyFields(paint: Painter): readonly Field<KeyRow>[] {
  return toFields(KEYS, {
    ownerName: ownerText,
    lastUsedAt: lastUseText,
    rotation: (row) => rotationCell(paint, row.rotation.state, row.rotation.daysLeft),
  })
}

/** The fields of one key, without colours. */
export const KEY_FIELDS = keyFields(makePainter(false))

/** The keys of an object of `due --json`, for help; the service writes it. */
export const DUE_JSON: readonly string[] = [
  'dueOn',
  'rotation',
  'daysLeft',
  'dueBasis',
  'keyId',
  'externalId',
  'name',
  'hint',
  'kind',
  'client',
  'connectionId',
  'connection',
  'provider',
  'organizationId',
  'project',
  'holder',
  'ownerName',
  'ownerEmail',
  'madeBy',
  'madeByEmail',
  'ownerRemoved',
  'environment',
  'team',
  'purpose',
  'contact',
  'lastRotatedOn',
  'snoozedUntil',
]
