import type { Notes } from '../../../shared/domain/import/current.ts'
import { policyLookup } from '../clients/policy.ts'
import type { Writer } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { indexForSearch } from '../db/search-index.ts'
import { deriveDue } from '../keys/derive-keys.ts'

export interface NotesOfFile {
  readonly connectionId: number
  /** Keys by external id. */
  readonly notes: readonly ({ readonly key: string } & Notes)[]
  readonly at: number
}

/** Keys whose notes changed: `due`, any of them; `named`, what a search finds them by. */
export interface KeysNoted {
  readonly due: readonly number[]
  readonly named: readonly number[]
}

export const NOTHING_NOTED: KeysNoted = { due: [], named: [] }

/** The keys that share a logical key with one of `:ids`. */
export const SERVED_TOGETHER = `SELECT k.id AS value FROM key k WHERE k.logical_key_id IN
  (SELECT c.logical_key_id FROM json_each(:ids) j JOIN key c ON c.id = j.value)`

interface NotedKey extends Notes {
  readonly id: number
  readonly externalId: string
  readonly name: string
  readonly logicalKeyId: number
}

/** How many keys are read from the register together. */
const KEYS_AT_ONCE = 5000

const NOTED = `SELECT k.id, k.external_id AS externalId, k.name, k.logical_key_id AS logicalKeyId, l.purpose, l.contact, l.due_on AS dueOn
  FROM json_each(?) j CROSS JOIN reported_key_row k ON k.id = j.value JOIN logical_key l ON l.id = k.logical_key_id ORDER BY j.key`

/**
 * Stores purpose, contact and due day of keys from a file. Two keys that the file describes differently are two logical
 * keys: the younger one leaves the logical key that it was recognized as a successor in, and that rotation is undone.
 * The consequences of the notes are the caller's: `deriveNoted`, or the reading that the notes came with.
 */
export function keepKeyNotes(writer: Writer, { connectionId, notes, at }: NotesOfFile): KeysNoted {
  const due: number[] = []
  const named: number[] = []
  if (notes.length === 0) return { due, named }
  const reported = new Map(notes.map((note) => [note.key, note]))
  const update = writer.prepare('UPDATE logical_key SET purpose = ?, contact = ?, due_on = ? WHERE id = ?')
  const settled = new Map<number, Notes>()
  const ids = writer.column<number>('SELECT id FROM key WHERE connection_id = ? ORDER BY id', [connectionId])
  for (let from = 0; from < ids.length; from += KEYS_AT_ONCE) {
    for (const key of writer.all<NotedKey>(NOTED, [idsParam(ids.slice(from, from + KEYS_AT_ONCE))])) {
      const note = reported.get(key.externalId)
      if (!note) continue
      const before = settled.get(key.logicalKeyId)
      const logicalKeyId =
        before && !isSame(before, note) ? standAlone(writer, connectionId, key, at) : key.logicalKeyId
      if (logicalKeyId !== key.logicalKeyId || !isSame(key, note)) {
        update([note.purpose, note.contact, note.dueOn, logicalKeyId])
        due.push(key.id)
        if (key.purpose !== note.purpose) named.push(key.id)
      }
      settled.set(logicalKeyId, note)
    }
  }
  return { due, named }
}

/** Derives what follows from notes that came without a reading: due days, and what a search finds keys by. */
export function deriveNoted(writer: Writer, { due, named }: KeysNoted): void {
  deriveDue(writer, policyLookup(writer), SERVED_TOGETHER, { ids: idsParam(due) })
  indexForSearch(writer, 'key', SERVED_TOGETHER, { ids: idsParam(named) })
}

function isSame(a: Notes, b: Notes): boolean {
  return a.purpose === b.purpose && a.contact === b.contact && a.dueOn === b.dueOn
}

/** Moves a key into a logical key of its own, which stays a decoy. */
function standAlone(writer: Writer, connectionId: number, key: NotedKey, at: number): number {
  const { lastId } = writer.run(
    `INSERT INTO logical_key (connection_id, name, decoy_since, decoy_reason)
     SELECT ?, ?, decoy_since, decoy_reason FROM logical_key WHERE id = ?`,
    [connectionId, key.name, key.logicalKeyId],
  )
  writer.run('UPDATE key SET logical_key_id = ? WHERE id = ?', [lastId, key.id])
  writer.run('UPDATE rotation SET undone_at = ? WHERE key_id = ? AND recognized = 1 AND undone_at IS NULL', [
    at,
    key.id,
  ])
  return lastId
}
