import { personCell } from '../text/register-cells.ts'
import { said } from '../text/said.ts'
import { emailKey } from '../email.ts'
import type { GrantFact, KeyFact, PrincipalFact, ProjectFact } from '../facts.ts'
import type { SourceName } from '../source.ts'
import { madeId, type MadeKind } from '../text/made-id.ts'
import type { Notes, Standing, CurrentKey, CurrentPrincipal } from './current.ts'

export type FileSource = Extract<SourceName, `${string}-file`>

/** A file's facts about one connection while its rows are read, one after the other, with the current facts. */
export interface Draft {
  readonly provider: string
  readonly source: FileSource
  readonly keyNamePattern: string
  readonly current: Standing
  readonly index: CurrentIndex
  /** All principals that the file has named so far, by external id. */
  readonly principals: Map<string, DraftPrincipal>
  readonly keys: Map<string, DraftKey>
  /** Projects that only the file contains, by name and by external id. */
  readonly newProjects: Map<string, ProjectFact>
  readonly newProjectsById: Map<string, ProjectFact>
  /** Service accounts by name, since several rows may describe one. */
  readonly accounts: Map<string, string>
  /** People that only the file contains, by e-mail and name. */
  readonly newPeople: Map<string, string>
  /** The people by each of their words: name and e-mail. */
  readonly peopleByWord: Map<string, PrincipalFact[]>
  /** Ids made so far, and where counting stopped for each name. */
  readonly reserved: Set<string>
  readonly counted: Map<string, number>
}

export interface DraftPrincipal {
  readonly line: number
  readonly fact: PrincipalFact
  readonly grants: readonly GrantFact[]
  readonly lastReviewedOn: string | null
  readonly isReviewOverdue: boolean
}

export interface DraftKey {
  readonly line: number
  readonly fact: KeyFact
  readonly notes: Notes
  /** True if the file has a column for any of the notes. */
  readonly saysNotes: boolean
}

interface CurrentIndex {
  readonly principals: ReadonlyMap<string, CurrentPrincipal>
  /** By the form in which registers write them. */
  readonly peopleByCell: ReadonlyMap<string, readonly CurrentPrincipal[]>
  readonly peopleByEmail: ReadonlyMap<string, readonly CurrentPrincipal[]>
  readonly peopleByName: ReadonlyMap<string, readonly CurrentPrincipal[]>
  readonly accountsByName: ReadonlyMap<string, readonly CurrentPrincipal[]>
  readonly keys: ReadonlyMap<string, CurrentKey>
  readonly keysByHint: ReadonlyMap<string, readonly CurrentKey[]>
  readonly keysByName: ReadonlyMap<string, readonly CurrentKey[]>
  readonly keysByOwner: ReadonlyMap<string, readonly CurrentKey[]>
  /** The status words of the keys, by the word in lower case. */
  readonly keyStatuses: ReadonlyMap<string, string>
  readonly projects: ReadonlyMap<string, ProjectFact>
  readonly projectsByName: ReadonlyMap<string, ProjectFact>
}

export function makeDraft(options: {
  readonly provider: string
  readonly source: FileSource
  readonly keyNamePattern: string
  readonly current: Standing
}): Draft {
  return {
    ...options,
    index: makeIndex(options.current),
    principals: new Map(),
    keys: new Map(),
    newProjects: new Map(),
    newProjectsById: new Map(),
    accounts: new Map(),
    newPeople: new Map(),
    peopleByWord: new Map(),
    reserved: new Set(),
    counted: new Map(),
  }
}

function makeIndex(current: Standing): CurrentIndex {
  const people = current.principals.filter((p) => p.fact.kind === 'user' || p.fact.kind === 'invite')
  const accounts = current.principals.filter((p) => p.fact.kind === 'service-account')
  const getName = (p: CurrentPrincipal): string => shownName(p.fact.name)
  // Users before invites, so that the user is the one found.
  const byKind = [...people].sort((a, b) => Number(a.fact.kind === 'invite') - Number(b.fact.kind === 'invite'))
  const byStatus = [...current.projects].sort(
    (a, b) => Number(a.fact.status === 'active') - Number(b.fact.status === 'active'),
  )
  return {
    principals: new Map(current.principals.map((p) => [p.fact.externalId, p])),
    peopleByCell: Map.groupBy(byKind, (p) => personCell(getName(p), p.fact.email)),
    peopleByEmail: Map.groupBy(byKind, (p) => emailKey(p.fact.email) ?? ''),
    peopleByName: Map.groupBy(byKind, getName),
    accountsByName: Map.groupBy(accounts, getName),
    keys: new Map(current.keys.map((k) => [k.fact.externalId, k])),
    keysByHint: Map.groupBy(current.keys, (k) => k.fact.hint ?? ''),
    keysByName: Map.groupBy(current.keys, (k) => shownName(k.fact.name)),
    keysByOwner: Map.groupBy(current.keys, (k) => k.fact.owner?.externalId ?? ''),
    keyStatuses: new Map(current.keys.map(({ fact }) => [fact.status.toLowerCase(), fact.status])),
    projects: new Map(current.projects.map((p) => [p.fact.externalId, p.fact])),
    projectsByName: new Map(byStatus.map((p) => [p.fact.name.trim(), p.fact])),
  }
}

/** A name as registers show it: without invisible characters and without secrets. */
export function shownName(name: string | null): string {
  return said(name ?? '').trim()
}

/**
 * The principal that a provider's id identifies, alone or after a name, as registers write it where several principals
 * have one name.
 */
export function markedPrincipal(
  draft: Draft,
  text: string,
  kind: 'person' | 'service-account',
): readonly CurrentPrincipal[] {
  const id = /\(([^()]+)\)$/u.exec(text)?.[1] ?? text
  const principal = draft.index.principals.get(id) ?? draft.index.principals.get(text)
  if (!principal) return []
  return (principal.fact.kind === 'service-account') === (kind === 'service-account') ? [principal] : []
}

/** The project with this name (or provider's id); a new one if none has it. */
export function getProject(draft: Draft, name: string): ProjectFact {
  const known = draft.index.projectsByName.get(name) ?? draft.index.projects.get(name) ?? draft.newProjects.get(name)
  if (known) return known
  const project: ProjectFact = {
    type: 'project',
    externalId: newId(draft, 'project', name),
    name,
    status: 'active',
    isDefault: false,
    createdAt: null,
    archivedAt: null,
    residency: null,
  }
  draft.newProjects.set(name, project)
  draft.newProjectsById.set(project.externalId, project)
  return project
}

export function projectName(draft: Draft, externalId: string): string {
  return (draft.index.projects.get(externalId) ?? draft.newProjectsById.get(externalId))?.name ?? externalId
}

/** An id for a name that is neither in the register nor in the file yet. */
export function newId(draft: Draft, kind: MadeKind, name: string): string {
  const { principals, keys, projects } = draft.index
  const isTaken = (id: string): boolean =>
    draft.reserved.has(id) || principals.has(id) || keys.has(id) || projects.has(id)
  const id = madeId(kind, name, isTaken, draft.counted)
  draft.reserved.add(id)
  return id
}
