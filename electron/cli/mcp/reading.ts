import type { Api } from '../../../shared/contract/contract.ts'

/** How far the connections in scope are read: without it, an empty answer would be taken for none. */
interface Reading {
  /** `read`: each connection, completely. */
  readonly state: 'read' | 'read in part' | 'not read'
  readonly because: string | null
}

/** How far the organizations in scope are read. */
export async function readReading(api: Api, client: string | undefined): Promise<Reading> {
  const connections = await api.connection.list(client === undefined ? {} : { client })
  const never = connections.filter(({ lastSync }) => lastSync === null)
  const partial = connections.filter(({ lastSync }) => lastSync !== null && lastSync.state !== 'complete')
  if (connections.length === 0) return { state: 'not read', because: 'There is no connection.' }
  if (never.length === connections.length) return { state: 'not read', because: 'No connection was ever synced.' }
  if (never.length + partial.length === 0) return { state: 'read', because: null }
  const name = (all: typeof connections): string => all.map(({ label }) => label).join(', ')
  const says = [
    ...(never.length === 0 ? [] : [`Never synced: ${name(never)}.`]),
    ...(partial.length === 0 ? [] : [`Read in part: ${name(partial)}.`]),
  ]
  return { state: 'read in part', because: says.join(' ') }
}
