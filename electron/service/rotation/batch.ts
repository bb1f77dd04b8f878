import type { Inputs } from '../../../shared/contract/contract.ts'
import type { KeyChange } from '../../../shared/contract/rotation.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { policyLookup } from '../../register/clients/policy.ts'
import type { Writer } from '../../register/db/handles.ts'
import { indexForSearch } from '../../register/db/search-index.ts'
import { idsParam } from '../../register/db/scope.ts'
import { deriveDue } from '../../register/keys/due.ts'
import {
  getRotation,
  insertRotation,
  type KeyName,
  keyNames,
  meetSetDay,
  readKeySettings,
  setSnooze,
  undoRotation,
  updateLogicalKey,
} from '../../register/keys/rotation.ts'
import { type Context, commit, getReader, getToday, readOperator } from '../core/context.ts'
import { invalid, notFound, Refusal } from '../kit/refusal.ts'

type Batch = Inputs['rotation']['markMany']

/** Throws `Refusal` NOT_FOUND unless all keys exist. */
function findKeys(context: Context, ids: readonly number[]): readonly KeyName[] {
  const keys = keyNames(getReader(context), [...new Set(ids)])
  const missing = ids.find((id) => !keys.has(id))
  if (missing !== undefined) throw notFound(`Key ${missing}`, 'Read the list of keys again.')
  return [...keys.values()]
}

function deriveDueFor(writer: Writer, logicalKeys: readonly number[]): void {
  deriveDue(
    writer,
    policyLookup(writer),
    'SELECT id FROM key WHERE logical_key_id IN (SELECT value FROM json_each(:l)) AND standing = 1',
    { l: idsParam([...new Set(logicalKeys)]) },
  )
}

/** Records a rotation of each key, in one transaction. Throws `Refusal` when a key was removed, or the day is not valid. */
export function markMany(context: Context, input: Batch): number[] {
  const today = getToday(context)
  const rotatedOn: Day = input.rotatedOn ?? today
  if (rotatedOn > today) {
    throw invalid('rotatedOn', `${rotatedOn} is in the future.`, 'Give the day on which the keys were rotated.')
  }
  const keys = findKeys(context, input.keys)
  const removed = keys.find((key) => key.standing === 0)
  if (removed !== undefined) {
    throw new Refusal('CONFLICT', `${removed.name} was removed at the provider.`, 'Leave it out of the selection.')
  }
  const { trigger = 'scheduled', note: words = '' } = input
  const operator = readOperator(context)
  return commit(context, ['rotation'], ({ writer, at, noteAll }) => {
    const rotations = keys.map((key) => {
      const id = insertRotation(writer, { key, trigger, rotatedOn, note: words, operator, at })
      meetSetDay(writer, id)
      return id
    })
    deriveDueFor(
      writer,
      keys.map((key) => key.logicalKeyId),
    )
    noteAll(
      keys.map((key, place) => ({
        action: 'key.rotated',
        client: key.client,
        subject: key.name,
        body: { rotation: rotations[place] ?? 0, key: key.externalId, trigger, rotatedOn, note: words },
      })),
    )
    return rotations
  })
}

/** Undoes rotations, in one transaction; those that were undone before are left out. Returns how many were undone. */
export function undoMany(context: Context, ids: readonly number[]): number {
  const reader = getReader(context)
  const rotations = [...new Set(ids)].map((id) => getRotation(reader, id))
  if (rotations.includes(null)) throw notFound('A rotation', 'Read the history of the keys again.')
  const open = rotations.filter((rotation) => rotation !== null && rotation.undoneAt === null)
  if (open.length === 0) return 0
  const keys = keyNames(
    reader,
    open.flatMap((rotation) => (rotation === null ? [] : [rotation.keyId])),
  )
  commit(context, ['rotation'], ({ writer, at, noteAll }) => {
    for (const rotation of open) if (rotation !== null) undoRotation(writer, rotation.id, at)
    deriveDueFor(
      writer,
      [...keys.values()].map((key) => key.logicalKeyId),
    )
    noteAll(
      open.flatMap((rotation) => {
        const key = rotation === null ? undefined : keys.get(rotation.keyId)
        if (rotation === null || key === undefined) return []
        return [
          {
            action: 'key.rotation-undone',
            client: key.client,
            subject: key.name,
            body: { rotation: rotation.id, key: key.externalId },
          },
        ]
      }),
    )
  })
  return open.length
}

/** Changes settings of keys, in one transaction; returns those that they had before. */
export function setMany(context: Context, changes: readonly KeyChange[]): KeyChange[] {
  const today = getToday(context)
  const past = changes.find(({ snoozedUntil }) => typeof snoozedUntil === 'string' && snoozedUntil <= today)
  if (past !== undefined) {
    throw invalid(
      'snoozedUntil',
      `${past.snoozedUntil ?? ''} is not in the future.`,
      'Give a later day, or none to end the snooze.',
    )
  }
  const ids = changes.map(({ keyId }) => keyId)
  const keys = new Map(findKeys(context, ids).map((key) => [key.keyId, key]))
  const settings = readKeySettings(getReader(context), ids)
  const before = changes.map((change) => pickBefore(change, settings.get(change.keyId), today))
  commit(context, ['rotation', 'access', 'today'], ({ writer, noteAll }) => {
    for (const { keyId, snoozedUntil, ...words } of changes) {
      updateLogicalKey(writer, keys.get(keyId)?.logicalKeyId ?? 0, words)
      if (snoozedUntil !== undefined) setSnooze(writer, keyId, snoozedUntil)
    }
    const logicalKeys = [...keys.values()].map((key) => key.logicalKeyId)
    deriveDueFor(writer, logicalKeys)
    indexForSearch(
      writer,
      'key',
      'SELECT id AS value FROM key WHERE logical_key_id IN (SELECT value FROM json_each(:l)) AND standing = 1',
      { l: idsParam(logicalKeys) },
    )
    noteAll(
      changes.flatMap(({ keyId, ...change }) => {
        const key = keys.get(keyId)
        if (key === undefined) return []
        const { snoozedUntil, ...words } = change
        const described = Object.values(words).some((word) => word !== undefined)
        const common = { client: key.client, subject: key.name }
        return [
          ...(described ? [{ ...common, action: 'key.described', body: { key: key.externalId, ...words } }] : []),
          ...(snoozedUntil === undefined
            ? []
            : [{ ...common, action: 'key.snoozed', body: { key: key.externalId, until: snoozedUntil } }]),
        ]
      }),
    )
  })
  return before
}

/** The settings that a change replaces; an ended snooze is none. */
function pickBefore(change: KeyChange, was: Omit<KeyChange, 'keyId'> | undefined, today: Day): KeyChange {
  const { keyId, ...words } = change
  const fields = (Object.keys(words) as (keyof typeof words)[]).filter((field) => words[field] !== undefined)
  const values = fields.map((field) => {
    const value = was?.[field] ?? null
    return [field, field === 'snoozedUntil' && value !== null && value <= today ? null : value] as const
  })
  return { keyId, ...Object.fromEntries(values) }
}
