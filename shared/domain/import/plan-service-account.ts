import { readPersonCell } from '../text/register-cells.ts'
import type { KeyFact, KeyKind, PrincipalFact } from '../facts.ts'
import { MAKER_NAMED, type ParsedPurpose, parsePurpose } from '../providers/key-holder.ts'
import { admitKey, keyByText, keyKind, NOT_LISTED, noteKey, findProjectId } from './admit-key.ts'
import { refused, sameFlat, shown, type PlannedRow } from './differences.ts'
import { markedPrincipal, newId, shownName, type Draft, type DraftKey } from './draft.ts'
import { listNotes } from './key-notes.ts'
import { isMadeId } from '../text/made-id.ts'
import { planKey } from './plan-key.ts'
import type { KeyRow, ServiceAccountRow } from './rows.ts'
import type { CurrentKey, CurrentPrincipal } from './current.ts'

/** Adds one row of service accounts to the draft, the account and its key, and returns what it would do. */
export function planServiceAccount(draft: Draft, row: ServiceAccountRow): PlannedRow {
  const subject = shown(row.keyId === null ? row.account : `${row.account} (${row.keyId})`)
  const ownKey = row.keyId === null ? undefined : keyByText(draft, row.keyId)
  // Registers show a key without a service account under the key's own name.
  const isBare =
    ownKey && ownKey.fact.owner?.kind !== 'service-account' && shownName(ownKey.fact.name) === shownName(row.account)
  if (isBare) return noteKey(draft, row, subject, ownKey)
  const said = ownKey?.fact.owner?.kind === 'service-account' ? null : parsePurpose(row.purpose ?? '')
  const kind = said === null ? null : findKeyKind(said, draft.provider)
  if (said !== null && kind !== null) return planKey(draft, { ...keyRow(row, said), kind })
  const account = toAccount(draft, row)
  const findCurrentKey = ownKey ?? keyOfAccount(draft, row, account.fact)
  const hasNotes = [row.rotationDue, row.purpose, row.contact].some((note) => note !== undefined && note !== null)
  if (draft.current.live) {
    if (findCurrentKey) return noteKey(draft, row, subject, findCurrentKey)
    const isKnown = account.current !== undefined && row.keyId === null && !hasNotes
    return isKnown ? { line: row.line, action: 'same', subject, detail: '' } : refused(row.line, subject, NOT_LISTED)
  }
  if (row.keyId === null && !hasNotes && !findCurrentKey) return admitAccount(draft, row.line, subject, account, null)
  const before = findCurrentKey?.fact
  const externalId = before?.externalId ?? row.keyId ?? newId(draft, 'key', row.account)
  const hint = before?.hint ?? findHint(row) ?? null
  const project = findProjectId(draft, row.project, before)
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
    current: findCurrentKey,
    next: { line: row.line, fact, ...listNotes(draft, row, fact.name, findCurrentKey) },
  })
}

/** The kind of key for which registers write such a purpose at a provider; null if they write it for none. */
function findKeyKind({ holder, owner }: ParsedPurpose, provider: string): KeyKind | undefined | null {
  const namesMaker = MAKER_NAMED.includes(provider)
  if (holder === 'organization') return 'admin'
  if (holder === 'workspace') return namesMaker ? 'project' : null
  if (holder === 'none' || holder === 'unknown') return undefined
  if (owner === '') return null
  return namesMaker ? 'organization' : undefined
}

/**
 * A row whose purpose shows that the key belongs to a person, a workspace or the organization: its account is the key's
 * name.
 */
function keyRow(row: ServiceAccountRow, { purpose, holder, owner }: ParsedPurpose): KeyRow {
  const { name, email } = readPersonCell(owner)
  return {
    ...row,
    name: row.account,
    hint: findHint(row),
    purpose: purpose === '' ? null : purpose,
    owner: owner === '' ? undefined : name,
    ownerEmail: owner === '' ? undefined : email,
    ...(holder === 'none' ? { isUnowned: true } : {}),
    created: undefined,
    lastUsed: { state: 'not-reported' },
    expires: undefined,
    status: undefined,
  }
}

/** The key ending that a register shows if it knows no id. */
function findHint({ keyId }: ServiceAccountRow): string | undefined {
  return keyId !== null && /^(?:sk-|\W*\.\.)/u.test(keyId) ? keyId : undefined
}

interface Account {
  readonly current: CurrentPrincipal | undefined
  readonly fact: PrincipalFact
}

function toAccount(draft: Draft, row: ServiceAccountRow): Account {
  const named =
    draft.index.accountsByName.get(shownName(row.account)) ?? markedPrincipal(draft, row.account, 'service-account')
  const owner = row.keyId === null ? undefined : draft.index.keys.get(row.keyId)?.fact.owner?.externalId
  const current = named.find((p) => p.fact.externalId === owner) ?? named[0]
  const externalId = current?.fact.externalId ?? draft.accounts.get(row.account) ?? newId(draft, 'account', row.account)
  draft.accounts.set(row.account, externalId)
  const fact: PrincipalFact = current?.fact ?? {
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
  return { current, fact }
}

function keyOfAccount(draft: Draft, row: ServiceAccountRow, account: PrincipalFact): CurrentKey | undefined {
  if (row.keyId !== null) return undefined
  const own = draft.index.keysByOwner.get(account.externalId) ?? []
  const free = own.filter((key) => !draft.keys.has(key.fact.externalId))
  // Without an id, a row describes the account's only key, or one that was made for such a row.
  const made = free.filter((key) => isMadeId(key.fact.externalId))
  const same = made.find((key) => {
    return sameFlat(listNotes(draft, row, key.fact.name, key).notes, key.notes)
  })
  return same ?? made[0] ?? (own.length === 1 ? free[0] : undefined)
}

function admitAccount(
  draft: Draft,
  line: number,
  subject: string,
  account: Account,
  key: { readonly current: CurrentKey | undefined; readonly next: DraftKey } | null,
): PlannedRow {
  const earlier = draft.principals.get(account.fact.externalId)
  const planned = key ? admitKey(draft, subject, key.current, key.next) : null
  if (planned?.action === 'refuse') return planned
  if (!earlier) {
    draft.principals.set(account.fact.externalId, {
      line,
      fact: account.fact,
      grants: account.current?.grants.map((g) => g.fact) ?? [],
      lastReviewedOn: account.current?.lastReviewedOn ?? null,
      isReviewOverdue: false,
    })
  }
  if (planned && planned.action !== 'same') return planned
  if (!account.current && !earlier) return { line, action: 'add', subject, detail: 'service account without a key' }
  return planned ?? { line, action: 'same', subject, detail: '' }
}
