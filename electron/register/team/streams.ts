import type { Reader, Writer } from '../db/handles.ts'

/** What waits for the agency's stream waits under this name, since its uid is known only from the first entry of the team. */
export const AGENCY_STREAM = 'agency'

/** What waits for the facts of a client waits under this name and the client's uid: the client may not be opened yet. */
export const FACTS = 'facts '

/** The uid of the agency's stream; null before the first entry of the team was read. */
export function findAgency(reader: Reader): string | null {
  return (
    reader.value<string>(
      `SELECT e.operation ->> '$.body.agency' FROM team_entry e WHERE e.seq = 0 AND e.operation ->> 'kind' = 'team.founded'`,
    ) ?? null
  )
}

/** The name under which what a client's readings are waits, and its stream once the team opened the client. */
export function nameFacts(clientUid: string): string {
  return `${FACTS}${clientUid}`
}

/** The stream of a client's facts; null while the team has not opened the client. */
export function findFacts(reader: Reader, clientUid: string): string | null {
  return reader.value<string>('SELECT stream FROM team_facts WHERE client = ?', [clientUid]) ?? null
}

/** Notes the stream of the facts of a client that the team opened. */
export function noteFacts(writer: Writer, clientUid: string, facts: string): void {
  writer.run('INSERT INTO team_facts (client, stream) VALUES (?, ?) ON CONFLICT DO NOTHING', [clientUid, facts])
}

/** The name under which the entries of a history that was left are kept, and which no other one has. */
export function nameBranch(reader: Reader, stream: string): string {
  const left = reader.value<number>(
    'SELECT count(*) FROM team_stream WHERE stream > :stream AND stream < :stream || :last',
    {
      stream,
      last: ' ~',
    },
  )
  return `${stream} ${(left ?? 0) + 1}`
}

/** A condition for rows of the streams themselves, and not of histories that were left. */
export const IS_STREAM = "stream NOT LIKE '% %'"

/** The stream of entries, also of those in a history that was left. */
export function toBase(stream: string): string {
  return stream.split(' ')[0] ?? stream
}

/** The name under which operations wait for a stream. `agency`: the uid of the agency's stream. */
export function toWaitingName(reader: Reader, agency: string | null, stream: string): string {
  if (stream === agency) return AGENCY_STREAM
  const client = reader.value<string>('SELECT client FROM team_facts WHERE stream = ?', [stream])
  return client === undefined ? stream : nameFacts(client)
}

/** The stream for which operations wait under a name; null where it is not known yet. */
export function toStream(reader: Reader, agency: string | null, name: string): string | null {
  if (name === AGENCY_STREAM) return agency
  return name.startsWith(FACTS) ? findFacts(reader, name.slice(FACTS.length)) : name
}

/** The position of a stream, by the name under which operations wait for it, that this register has read to. */
export function findBasis(reader: Reader, name: string): number {
  const stream = toStream(reader, name === AGENCY_STREAM ? findAgency(reader) : null, name)
  return (reader.value<number>('SELECT next FROM team_stream WHERE stream = ?', [stream]) ?? 0) - 1
}
