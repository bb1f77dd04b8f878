import * as fc from 'fast-check'

import { applyReading } from '../../../electron/register/apply/apply.ts'
import type { Reader } from '../../../electron/register/db/handles.ts'
import { setPolicyValues } from '../../../electron/register/clients/policy.ts'
import type { Register } from '../../../electron/register/register.ts'
import { getDay, type Moment } from '../../../shared/domain/day.ts'
import { someReading } from './apply/draw-readings.ts'
import { getReading, openForRehearsals, type Part, user } from './registers.ts'
import { insertConnection } from '../../fixtures/decided-rows.ts'

/*
 * A small agency: three clients, one of them archived, whose organizations share people (by address) and key names, so
 * that a leaking filter or scope is detected.
 */

export const SLUGS = ['acme', 'borealis', 'closed'] as const

/** The moment as of which the agency is read. */
export const NOW = Date.UTC(2026, 3, 20, 12)
export const TODAY = getDay(NOW)
export const AT: Moment = { now: NOW, today: TODAY }

/** Whether a key can be used at that moment. */
export const isOpen = (key: { readonly status: string; readonly expiresAt: number | null }): boolean =>
  key.status !== 'archived' && key.status !== 'expired' && (key.expiresAt === null || key.expiresAt > NOW)

interface DrawnAgency {
  readonly domains: readonly (readonly string[])[]
  readonly internal: number
  readonly lead: number
  /** For each organization (two of the first client, one of the others): its readings, oldest first. */
  readonly organizations: readonly (readonly Part[])[]
  /** Invites of each organization: people who may be users elsewhere, with a role, pending or expired. */
  readonly invites: readonly { readonly who: string; readonly level: 'owner' | 'reader'; readonly status: string }[][]
}

const someDomains = fc.constantFrom([], ['acme.example'], ['else.example', 'acme.example'], ['else.example'])

const someInvite = fc.record({
  who: fc.constantFrom('u1', 'u2', 'nobody', 'odd address'),
  level: fc.constantFrom('owner' as const, 'reader' as const),
  status: fc.constantFrom('pending', 'expired'),
})

const someAgency: fc.Arbitrary<DrawnAgency> = fc.record({
  domains: fc.array(someDomains, { minLength: 3, maxLength: 3 }),
  internal: fc.nat(3),
  lead: fc.constantFrom(3, 30, 90),
  organizations: fc.array(someReading, { minLength: 4, maxLength: 4 }),
  invites: fc.array(fc.uniqueArray(someInvite, { maxLength: 2, selector: ({ who }) => who }), {
    minLength: 4,
    maxLength: 4,
  }),
})

const OWNER_OF = [0, 0, 1, 2] as const

/** Writes an agency into an empty register. Returns the client's slug for each connection, by its id. */
function writeDrawnAgency(register: Register, agency: DrawnAgency): ReadonlyMap<number, string> {
  return register.transact((writer) => {
    const clients = SLUGS.map(
      (slug, n) =>
        writer.run(
          "INSERT INTO client (slug, name, kind, colour, domains, created_at, archived_at) VALUES (?, ?, ?, '#117733', ?, 0, ?)",
          [
            slug,
            `Client ${slug}`,
            agency.internal === n ? 'internal' : 'client',
            JSON.stringify(agency.domains[n]),
            slug === 'closed' ? 1 : null,
          ],
        ).lastId,
    )
    setPolicyValues(writer, clients[0] ?? 0, { leadDays: [agency.lead] })
    const slugs = new Map<number, string>()
    for (const [n, parts] of agency.organizations.entries()) {
      const owner = OWNER_OF[n] ?? 0
      const id = insertConnection(writer, {
        clientId: clients[owner] ?? 0,
        provider: n === 1 ? 'anthropic' : 'openai',
        label: `organization ${n}`,
        baseUrl: null,
        access: 'read-only',
        at: 0,
      })
      slugs.set(id, SLUGS[owner] ?? '')
      const invites = (agency.invites[n] ?? []).map(({ who, level, status }) =>
        user(`invite-${who}`, {
          kind: 'invite',
          name: null,
          email: `${who}@Acme.example`,
          roleRaw: level,
          level,
          status,
          lastUsedAt: null,
        }),
      )
      applyReading(writer, getReading(id, [...parts, { source: 'invites', facts: invites }], NOW))
    }
    return slugs
  })
}

/** How many invites of a client have expired, by a simple query. */
export function countExpiredInvites(reader: Reader, client: string): number {
  const invites = reader.all<{ readonly slug: string; readonly status: string }>(
    `SELECT c.slug, p.status FROM account_row p JOIN connection cn ON cn.id = p.connection_id
     JOIN client c ON c.id = cn.client_id WHERE p.kind = 'invite'`,
  )
  return invites.filter(({ slug, status }) => slug === client && status === 'expired').length
}

/** Runs a check, which reads through the register's own reader, on a register with a random agency. */
export function onAgencies(
  check: (register: Register, slugs: ReadonlyMap<number, string>) => void,
  numRuns = 12,
): void {
  // Each agency is rehearsed, so that one register is empty again for the next.
  const register = openForRehearsals(
    (writer) => {
      const clientId = writer.run(
        "INSERT INTO client (slug, name, kind, colour, created_at) VALUES ('a', 'A', 'client', '#117733', 0)",
      ).lastId
      const access = { access: 'read-only', baseUrl: null, label: 'a', provider: 'openai', at: 0 } as const
      applyReading(writer, getReading(insertConnection(writer, { clientId, ...access }), [], NOW))
    },
    () => 0,
  )
  try {
    fc.assert(
      fc.property(someAgency, (agency) => {
        register.rehearse(() => check(register, writeDrawnAgency(register, agency)))
      }),
      { numRuns },
    )
  } finally {
    register.close()
  }
}
