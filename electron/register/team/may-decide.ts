import type { Op } from '../../../shared/team/op.ts'
import type { LogRole } from '../../../shared/team/card.ts'
import { findLeastRole, isExchanged, isForAgency, mayDecide } from '../../../shared/team/rights.ts'
import type { Reader } from '../db/handles.ts'
import { findLogOf, findOwnRole, readLog } from './logs.ts'
import { readTeamPlace } from './place.ts'

/** A decision that the member at this device may not take, by the newest card of its log. */
export interface Forbidden {
  readonly kind: string
  /** Slug; null for the whole agency. */
  readonly client: string | null
  /** The role of the member; null for none. */
  readonly role: LogRole | null
  readonly needs: LogRole
}

interface Decision extends Pick<Op, 'kind'> {
  readonly client: string | null
  readonly body: object
}

/**
 * The first decision that would have no effect on any device, since its author lacks the right: asked before anything of it is written. Null in a
 * register without a team, and for kinds that stay in their register.
 */
export function findForbidden(reader: Reader, decided: readonly Decision[]): Forbidden | null {
  const place = readTeamPlace(reader)
  if (place === null || place.founding !== null) return null
  for (const one of decided) {
    const needs = isExchanged(one.kind) ? findForbiddenRole(reader, one) : null
    if (needs !== null) return { kind: one.kind, client: one.client, ...needs }
  }
  return null
}

function findForbiddenRole(reader: Reader, { kind, client, body }: Decision): Pick<Forbidden, 'role' | 'needs'> | null {
  const op = { kind, body: body as Op['body'] }
  const agency = findLogOf(reader, null)
  const inAgency = agency === null ? null : findOwnRole(reader, agency)
  const log = findLogOf(reader, client)
  const held = log === null ? null : readLog(reader, log)
  // Any member opens the log of a client, and is its lead then.
  const isNew = client !== null && (kind === 'client.added' || held === null)
  const role =
    client === null ? inAgency : isNew ? (inAgency === 'owner' ? 'owner' : 'lead') : findOwnRole(reader, log ?? '')
  const of = client === null ? 'agency' : 'client'
  if (role !== null && mayDecide(op, role, of)) return null
  return { role, needs: isForAgency(op) ? 'owner' : (findLeastRole(kind, of) ?? 'owner') }
}
