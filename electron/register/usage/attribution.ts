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
 * Parses environment and team from names of keys that are not in the register, by their client's naming pattern:
 * internal records may name a removed key, or a key of another register. Keys in the register have their own values.
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

/** Parses the names of all keys of a client (by id), or of all clients, after a naming pattern has changed. */
export function attributeAllKeys(writer: Writer, clientId: number): void {
  const clients = clientId === AGENCY ? writer.column<number>('SELECT id FROM client') : [clientId]
  for (const client of clients) {
    const numbers = writer.column<number>(`SELECT id FROM usage_name WHERE client_id = ? AND dimension = 'key'`, [
      client,
    ])
    attributeKeys(writer, client, numbers)
  }
}
