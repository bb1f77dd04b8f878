import { IDENTIFIED } from '../../../shared/domain/facts.ts'
import type { UsageDimension } from '../../../shared/domain/usage/rollups.ts'
import type { Writer } from '../db/handles.ts'
import { attributeKeys } from './attribution.ts'

/** Where the subject of a dimension is searched by the provider's id, among the connections of a client. */
const SUBJECTS: Readonly<Partial<Record<UsageDimension, string>>> = {
  project: 'project',
  key: 'key',
  principal: 'principal',
}

/** The numbers of words in the register, in the order given; new words get one. */
export function usageNames(
  writer: Writer,
  clientId: number,
  dimension: UsageDimension,
  words: readonly string[],
): number[] {
  if (words.length === 0) return []
  const params = { client: clientId, dimension, words: JSON.stringify(words) }
  writer.run(
    `INSERT INTO usage_name (client_id, dimension, word) SELECT :client, :dimension, j.value FROM json_each(:words) j WHERE true
     ON CONFLICT DO NOTHING`,
    params,
  )
  const numbers = writer.column<number>(
    `SELECT n.id FROM json_each(:words) j
     JOIN usage_name n ON n.client_id = :client AND n.dimension = :dimension AND n.word = j.value ORDER BY j.key`,
    params,
  )
  learnNames(writer, clientId, dimension, numbers)
  return numbers
}

/** Links words to subjects that the register now knows, and copies the subjects' names. */
function learnNames(writer: Writer, clientId: number, dimension: UsageDimension, numbers: readonly number[]): void {
  const table = SUBJECTS[dimension]
  if (table === undefined) return
  writer.run(
    `UPDATE usage_name SET ref = (
       SELECT s.id FROM connection cn CROSS JOIN ${table} s ON s.connection_id = cn.id AND s.external_id = usage_name.word
       WHERE cn.client_id = :client ORDER BY cn.id LIMIT 1)
     WHERE id IN (SELECT value FROM json_each(:numbers)) AND ref IS NULL AND word <> ''`,
    { numbers: JSON.stringify(numbers), client: clientId },
  )
  nameAll(writer, table, 'usage_name.id IN (SELECT value FROM json_each(:numbers))', {
    numbers: JSON.stringify(numbers),
  })
  if (dimension === 'key') attributeKeys(writer, clientId, numbers)
}

/** Copies the current names of subjects; for a removed subject, its last name. */
function nameAll(
  writer: Writer,
  table: string,
  where: string,
  params: Readonly<Record<string, string | number>>,
): void {
  const name = table === 'principal' ? `ifnull(nullif(v.name, ''), v.email)` : 'v.name'
  writer.run(
    `UPDATE usage_name SET name = ${name} FROM ${table}_version v
     WHERE usage_name.dimension = '${table}' AND usage_name.ref = v.${table}_id AND ${where}
       AND v.from_sync = (SELECT max(w.from_sync) FROM ${table}_version w WHERE w.${table}_id = v.${table}_id)
       AND ${name} IS NOT usage_name.name`,
    params,
  )
}

/** Updates the words of a client after a sync: newly known subjects, and changed names. */
export function refreshUsageNames(writer: Writer, clientId: number): void {
  for (const dimension of IDENTIFIED) {
    const strangers = writer.column<number>(
      `SELECT id FROM usage_name WHERE client_id = ? AND dimension = ? AND ref IS NULL AND word <> ''`,
      [clientId, dimension],
    )
    if (strangers.length > 0) learnNames(writer, clientId, dimension, strangers)
    nameAll(writer, dimension, 'usage_name.client_id = :client', { client: clientId })
  }
}
