import type { OpenLog } from '../../providers/kit/open-log.ts'
import { strangeOrganization } from '../../register/connections/same-organization.ts'
import { beginLog, hasEvents, recordGap, storeEvents } from '../../register/events/log.ts'
import { openedOrganization } from '../../register/apply/apply.ts'
import type { SourcedFacts } from '../../register/apply/reading.ts'
import type { Register } from '../../register/open.ts'

/**
 * The stored log of a connection, to be read on. Null where the lists that a sync read belong to another organization:
 * its events are not those of the connection.
 */
export function openEventLog(
  register: Register,
  connectionId: number,
  read: { readonly facts: readonly SourcedFacts[]; readonly now: number },
): OpenLog | null {
  const { now } = read
  if (strangeOrganization(register.reader, connectionId, openedOrganization(read)) !== null) return null
  const { spans, anchor } = register.transact((writer) => beginLog(writer, connectionId, now))
  let meets = anchor === null
  let oldest = now
  return {
    spans,
    take: ({ id }, part) => {
      for (const { externalId, at } of part.events) {
        meets ||= externalId === anchor?.externalId
        oldest = Math.min(oldest, at)
      }
      register.transact((writer) => storeEvents(writer, { id, connectionId }, part))
    },
    finish: () => {
      if (!meets && anchor !== null && oldest > anchor.at) {
        register.transact((writer) => recordGap(writer, connectionId, { from: anchor.at, to: oldest }, now))
      }
      return hasEvents(register.reader, connectionId)
    },
  }
}
