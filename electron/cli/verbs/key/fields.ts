import type { KeyRow } from '../../../../shared/contract/keys.ts'
import type { DueRow } from '../../../../shared/contract/rotation.ts'
import { holderWords } from '../../../../shared/domain/providers/key-holder.ts'
import type { Field } from '../../kit/listing.ts'
import { rotationCell, type Painter } from '../../kit/text/paint.ts'
import { shown } from '../../kit/text/shown.ts'
import type { Cell } from '../../kit/text/cell.ts'
import type { Column } from '../../kit/text/table.ts'
import { dayCell, isoTime } from '../../kit/text/when.ts'
import { plain, CONNECTION_FIELDS } from '../../kit/fields.ts'

type Of<K extends keyof KeyRow['owner']> = (row: KeyRow) => KeyRow['owner'][K] | null

/** Of the owner; null for a key of a workspace, which has none. */
function ofOwner<K extends keyof KeyRow['owner']>(name: K): Of<K> {
  return (row) => (row.holder === 'workspace' ? null : row.owner[name])
}

/** Of the creator of a workspace's key; null for every other key. */
function ofMaker<K extends keyof KeyRow['owner']>(name: K): Of<K> {
  return (row) => (row.holder === 'workspace' ? row.owner[name] : null)
}

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

/** All values of a key, for JSON. */
const VALUES: readonly Field<KeyRow>[] = [
  ...plain('keyId', 'externalId', 'name', 'hint', 'kind', 'tool', 'vendor', 'status'),
  { key: 'client', json: (row) => row.client.slug },
  ...CONNECTION_FIELDS,
  { key: 'provider', json: (row) => row.connection.provider },
  { key: 'organizationId', json: (row) => row.connection.organizationId },
  { key: 'projectId', json: (row) => row.project?.id ?? null },
  { key: 'project', json: (row) => row.project?.name ?? null },
  { key: 'holder', json: (row) => row.holder },
  { key: 'ownerState', json: ofOwner('state') },
  { key: 'ownerKind', json: ofOwner('kind') },
  { key: 'ownerName', json: ofOwner('name') },
  { key: 'ownerEmail', json: ofOwner('email') },
  { key: 'ownerPresent', json: ofOwner('present') },
  { key: 'ownerAccess', json: ofOwner('access') },
  { key: 'madeBy', json: ofMaker('name') },
  { key: 'madeByEmail', json: ofMaker('email') },
  { key: 'madeByPresent', json: ofMaker('present') },
  { key: 'ownerRemoved', json: (row) => row.owner.present === false },
  { key: 'createdAt', json: (row) => isoTime(row.createdAt) },
  { key: 'lastUse', json: (row) => row.lastUse.state },
  { key: 'lastUsedAt', json: (row) => (row.lastUse.state === 'known' ? isoTime(row.lastUse.at) : null) },
  { key: 'lastUsedBefore', json: (row) => (row.lastUse.state === 'before' ? isoTime(row.lastUse.at) : null) },
  { key: 'expiresAt', json: (row) => isoTime(row.expiresAt) },
  { key: 'endState', json: (row) => row.endState },
  ...plain('environment', 'team', 'purpose', 'contact'),
  { key: 'dueOn', json: (row) => row.rotation.dueOn },
  { key: 'dueBasis', json: (row) => row.rotation.basis },
  { key: 'rotation', json: (row) => row.rotation.state },
  { key: 'daysLeft', json: (row) => row.rotation.daysLeft },
  { key: 'lastRotatedOn', json: (row) => row.rotation.lastRotatedOn },
  { key: 'snoozedUntil', json: (row) => row.rotation.snoozedUntil },
  { key: 'nextReminderOn', json: (row) => row.rotation.nextReminderOn },
]

/** Columns by the key of their value, in the order of the table. */
const KEYS: readonly (readonly [key: string, column: Column])[] = [
  ['keyId', { title: 'ID', align: 'right' }],
  ['name', { title: 'Key', flexible: true, keep: 24 }],
  ['hint', { title: 'Ending', optional: true }],
  ['status', { title: 'Status' }],
  ['client', { title: 'Client', whole: true }],
  ['project', { title: 'Project', flexible: true, optional: true }],
  ['ownerName', { title: 'Owner', flexible: true, optional: true }],
  ['createdAt', { title: 'Created', optional: true }],
  ['lastUsedAt', { title: 'Last used', optional: true }],
  ['dueOn', { title: 'Due' }],
  ['rotation', { title: 'Rotation' }],
]

export function ownerText(row: Pick<DueRow, 'holder' | 'owner'>): string {
  return shown(holderWords(row))
}

function lastUseText(row: KeyRow): string {
  if (row.lastUse.state === 'known') return dayCell(row.lastUse.at)
  if (row.lastUse.state === 'before') return `before ${dayCell(row.lastUse.at)}`
  return row.lastUse.state === 'never' ? 'never' : 'unknown'
}

function toCells(paint: Painter): Readonly<Record<string, (row: KeyRow) => Cell>> {
  return {
    ownerName: ownerText,
    createdAt: (row) => dayCell(row.createdAt),
    lastUsedAt: lastUseText,
    rotation: (row) => rotationCell(paint, row.rotation.state, row.rotation.daysLeft),
  }
}

/** The fields of a list of keys; those of its table first, in the table's order. */
export function keyFields(paint: Painter): readonly Field<KeyRow>[] {
  const cells = toCells(paint)
  const inTable = KEYS.flatMap(([key, column]) =>
    VALUES.filter((field) => field.key === key).map((field) => ({
      ...field,
      column,
      ...(cells[key] ? { cell: cells[key] } : {}),
    })),
  )
  return [...inTable, ...VALUES.filter((field) => !KEYS.some(([key]) => key === field.key))]
}

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
