import type { Expiry, KeyFact, KeyKind } from '../facts.ts'
import { difference, joinDifferences, refused, sameFlat, statement, type PlannedRow } from './differences.ts'
import { projectName, getProject, type Draft, type DraftKey } from './draft.ts'
import { findProvider } from '../providers/providers.ts'
import { listNotes } from './key-notes.ts'
import type { KeyNotes } from './rows.ts'
import type { Notes, CurrentKey } from './current.ts'

export const NOT_LISTED =
  'The provider does not list it. Keys and service accounts of this connection are read from the provider; correct the row, or sync again.'

/** A key by its id, or by a redacted value that only one key has. */
export function keyByText(draft: Draft, text: string): CurrentKey | undefined {
  const byHint = draft.index.keysByHint.get(text)
  return draft.index.keys.get(text) ?? (byHint?.length === 1 ? byHint[0] : undefined)
}

/** On a connection that the provider itself reports, a file adds purpose, contact and due day. */
export function noteKey(
  draft: Draft,
  row: KeyNotes & { readonly line: number },
  subject: string,
  current: CurrentKey,
): PlannedRow {
  const next: DraftKey = {
    line: row.line,
    fact: current.fact,
    ...listNotes(draft, row, current.fact.name, current),
  }
  return admitKey(draft, subject, current, next)
}

/** Adds a key to the draft and returns what that would do; a second row of one key may only repeat the first. */
export function admitKey(draft: Draft, subject: string, current: CurrentKey | undefined, next: DraftKey): PlannedRow {
  const { line } = next
  const earlier = draft.keys.get(next.fact.externalId)
  if (earlier) {
    return isSame(earlier, next)
      ? { line, action: 'same', subject, detail: `Same content as line ${earlier.line}.` }
      : refused(line, subject, `Line ${earlier.line} describes the same key differently. Keep one of them.`)
  }
  draft.keys.set(next.fact.externalId, next)
  const detail = keyChanges(draft, current, next)
  if (!current) return { line, action: 'add', subject, detail }
  if (isSame(current, next)) return { line, action: 'same', subject, detail: '' }
  return { line, action: 'change', subject, detail: detail === '' ? 'details' : detail }
}

/** The project of a row's key; if the file has no such column, the key's current project. */
export function findProjectId(
  draft: Draft,
  name: string | null | undefined,
  before: KeyFact | undefined,
): string | null {
  if (name === undefined) return before?.project ?? null
  return name === null ? null : getProject(draft, name).externalId
}

/** The kind of a key about which a file contains nothing more. */
export function keyKind(draft: Draft, hint: string | null, project: string | null): KeyKind {
  if (hint !== null && /^sk-(?:ant-)?admin/u.test(hint)) return 'admin'
  return (project === null ? findProvider(draft.provider)?.keyWithoutProject : undefined) ?? 'project'
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

function keyChanges(draft: Draft, current: CurrentKey | undefined, next: DraftKey): string {
  const before = current?.fact
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
    ['purpose', current?.notes.purpose ?? null, notes.purpose],
    ['contact', current?.notes.contact ?? null, notes.contact],
    ['rotation due', current?.notes.dueOn ?? null, notes.dueOn],
  ]
  if (!current) return joinDifferences(texts.map(([label, , after]) => statement(label, after)))
  return joinDifferences([
    difference('name', current.fact.name, fact.name),
    difference('redacted key', current.fact.hint, fact.hint),
    difference('status', current.fact.status, fact.status),
    ...texts.map(([label, was, is]) => difference(label, was, is)),
  ])
}

function dayText(instant: Expiry | undefined): string | null {
  return typeof instant === 'number' ? new Date(instant).toISOString() : null
}

function useText(key: KeyFact | undefined): string | null {
  if (!key || key.lastUse.state === 'not-reported') return null
  if (key.lastUse.state === 'never') return 'never'
  return `${key.lastUse.state === 'before' ? 'before ' : ''}${dayText(key.lastUse.at)}`
}
