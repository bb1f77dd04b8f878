import { emailKey } from '../email.ts'
import type { KeyFact, KeyOwner, PrincipalFact } from '../facts.ts'
import { KEY_STATUSES } from '../key-status.ts'
import { admitKey, keyByText, keyKind, NOT_LISTED, noteKey, findProjectId } from './admit-key.ts'
import { refused, shown, type PlannedRow } from './differences.ts'
import { newId, shownName, type Draft } from './draft.ts'
import { listNotes } from './key-notes.ts'
import { madeId } from '../text/made-id.ts'
import type { KeyRow } from './rows.ts'
import type { CurrentKey } from './current.ts'

/** Adds one row of keys to the draft and returns what it would do. */
export function planKey(draft: Draft, row: KeyRow): PlannedRow {
  const subject = shown(row.name ?? row.keyId ?? '')
  const current = findCurrentKey(draft, row)
  const status = findStatus(draft, row)
  if (status === null)
    return refused(row.line, subject, `The status “${shown(row.status ?? '')}” is not known. ${STATUS_WORDS}`)
  if (draft.current.live) {
    return current ? noteKey(draft, row, subject, current) : refused(row.line, subject, NOT_LISTED)
  }
  const before = current?.fact
  const name = row.name ?? before?.name ?? row.keyId ?? ''
  const hint = row.hint === undefined ? (before?.hint ?? null) : row.hint
  const project = findProjectId(draft, row.project, before)
  const { ownerState, owner } = findOwner(draft, row, before)
  const fact: KeyFact = {
    type: 'key',
    externalId: before?.externalId ?? row.keyId ?? newId(draft, 'key', name),
    kind: before?.kind ?? row.kind ?? keyKind(draft, hint, project),
    name,
    hint,
    status: status ?? before?.status ?? 'active',
    project,
    ownerState,
    owner,
    ownerAccess: before?.ownerAccess ?? null,
    createdAt: row.created === undefined ? (before?.createdAt ?? null) : row.created,
    lastUse: row.lastUsed.state === 'not-reported' ? (before?.lastUse ?? row.lastUsed) : row.lastUsed,
    expiresAt: row.expires === undefined ? (before?.expiresAt ?? null) : row.expires,
  }
  return admitKey(draft, subject, current, { line: row.line, fact, ...listNotes(draft, row, name, current) })
}

const STATUS_WORDS = `Write ${KEY_STATUSES.slice(0, -1).join(', ')} or ${KEY_STATUSES.at(-1)}, or leave the cell empty.`

/** `unknown` is the status for providers that do not report one. */
const KNOWN_STATUSES: ReadonlySet<string> = new Set([...KEY_STATUSES, 'unknown'])

/**
 * The status that a row gives: a known word, or one that the platform reported for a key of the connection. Undefined
 * if the row gives none; null for another word.
 */
function findStatus({ index }: Draft, { status }: KeyRow): string | null | undefined {
  if (status === undefined || status === null) return undefined
  const word = status.toLowerCase()
  return KNOWN_STATUSES.has(word) ? word : (index.keyStatuses.get(word) ?? null)
}

function findCurrentKey(draft: Draft, row: KeyRow): CurrentKey | undefined {
  if (row.keyId !== null) return keyByText(draft, row.keyId)
  const byHint = row.hint ? draft.index.keysByHint.get(row.hint) : undefined
  if (byHint?.length === 1) return byHint[0]
  const byName = draft.index.keysByName.get(shownName(row.name))?.filter((key) => !draft.keys.has(key.fact.externalId))
  return byName?.length === 1 ? byName[0] : undefined
}

function findOwner(
  draft: Draft,
  row: KeyRow,
  before: KeyFact | undefined,
): { readonly ownerState: KeyFact['ownerState']; readonly owner: KeyOwner | null } {
  if (row.isUnowned === true) return { ownerState: 'none', owner: null }
  const name = row.owner ?? null
  const email = row.ownerEmail ?? null
  if (name === null && email === null) {
    const isSilent = row.owner === undefined && row.ownerEmail === undefined
    return isSilent && before
      ? { ownerState: before.ownerState, owner: before.owner }
      : { ownerState: 'unknown', owner: null }
  }
  const word = emailKey(email)
  const [account] = name === null ? [] : (draft.index.accountsByName.get(shownName(name)) ?? [])
  const people = name === null ? [] : peopleCalled(draft, 'peopleByName', shownName(name))
  const [addressed] = word === null ? [] : peopleCalled(draft, 'peopleByEmail', word)
  const person = addressed ?? (people.length === 1 ? people[0] : undefined)
  const found = person ?? (word === null ? account?.fact : undefined)
  if (found) {
    const { externalId, kind, name: foundName, email: foundEmail } = found
    return {
      ownerState: 'known',
      owner: {
        externalId,
        kind: kind === 'service-account' ? 'service-account' : 'user',
        name: foundName ?? name,
        email: foundEmail ?? email,
      },
    }
  }
  const externalId = madeId('person', word ?? name ?? '', () => false)
  return { ownerState: 'known', owner: { externalId, kind: 'user', name, email } }
}

/** People with a name or an address: those in the register, else those in the same file. */
function peopleCalled(draft: Draft, by: 'peopleByName' | 'peopleByEmail', word: string): readonly PrincipalFact[] {
  return draft.index[by].get(word)?.map(({ fact }) => fact) ?? draft.peopleByWord.get(word) ?? []
}
