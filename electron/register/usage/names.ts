import type { UsageDimension } from '../../../shared/domain/usage/faces.ts'
import type { Writer } from '../handles.ts'

/** Where the subject of a dimension is looked for by the provider's id, among the connections of a client. */
const SUBJECTS: Readonly<Partial<Record<UsageDimension, string>>> = {
  project: 'project',
  key: 'key',
  principal: 'principal',
}

/** The numbers of words in the register, in the order given; words that are new get one. */
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

/** Joins words to the subjects that the register knows by now, and takes over the names those have. */
function learnNames(writer: Writer, clientId: number, dimension: UsageDimension, numbers: readonly number[]): void {
  const table = SUBJECTS[dimension]
  if (table === undefined) return
  writer.run(
    `UPDATE usage_name SET (ref, name) = (
       SELECT s.id, v.name FROM ${table} s JOIN connection cn ON cn.id = s.connection_id AND cn.client_id = usage_name.client_id
       LEFT JOIN ${table}_version v ON v.${table}_id = s.id AND v.to_sync IS NULL
       WHERE s.external_id = usage_name.word LIMIT 1)
     WHERE id IN (SELECT value FROM json_each(:numbers)) AND ref IS NULL AND word <> ''
       AND EXISTS (SELECT 1 FROM ${table} s JOIN connection cn ON cn.id = s.connection_id AND cn.client_id = :client
         WHERE s.external_id = usage_name.word)`,
    { numbers: JSON.stringify(numbers), client: clientId },
  )
}
