import { createHash } from 'node:crypto'

import type { Json } from '../../../shared/domain/canonical-json.ts'
import type { IDENTIFIED } from '../../../shared/domain/facts.ts'
import type { PersonName } from '../../../shared/decisions/people.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { findPerson } from '../people/named.ts'
import { type FrozenLine, frozenLines, type ItemLine, policyLine, type SourceLine } from './frozen-lines.ts'

/** The number of lines that are read together, so that only these are in memory. */
const CHUNK = 2000

/** The number of characters that are hashed together: a call for each line takes longer. */
const HASHED_TOGETHER = 1 << 16

/** SHA-256, in hex, over lines, each with its line feed. */
function newLinesHash() {
  const hash = createHash('sha256')
  let waiting = ''
  return {
    add: (line: string): void => {
      waiting += `${line}\n`
      if (waiting.length < HASHED_TOGETHER) return
      hash.update(waiting)
      waiting = ''
    },
    hex: (): string => hash.update(waiting).digest('hex'),
  }
}

/** The hash of a review for which nothing was frozen: what another register froze was not used. */
export const HASH_OF_NOTHING = (() => {
  const hash = newLinesHash()
  hash.add(policyLine('{}'))
  return hash.hex()
})()

/** The hash of what a review froze, from what the register holds of it. */
export function hashFrozen(reader: Reader, reviewId: number): string {
  const hash = newLinesHash()
  for (const line of frozenLines(reader, reviewId)) hash.add(line)
  return hash.hex()
}

/**
 * Keeps the lines of what a review freezes until the operation that opens it is carried out, in place of others that were kept.
 * Returns their hash, by which the operation names them.
 */
export function keepFrozen(writer: Writer, lines: Iterable<string>): string {
  writer.run('CREATE TEMP TABLE IF NOT EXISTS frozen_line (n INTEGER PRIMARY KEY, line TEXT)')
  writer.run('DELETE FROM temp.frozen_line')
  const insert = writer.prepare('INSERT INTO temp.frozen_line (n, line) VALUES (?, ?)')
  const hash = newLinesHash()
  let n = 0
  for (const line of lines) {
    n += 1
    insert([n, line])
    hash.add(line)
  }
  const population = hash.hex()
  insert([HASH, population])
  return population
}

/** The place of the hash, before the lines. */
const HASH = 0

/** Whether lines with a hash are kept. */
export function hasFrozen(reader: Reader, population: string): boolean {
  if (reader.value("SELECT 1 FROM temp.sqlite_master WHERE name = 'frozen_line'") === undefined) return false
  return reader.value<string>('SELECT line FROM temp.frozen_line WHERE n = ?', [HASH]) === population
}

/**
 * Stores the lines that are kept as what a review froze, with this register's numbers, and keeps them no longer. Those whose
 * connection or subject this register has not read yet are left for `insertLeft`.
 */
export function insertFrozen(writer: Writer, reviewId: number): void {
  const finders = makeFinders(writer)
  const before = Math.max(
    writer.value<number>('SELECT ifnull(max(id), 0) FROM review_item') ?? 0,
    writer.value<number>('SELECT ifnull(max(item_id), 0) FROM review_left') ?? 0,
  )
  const leave = writer.prepare('INSERT INTO review_left (review_id, position, item_id, line) VALUES (?, ?, ?, ?)')
  const insertSource = sourceInserter(writer, reviewId, finders)
  const insertItem = itemInserter(writer, reviewId, finders)
  for (let from = HASH + 1; ; from += CHUNK) {
    const lines = writer.column<string>('SELECT line FROM temp.frozen_line WHERE n >= ? ORDER BY n LIMIT ?', [
      from,
      CHUNK,
    ])
    if (lines.length === 0) break
    for (const text of lines) {
      const line = JSON.parse(text) as FrozenLine
      if ('policy' in line) {
        writer.run('UPDATE review SET policy = ? WHERE id = ?', [JSON.stringify(line.policy), reviewId])
      } else if ('source' in line) {
        if (!insertSource(line.source)) leave([reviewId, null, null, text])
      } else {
        const { position } = line.item
        if (!insertItem(before + position, line.item)) leave([reviewId, position, before + position, text])
      }
    }
  }
  writer.run('DELETE FROM temp.frozen_line')
}

/**
 * Stores what was left of reviews, as far as this register has read the connections and subjects since. Returns the reviews,
 * by uid, that got items.
 */
export function insertLeft(writer: Writer): ReadonlySet<string> {
  const left = writer.all<{
    readonly id: number
    readonly review: number
    readonly uid: string
    readonly item: number | null
    readonly line: string
  }>(
    'SELECT l.id, l.review_id AS review, r.uid, l.item_id AS item, l.line FROM review_left l JOIN review r ON r.id = l.review_id',
  )
  const finders = makeFinders(writer)
  const touched = new Set<string>()
  for (const { id, review, uid, item, line: text } of left) {
    const line = JSON.parse(text) as FrozenLine
    if ('policy' in line) continue
    const isStored =
      'source' in line
        ? sourceInserter(writer, review, finders)(line.source)
        : item !== null && itemInserter(writer, review, finders)(item, line.item)
    if (!isStored) continue
    writer.run('DELETE FROM review_left WHERE id = ?', [id])
    touched.add(uid)
  }
  return touched
}

/** Numbers of this register by what is the same in every register. */
function makeFinders(reader: Reader) {
  const connections = new Map<string, number | null>()
  const connection = (uid: string): number | null => {
    const found = connections.get(uid) ?? reader.value<number>('SELECT id FROM connection WHERE uid = ?', [uid]) ?? null
    connections.set(uid, found)
    return found
  }
  const find = (table: (typeof IDENTIFIED)[number], of: number, externalId: string | null): number | null =>
    externalId === null
      ? null
      : (reader.value<number>(`SELECT id FROM ${table} WHERE connection_id = ? AND external_id = ?`, [
          of,
          externalId,
        ]) ?? null)
  return { connection, find }
}
type Finders = ReturnType<typeof makeFinders>

function sourceInserter(writer: Writer, reviewId: number, finders: Finders): (line: SourceLine) => boolean {
  const insert = writer.prepare(
    `INSERT INTO review_source (review_id, connection_id, source, project, label, provider, organization_id, sync_id, sync_uid,
       read_at, origin, state, expected, fetched, excluded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return ({ connection, sync, excluded, ...line }) => {
    const id = finders.connection(connection)
    if (id === null) return false
    const { source, project, label, provider, organizationId, readAt, origin, state, expected, fetched } = line
    const syncId = sync === null ? null : (writer.value<number>('SELECT id FROM sync WHERE uid = ?', [sync]) ?? null)
    insert([reviewId, id, source, project, label, provider, organizationId, syncId, syncId === null ? sync : null, readAt, origin, state, expected, fetched, JSON.stringify(excluded)]) // prettier-ignore
    return true
  }
}

function itemInserter(
  writer: Writer,
  reviewId: number,
  finders: Finders,
): (id: number, line: ItemLine & { readonly facts: Json }) => boolean {
  const insert = writer.prepare(
    `INSERT INTO review_item (id, review_id, position, connection_id, principal_id, key_id, project_id, name, person_id,
       holder_name, holder_email, project_name, last_used_at, flagged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertFacts = writer.prepare('INSERT INTO review_item_facts (item_id, facts) VALUES (?, ?)')
  return (id, line) => {
    const connection = finders.connection(line.connection)
    if (connection === null) return false
    const principal = finders.find('principal', connection, line.principal)
    const key = finders.find('key', connection, line.key)
    const project = finders.find('project', connection, line.project)
    const isMissing = (line.principal !== null && principal === null) || (line.key !== null && key === null)
    if (isMissing || (line.project !== null && project === null)) return false
    const { person } = line.facts as { readonly person: PersonName | null }
    const { position, name, holderName, holderEmail, projectName, lastUsedAt, flagged } = line
    const personId = person === null ? null : (findPerson(writer, person) ?? null)
    insert([id, reviewId, position, connection, principal, key, project, name, personId, holderName, holderEmail, projectName, lastUsedAt, flagged ? 1 : 0]) // prettier-ignore
    insertFacts([id, JSON.stringify(line.facts)])
    return true
  }
}
