import type { KeyFact } from '../facts.ts'
import { parseKeyName } from '../naming.ts'
import { shownName, type Draft, type DraftKey } from './draft.ts'
import type { KeyNotes } from './rows.ts'
import type { Notes, StandingKey } from './standing.ts'

const NO_NOTES: Notes = { purpose: null, contact: null, dueOn: null }

/** What a key's notes become by a row: what the row says, and what stands where it says the same or nothing. */
export function notesOf(
  draft: Draft,
  row: KeyNotes,
  keyName: string,
  standing: StandingKey | undefined,
): Pick<DraftKey, 'notes' | 'saysNotes'> {
  const before = standing?.notes ?? NO_NOTES
  return {
    saysNotes: [row.purpose, row.contact, row.rotationDue].some((note) => note !== undefined),
    notes: {
      purpose: row.purpose === undefined ? before.purpose : nextPurpose(draft, row.purpose, keyName, standing),
      contact: row.contact === undefined ? before.contact : row.contact,
      // A day that the register works out itself stays worked out.
      dueOn:
        row.rotationDue === undefined || row.rotationDue === standing?.shown.dueOn ? before.dueOn : row.rotationDue,
    },
  }
}

function nextPurpose(
  draft: Draft,
  purpose: string | null,
  keyName: string,
  standing: StandingKey | undefined,
): string | null {
  if (standing) {
    const shown = shownName(standing.shown.purpose)
    if (shown === shownName(purpose) || (shown === '' && purpose === purposeWithout(standing.fact))) {
      return standing.notes.purpose
    }
  }
  return purpose ?? saysNothing(draft, keyName)
}

/** What registers are written with where a key has no purpose. */
function purposeWithout(key: KeyFact): string | null {
  if (key.kind === 'admin') return 'Admin key'
  const owner = key.owner?.name ?? key.owner?.email ?? null
  if (key.tool !== undefined) return `${key.tool} key${owner === null ? '' : ` of ${shownName(owner)}`}`
  return key.owner?.kind === 'user' && owner !== null ? `Personal key of ${shownName(owner)}` : null
}

/**
 * A register that leaves the purpose open means it: an empty text keeps one from being read out of the key's name.
 * Null where the name says nothing anyway.
 */
function saysNothing(draft: Draft, keyName: string): string | null {
  const derived = draft.source === 'register-file' ? parseKeyName(keyName, draft.keyNamePattern)?.purpose : null
  return derived ? '' : null
}
