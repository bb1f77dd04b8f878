import { z } from 'zod'

import { clientRef, connectionRef, id, instant, operation, writeTarget } from './common.ts'
import { packWritten } from './evidence.ts'
import { leaverItem } from './leavers.ts'

/** A person of the agency who is or was in an organization of the client. */
const agencyPerson = z.object({
  personId: id,
  name: z.string(),
  email: z.string().nullable(),
  /** Why they count as a person of the agency. */
  because: z.enum(['address', 'member']),
})

export const offboardingItem = leaverItem.extend({ person: z.object({ id, name: z.string() }) })
export type OffboardingItem = z.infer<typeof offboardingItem>

/** How far an organization was read. */
export const reading = z.object({
  connection: connectionRef,
  /** The last sync; null where there was none. */
  syncId: id.nullable(),
  endedAt: instant.nullable(),
  /** Why the last sync does not show that no access remains; null if it does. */
  obstacle: z.string().nullable(),
  /** The admin credential that this machine still holds; null where it holds none. */
  credential: z.object({ hint: z.string().nullable(), setAt: instant.nullable() }).nullable(),
})

export const offboarding = z.object({
  client: clientRef,
  /** Domains of the agency's own clients. */
  domains: z.array(z.string()),
  people: z.array(agencyPerson),
  /** The things that they hold, then keys that they can have seen. The first 1,000. */
  items: z.array(offboardingItem),
  more: z.number().int(),
  readings: z.array(reading),
  /** The obstacles to a certificate, in sentences; none when it can be written. */
  obstacles: z.array(z.string()),
})
export type Offboarding = z.infer<typeof offboarding>

const of = z.object({ client: z.string().min(1) })

export const offboardingContract = {
  /** Everything that the agency still holds at a client. */
  get: operation.input(of).output(offboarding),
  /**
   * Adds everything that is missing to the remediation list; returns the numbers of the items, and what could not be
   * added. Sends nothing.
   */
  addAll: operation.input(of).output(z.object({ added: z.array(id), refused: z.array(z.string()) })),
  /** The certificate as a Markdown document: the remaining access, or that none remains. */
  markdown: operation.input(of).output(z.object({ text: z.string() })),
  /**
   * Writes the certificate that no access remains, into a new folder under `directory`, signed like evidence. CONFLICT
   * while any access remains or an organization was not read completely. Written to the journal.
   */
  certificate: operation
    .input(of.extend({ directory: writeTarget, zip: z.boolean().default(true) }))
    .output(packWritten),
}
