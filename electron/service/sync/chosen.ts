import { listConnections, type StoredConnection } from '../../register/connections/connection.ts'
import { type Context, getReader } from '../core/context.ts'
import { invalid, notFound } from '../kit/refusal.ts'

interface Asked {
  readonly client?: string | undefined
  readonly connections?: readonly number[] | undefined
  /** A credential for this run only. */
  readonly credential?: string | undefined
}

/**
 * The connections that a run syncs: those named, else all in scope. Throws `Refusal` NOT_FOUND for one that is not in
 * scope, and INVALID for a credential that is not for exactly one.
 */
export function chosenConnections(context: Context, asked: Asked): readonly StoredConnection[] {
  const { client, connections: named = [], credential } = asked
  const connections = listConnections(getReader(context), { client }, asked.connections)
  const missing = named.filter((id) => !connections.some((connection) => connection.id === id))
  if (missing.length > 0) {
    const where = client === undefined ? '' : ` of ${client}`
    throw notFound(`Connection ${missing.join(', ')}${where}`, 'List the connections to see their numbers.')
  }
  if (credential !== undefined && connections.length !== 1) {
    throw invalid(
      'credential',
      'A credential for one run needs exactly one connection.',
      'Name the connection that it belongs to.',
    )
  }
  return connections
}
