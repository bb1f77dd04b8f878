import { keyEnvironment, parseKeyName } from '../../../shared/domain/naming.ts'
import type { Writer } from '../db/handles.ts'
import { AGENCY, effectivePolicy } from '../clients/policy.ts'

interface Stranger {
  readonly id: number
  readonly word: string
  readonly ref: number | null
  readonly environment: string | null
  readonly team: string | null
}

/**
 * Reads environment and team from the words of keys that the register does not hold, by their client's pattern of names: a
 * program's records may name a key that is gone, or that stands in another register. What the register holds says it itself.
 */
export function attributeKeys(writer: Writer, clientId: number, numbers: readonly number[]): void {
  if (numbers.length === 0) return
  const pattern = effectivePolicy(writer, clientId).keyNamePattern
  const words = writer.all<Stranger>(
    `SELECT id, ifnull(name, word) AS word, ref, environment, team FROM usage_name
     WHERE dimension = 'key' AND word <> '' AND id IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(numbers)],
  )
  const update = writer.prepare('UPDATE usage_name SET environment = ?, team = ? WHERE id = ?')
  for (const { id, word, ref, environment, team } of words) {
    const parts = ref === null ? parseKeyName(word, pattern) : null
    const environmentOf = ref === null ? keyEnvironment({ name: word, project: null }, pattern) : null
    const said = { environment: environmentOf, team: parts?.team ?? null }
    if (said.environment !== environment || said.team !== team) update([said.environment, said.team, id])
  }
}

/** The same for all keys of a client (by number), or of all clients, once a pattern of names has changed. */
export function attributeAllKeys(writer: Writer, clientId: number): void {
  const clients = clientId === AGENCY ? writer.column<number>('SELECT id FROM client') : [clientId]
  for (const client of clients) {
    const numbers = writer.column<number>(`SELECT id FROM usage_name WHERE client_id = ? AND dimension = 'key'`, [
      client,
    ])
    attributeKeys(writer, client, numbers)
  }
}
