import type { LogPart, OpenLog } from '../../providers/kit/open-log.ts'
import { findOtherOrganization } from '../../register/connections/same-organization.ts'
import { beginLog, hasEvents, noteKept, recordGap, storeEvents } from '../../register/events/log.ts'
import { openedOrganization } from '../../register/apply/apply.ts'
import type { SourcedFacts } from '../../register/apply/reading.ts'
import type { Writer } from '../../register/db/handles.ts'
import type { Register } from '../../register/register.ts'

/** Events are stored in parts of about so many: each transaction waits for the disk. */
const PART = 1000

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
  if (findOtherOrganization(register.reader, connectionId, openedOrganization(read)) !== null) return null
  const { spans, anchor, knownTo, keptMs } = register.transact((writer) => beginLog(writer, connectionId, now))
  let meets = anchor === null
  let oldest = now
  const taken = new Map<number, LogPart>()
  let held = 0
  const store = (writer: Writer): void => {
    for (const [id, part] of taken) storeEvents(writer, { id, connectionId }, part)
    taken.clear()
    held = 0
  }
  const flush = (): void => {
    if (taken.size > 0) register.transact(store)
  }
  return {
    spans,
    take: ({ id }, { events, position, isEnd }) => {
      for (const { externalId, at } of events) {
        meets ||= externalId === anchor?.externalId
        oldest = Math.min(oldest, at)
      }
      taken.set(id, { events: [...(taken.get(id)?.events ?? []), ...events], position, isEnd })
      held += events.length
      if (held >= PART) flush()
    },
    flush,
    finish: () => {
      register.transact((writer) => {
        store(writer)
        noteKept(writer, connectionId, now - oldest)
        // Events since the last reading are missed only where they are older than what the log is known to keep.
        const gap = { from: Math.max(anchor?.at ?? now, knownTo), to: Math.min(oldest, now - keptMs) }
        if (!meets && gap.to > gap.from) recordGap(writer, connectionId, gap, now)
      })
      return hasEvents(register.reader, connectionId)
    },
  }
}
