import type { Reader, Writer } from '../db/handles.ts'

/** Counts the keys and the grants of a connection and the people of its client again. */
export function tallyConnection(writer: Writer, connectionId: number): void {
  const connection = { connection: connectionId }
  writer.run(
    `INSERT OR REPLACE INTO connection_tally (connection_id, keys, access)
     VALUES (:connection, (SELECT count(*) FROM key k INDEXED BY key_summary WHERE k.standing = 1 AND k.connection_id = :connection),
       (SELECT count(*) FROM grant_path e INDEXED BY grant_path_of_connection WHERE e.connection_id = :connection))`,
    connection,
  )
  tallyPeople(writer, 'SELECT client_id FROM connection WHERE id = :connection', connection)
}

/** Counts the people again of the clients at which some people have or had an account. */
export function tallyClientsOf(writer: Writer, people: readonly number[]): void {
  tallyPeople(
    writer,
    `SELECT cn.client_id FROM json_each(:people) j CROSS JOIN principal p ON p.person_id = j.value
     CROSS JOIN connection cn ON cn.id = p.connection_id`,
    { people: JSON.stringify(people) },
  )
}

/** Counts the people of clients again, each once; those who have nothing but pending invites are not among them. */
function tallyPeople(writer: Writer, clients: string, params: Readonly<Record<string, string | number>>): void {
  writer.run(
    `INSERT OR REPLACE INTO client_tally (client_id, people)
     SELECT c.id, (SELECT count(DISTINCT p.person_id) FROM connection cn CROSS JOIN principal p ON p.connection_id = cn.id
       WHERE cn.client_id = c.id AND cn.removed_at IS NULL AND p.person_id IS NOT NULL AND p.kind = 'user'
         AND EXISTS (SELECT 1 FROM principal_version v WHERE v.principal_id = p.id AND v.to_sync IS NULL))
     FROM client c WHERE c.id IN (${clients})`,
    params,
  )
}

/** How many rows the longest list of the register has about: keys or effective access of all connections. */
export function countLongest(reader: Reader): number {
  return reader.value<number>('SELECT max(ifnull(sum(keys), 0), ifnull(sum(access), 0)) FROM connection_tally') ?? 0
}
