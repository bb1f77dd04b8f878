import { emailKey } from '../email.ts'
import type { KeyFact, KeyKind, KeyOwner, PrincipalFact } from '../facts.ts'
import { parseKeyName } from '../naming.ts'
import { difference, joinDifferences, refused, sameFlat, shown, statement, type PlannedRow } from './differences.ts'
import { markedPrincipal, newId, projectName, projectOf, shownName, type Draft, type DraftKey } from './draft.ts'
import { isMadeId, madeId } from './made-id.ts'
import type { KeyNotes, KeyRow, ServiceAccountRow } from './rows.ts'
import type { Notes, StandingKey, StandingPrincipal } from './standing.ts'

const NO_NOTES: Notes = { purpose: null, contact: null, dueOn: null }

const NOT_LISTED =
  'The provider does not list it. Keys and service accounts of this connection are read from the provider; correct the row, or sync again.'

/** Takes one row of service accounts into the draft, the account and its key, and says what it would do. */
export function planServiceAccount(draft: Draft, row: ServiceAccountRow): PlannedRow {
  const subject = shown(row.keyId === null ? row.account : `${row.account} (${row.keyId})`)
  const ownKey = row.keyId === null ? undefined : keyByText(draft, row.keyId)
  // Registers name a key that is no service account's by the key's own name.
  const isBare =
    ownKey && ownKey.fact.owner?.kind !== 'service-account' && shownName(ownKey.fact.name) === shownName(row.account)
  if (isBare) return noteKey(draft, row, subject, ownKey)
  const account = accountOf(draft, row)
  const standingKey = ownKey ?? keyOfAccount(draft, row, account.fact)
  const hasNotes = [row.rotationDue, row.purpose, row.contact].some((note) => note !== undefined && note !== null)
  if (draft.standing.live) {
    if (standingKey) return noteKey(draft, row, subject, standingKey)
    const isKnown = account.standing !== undefined && row.keyId === null && !hasNotes
    return isKnown ? { line: row.line, action: 'same', subject, detail: '' } : refused(row.line, subject, NOT_LISTED)
  }
  if (row.keyId === null && !hasNotes && !standingKey) return admitAccount(draft, row.line, subject, account, null)
  const before = standingKey?.fact
  const externalId = before?.externalId ?? row.keyId ?? newId(draft, 'key', row.account)
  const hint = before?.hint ?? (row.keyId !== null && /^(?:sk-|\W*\.\.)/u.test(row.keyId) ? row.keyId : null)
  const project = projectIdOf(draft, row.project, before)
  const fact: KeyFact = {
    type: 'key',
    externalId,
    kind: before?.kind ?? keyKind(draft, hint, project),
    name: before?.name ?? row.account,
    hint,
    status: before?.status ?? 'active',
    project,
    ownerState: 'known',
    owner: { externalId: account.fact.externalId, kind: 'service-account', name: account.fact.name, email: null },
    ownerAccess: before?.ownerAccess ?? null,
    createdAt: before?.createdAt ?? null,
    lastUse: before?.lastUse ?? { state: 'not-reported' },
    expiresAt: before?.expiresAt ?? null,
  }
  return admitAccount(draft, row.line, subject, account, {
    standing: standingKey,
    next: { line: row.line, fact, ...notesOf(draft, row, fact.name, standingKey) },
  })
}

/** Takes one row of keys into the draft and says what it would do. */
export function planKey(draft: Draft, row: KeyRow): PlannedRow {
  const subject = shown(row.name ?? row.keyId ?? '')
  const standing = standingKeyOf(draft, row)
  if (draft.standing.live) {
    return standing ? noteKey(draft, row, subject, standing) : refused(row.line, subject, NOT_LISTED)
  }
  const before = standing?.fact
  const name = row.name ?? before?.name ?? row.keyId ?? ''
  const hint = row.hint === undefined ? (before?.hint ?? null) : row.hint
  const project = projectIdOf(draft, row.project, before)
  const { ownerState, owner } = ownerOf(draft, row, before)
  const fact: KeyFact = {
    type: 'key',
    externalId: before?.externalId ?? row.keyId ?? newId(draft, 'key', name),
    kind: before?.kind ?? keyKind(draft, hint, project),
    name,
    hint,
    status: row.status?.toLowerCase() ?? before?.status ?? 'active',
    project,
    ownerState,
    owner,
    ownerAccess: before?.ownerAccess ?? null,
    createdAt: row.created === undefined ? (before?.createdAt ?? null) : row.created,
    lastUse: row.lastUsed.state === 'not-reported' ? (before?.lastUse ?? row.lastUsed) : row.lastUsed,
    expiresAt: row.expires === undefined ? (before?.expiresAt ?? null) : row.expires,
  }
  return admitKey(draft, subject, standing, { line: row.line, fact, ...notesOf(draft, row, name, standing) })
}

interface Account {
  readonly standing: StandingPrincipal | undefined
  readonly fact: PrincipalFact
}

function accountOf(draft: Draft, row: ServiceAccountRow): Account {
  const named =
    draft.index.accountsByName.get(shownName(row.account)) ?? markedPrincipal(draft, row.account, 'service-account')
  const owner = row.keyId === null ? undefined : draft.index.keys.get(row.keyId)?.fact.owner?.externalId
  const standing = named.find((p) => p.fact.externalId === owner) ?? named[0]
  const externalId =
    standing?.fact.externalId ?? draft.accounts.get(row.account) ?? newId(draft, 'account', row.account)
  draft.accounts.set(row.account, externalId)
  const fact: PrincipalFact = standing?.fact ?? {
    type: 'principal',
    externalId,
    kind: 'service-account',
    name: row.account,
    email: null,
    roleRaw: null,
    level: null,
    status: 'active',
    addedAt: null,
    expiresAt: null,
    lastUsedAt: null,
  }
  return { standing, fact }
}

function keyOfAccount(draft: Draft, row: ServiceAccountRow, account: PrincipalFact): StandingKey | undefined {
  if (row.keyId !== null) return undefined
  const own = draft.index.keysByOwner.get(account.externalId) ?? []
  const free = own.filter((key) => !draft.keys.has(key.fact.externalId))
  // Without an id, a row speaks of the account's only key, or of one that was made for such a row.
  const made = free.filter((key) => isMadeId(key.fact.externalId))
  const same = made.find((key) => {
    return sameFlat(notesOf(draft, row, key.fact.name, key).notes, key.notes)
  })
  return same ?? made[0] ?? (own.length === 1 ? free[0] : undefined)
}

/** A key by its id, or by the redacted value that only one key has. */
function keyByText(draft: Draft, text: string): StandingKey | undefined {
  const byHint = draft.index.keysByHint.get(text)
  return draft.index.keys.get(text) ?? (byHint?.length === 1 ? byHint[0] : undefined)
}

function standingKeyOf(draft: Draft, row: KeyRow): StandingKey | undefined {
  if (row.keyId !== null) return keyByText(draft, row.keyId)
  const byHint = row.hint ? draft.index.keysByHint.get(row.hint) : undefined
  if (byHint?.length === 1) return byHint[0]
  const byName = draft.index.keysByName.get(shownName(row.name))?.filter((key) => !draft.keys.has(key.fact.externalId))
  return byName?.length === 1 ? byName[0] : undefined
}

/** On a connection that the provider itself describes, a file adds purpose, contact and due day. */
function noteKey(
  draft: Draft,
  row: KeyNotes & { readonly line: number },
  subject: string,
  standing: StandingKey,
): PlannedRow {
  const next: DraftKey = {
    line: row.line,
    fact: standing.fact,
    ...notesOf(draft, row, standing.fact.name, standing),
  }
  return admitKey(draft, subject, standing, next)
}

function admitAccount(
  draft: Draft,
  line: number,
  subject: string,
  account: Account,
  key: { readonly standing: StandingKey | undefined; readonly next: DraftKey } | null,
): PlannedRow {
  const earlier = draft.principals.get(account.fact.externalId)
  const planned = key ? admitKey(draft, subject, key.standing, key.next) : null
  if (planned?.action === 'refuse') return planned
  if (!earlier) {
    draft.principals.set(account.fact.externalId, {
      line,
      fact: account.fact,
      grants: account.standing?.grants.map((g) => g.fact) ?? [],
      lastReviewedOn: account.standing?.lastReviewedOn ?? null,
    })
  }
  if (planned && planned.action !== 'same') return planned
  if (!account.standing && !earlier) return { line, action: 'add', subject, detail: 'service account without a key' }
  return planned ?? { line, action: 'same', subject, detail: '' }
}

function admitKey(draft: Draft, subject: string, standing: StandingKey | undefined, next: DraftKey): PlannedRow {
  const { line } = next
  const earlier = draft.keys.get(next.fact.externalId)
  if (earlier) {
    return isSame(earlier, next)
      ? { line, action: 'same', subject, detail: `Says the same as line ${earlier.line}.` }
      : refused(line, subject, `Line ${earlier.line} speaks of the same key and says something else. Keep one of them.`)
  }
  draft.keys.set(next.fact.externalId, next)
  const detail = keyChanges(draft, standing, next)
  if (!standing) return { line, action: 'add', subject, detail }
  if (isSame(standing, next)) return { line, action: 'same', subject, detail: '' }
  return { line, action: 'change', subject, detail: detail === '' ? 'details' : detail }
}

function isSame(
  a: { readonly fact: KeyFact; readonly notes: Notes },
  b: { readonly fact: KeyFact; readonly notes: Notes },
): boolean {
  const { owner, lastUse, ...fact } = a.fact
  const { owner: otherOwner, lastUse: otherUse, ...otherFact } = b.fact
  const sameOwner = owner === null || otherOwner === null ? owner === otherOwner : sameFlat(owner, otherOwner)
  return sameOwner && sameFlat(lastUse, otherUse) && sameFlat(fact, otherFact) && sameFlat(a.notes, b.notes)
}

function keyChanges(draft: Draft, standing: StandingKey | undefined, next: DraftKey): string {
  const before = standing?.fact
  const name = (id: string | null | undefined): string | null => (id ? projectName(draft, id) : null)
  const owner = (key: KeyFact | undefined): string | null =>
    key?.owner?.email ?? key?.owner?.name ?? key?.owner?.externalId ?? null
  const { fact, notes } = next
  const texts: readonly (readonly [label: string, before: string | null, after: string | null])[] = [
    ['project', name(before?.project), name(fact.project)],
    ['owner', owner(before), owner(fact)],
    ['created', dayText(before?.createdAt), dayText(fact.createdAt)],
    ['last used', useText(before), useText(fact)],
    ['expires', dayText(before?.expiresAt), dayText(fact.expiresAt)],
    ['purpose', standing?.notes.purpose ?? null, notes.purpose],
    ['contact', standing?.notes.contact ?? null, notes.contact],
    ['rotation due', standing?.notes.dueOn ?? null, notes.dueOn],
  ]
  if (!standing) return joinDifferences(texts.map(([label, , after]) => statement(label, after)))
  return joinDifferences([
    difference('name', standing.fact.name, fact.name),
    difference('redacted key', standing.fact.hint, fact.hint),
    difference('status', standing.fact.status, fact.status),
    ...texts.map(([label, was, is]) => difference(label, was, is)),
  ])
}

function dayText(instant: number | null | undefined): string | null {
  return instant === null || instant === undefined ? null : new Date(instant).toISOString()
}

function useText(key: KeyFact | undefined): string | null {
  if (!key || key.lastUse.state === 'not-reported') return null
  return key.lastUse.state === 'never' ? 'never' : dayText(key.lastUse.at)
}

function notesOf(
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

function projectIdOf(draft: Draft, name: string | null | undefined, before: KeyFact | undefined): string | null {
  if (name === undefined) return before?.project ?? null
  return name === null ? null : projectOf(draft, name).externalId
}

function keyKind(draft: Draft, hint: string | null, project: string | null): KeyKind {
  if (hint !== null && /^sk-(?:ant-)?admin/u.test(hint)) return 'admin'
  return project === null && draft.provider === 'anthropic' ? 'organization' : 'project'
}

function ownerOf(
  draft: Draft,
  row: KeyRow,
  before: KeyFact | undefined,
): { readonly ownerState: KeyFact['ownerState']; readonly owner: KeyOwner | null } {
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
  const people = name === null ? [] : (draft.index.peopleByName.get(shownName(name)) ?? [])
  const [addressed] = word === null ? [] : (draft.index.peopleByEmail.get(word) ?? [])
  const person = addressed ?? (people.length === 1 ? people[0] : undefined)
  const found = person ?? (word === null ? account : undefined)
  if (found) {
    const { externalId, kind, name: foundName, email: foundEmail } = found.fact
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
