import type { KeyFact } from '../facts.ts'
import { describePurpose, findKeyHolder, whetherRemovedOrNot } from '../providers/key-holder.ts'
import { toKnownId } from '../text/made-id.ts'
import { providerName } from '../providers/providers.ts'
import { parseKeyName } from '../naming.ts'
import { shownName, type Draft, type DraftKey } from './draft.ts'
import type { KeyNotes } from './rows.ts'
import type { Notes, CurrentKey } from './current.ts'

const NO_NOTES: Notes = { purpose: null, contact: null, dueOn: null }

/** A key's notes after importing a row: the row's values, and the current ones where the row has the same or none. */
export function listNotes(
  draft: Draft,
  row: KeyNotes,
  keyName: string,
  current: CurrentKey | undefined,
): Pick<DraftKey, 'notes' | 'saysNotes'> {
  const before = current?.notes ?? NO_NOTES
  return {
    saysNotes: [row.purpose, row.contact, row.rotationDue].some((note) => note !== undefined),
    notes: {
      purpose: row.purpose === undefined ? before.purpose : nextPurpose(draft, row.purpose, keyName, current),
      contact: row.contact === undefined ? before.contact : row.contact,
      // A due day that the register calculates itself remains calculated.
      dueOn: row.rotationDue === undefined || row.rotationDue === current?.shown.dueOn ? before.dueOn : row.rotationDue,
    },
  }
}

function nextPurpose(
  draft: Draft,
  purpose: string | null,
  keyName: string,
  current: CurrentKey | undefined,
): string | null {
  if (current) {
    const shown = shownName(current.shown.purpose)
    const written = writtenPurpose(draft, current.fact, shown)
    const isWritten = purpose !== null && whetherRemovedOrNot(purpose) === whetherRemovedOrNot(written)
    if (shown === shownName(purpose) || isWritten) {
      return current.notes.purpose
    }
  }
  return purpose ?? saysNothing(draft, keyName)
}

/** The form in which registers write a key's purpose. */
function writtenPurpose(draft: Draft, key: KeyFact, purpose: string): string {
  const holder = findKeyHolder({
    provider: draft.provider,
    kind: key.kind,
    tool: key.tool,
    ownerState: key.ownerState,
    ownerKind: key.owner?.kind ?? null,
  })
  return describePurpose({
    purpose,
    holder,
    tool: key.tool,
    vendor: providerName(key.vendor ?? ''),
    owner: {
      state: key.ownerState,
      name: shownName(key.owner?.name ?? key.owner?.email ?? toKnownId(key.owner?.externalId ?? null)),
      email: null,
      present: null,
    },
  })
}

/**
 * A register that leaves the purpose empty does so on purpose: an empty text prevents one from being read from the
 * key's name. Null if the name contains none anyway.
 */
function saysNothing(draft: Draft, keyName: string): string | null {
  const derived = draft.source === 'register-file' ? parseKeyName(keyName, draft.keyNamePattern)?.purpose : null
  return derived ? '' : null
}
