import type { Day } from '../day.ts'
import type { Fact } from '../facts.ts'
import { isFileSource, type SourceName } from '../source.ts'
import { sameFlat, shown, type PlannedRow } from './differences.ts'
import { makeDraft, type Draft, type FileSource } from './draft.ts'
import { planKey } from './plan-key.ts'
import { planPerson } from './plan-person.ts'
import { planServiceAccount } from './plan-service-account.ts'
import type { KeyRow, PersonRow, ServiceAccountRow } from './rows.ts'
import type { Notes, Standing, CurrentKey, CurrentPrincipal } from './current.ts'
import type { Refusal } from './table.ts'

/** The content of a file about one organization. */
export interface ImportBatch {
  /** As the file names it. */
  readonly heading: string
  readonly provider: string
  readonly organizationId: string | null
  readonly source: FileSource
  readonly people: readonly PersonRow[]
  readonly serviceAccounts: readonly ServiceAccountRow[]
  readonly keys: readonly KeyRow[]
  readonly refusals: readonly Refusal[]
}

/** The effect of importing the batch on one connection. */
export interface BatchPlan {
  /** Every row of the file, by line. */
  readonly rows: readonly PlannedRow[]
  /** The connection's facts from files after the import, by the list that they belong to. */
  readonly facts: readonly SourcedFacts[]
  readonly reviews: readonly { readonly principal: string; readonly day: Day | null }[]
  /** The external ids of those whose last review the file marks as overdue. */
  readonly overdue: readonly string[]
  readonly notes: readonly ({ readonly key: string } & Notes)[]
  /** The names that an earlier file of this kind contained and this one does not. */
  readonly missing: readonly string[]
  /** True if those are closed. They stay when the file is not a complete list, or when one of its rows was rejected. */
  readonly closesMissing: boolean
  /** False when the register contains all of it already: nothing is written. */
  readonly changes: boolean
}

export interface SourcedFacts {
  readonly source: SourceName
  readonly facts: readonly Fact[]
}

export interface PlanOptions {
  readonly current: Standing
  readonly keyNamePattern: string
  /** The file is the complete list of its kind: what an earlier one named and this one does not is removed. */
  readonly complete: boolean
}

export function planBatch(batch: ImportBatch, options: PlanOptions): BatchPlan {
  const { current } = options
  const draft = makeDraft({ ...options, provider: batch.provider, source: batch.source })
  const planned = [
    ...batch.people.map((row) => planPerson(draft, row)),
    ...batch.serviceAccounts.map((row) => planServiceAccount(draft, row)),
    ...batch.keys.map((row) => planKey(draft, row)),
  ]
  const rows = [...planned, ...batch.refusals.map((r) => ({ ...r, action: 'refuse' as const }))].sort(
    (a, b) => a.line - b.line,
  )
  const closesMissing = options.complete && !current.live && rows.every((row) => row.action !== 'refuse')
  const isMissing = (source: SourceName, isNamed: boolean): boolean => source === batch.source && !isNamed
  const missingPrincipals = current.principals.filter((p) =>
    isMissing(p.source, draft.principals.has(p.fact.externalId)),
  )
  const missingKeys = current.keys.filter((k) => isMissing(k.source, draft.keys.has(k.fact.externalId)))
  const missing = current.live ? [] : [...missingPrincipals.map(principalText), ...missingKeys.map(keyText)]
  return {
    rows,
    facts: current.live ? [] : toFacts(draft, closesMissing),
    reviews: [...draft.principals.values()]
      .filter((p) => p.lastReviewedOn !== (draft.index.principals.get(p.fact.externalId)?.lastReviewedOn ?? null))
      .map((p) => ({ principal: p.fact.externalId, day: p.lastReviewedOn })),
    overdue: [...draft.principals.values()].filter((p) => p.isReviewOverdue).map((p) => p.fact.externalId),
    notes: [...draft.keys.values()].filter((k) => k.saysNotes).map((k) => ({ key: k.fact.externalId, ...k.notes })),
    missing,
    closesMissing,
    changes:
      rows.some((row) => row.action === 'add' || row.action === 'change') || (closesMissing && missing.length > 0),
  }
}

function principalText(principal: CurrentPrincipal): string {
  const { name, email, externalId } = principal.fact
  return shown(name ?? email ?? externalId)
}

function keyText(key: CurrentKey): string {
  return shown(key.fact.name)
}

/**
 * The connection's facts from files after the import. Facts of another kind of file are written again if this one
 * changes them, since a list is only ever closed as a whole.
 */
function toFacts(draft: Draft, closesMissing: boolean): SourcedFacts[] {
  const { current, source } = draft
  const retold = new Set<SourceName>(changedSources(draft).filter((s) => s !== source))
  if (!closesMissing) retold.add(source)
  const stays = (s: SourceName): boolean => s !== source || !closesMissing
  const facts = new Map<SourceName, Fact[]>([[source, []], ...[...retold].map((s) => [s, []] as [SourceName, Fact[]])])
  const put = (to: SourceName, fact: Fact): void => {
    facts.get(to)?.push(fact)
  }
  const projects = new Set<string>()
  for (const principal of draft.principals.values()) {
    put(source, principal.fact)
    for (const grant of principal.grants) put(source, grant)
    for (const grant of principal.grants) if (grant.project !== null) projects.add(grant.project)
  }
  for (const principal of current.principals) {
    if (draft.principals.has(principal.fact.externalId) || !stays(principal.source)) continue
    put(principal.source, principal.fact)
    for (const grant of principal.grants) put(grant.source, grant.fact)
    for (const { fact } of principal.grants) if (fact.project !== null) projects.add(fact.project)
  }
  for (const key of draft.keys.values()) {
    put(source, key.fact)
    if (key.fact.project !== null) projects.add(key.fact.project)
  }
  for (const key of current.keys) {
    if (draft.keys.has(key.fact.externalId) || !stays(key.source)) continue
    put(key.source, key.fact)
    if (key.fact.project !== null) projects.add(key.fact.project)
  }
  const known = new Map(current.projects.map((p) => [p.fact.externalId, p]))
  for (const id of projects) {
    const project = known.get(id)
    const fact = project?.fact ?? draft.newProjectsById.get(id)
    if (fact) put(project?.source ?? source, fact)
  }
  return [...facts].map(([of, list]) => ({ source: of, facts: list }))
}

/** Other sources whose facts the file contradicts and which must be written again. */
function changedSources(draft: Draft): SourceName[] {
  const changed = new Set<SourceName>()
  for (const [id, next] of draft.principals) {
    const before = draft.index.principals.get(id)
    if (!before) continue
    if (!sameFlat(before.fact, next.fact)) changed.add(before.source)
    const byPlace = new Map(next.grants.map((grant) => [JSON.stringify([grant.project, grant.roleRaw]), grant]))
    for (const { fact, source } of before.grants) {
      const after = byPlace.get(JSON.stringify([fact.project, fact.roleRaw]))
      if (!after || !sameFlat(fact, after)) changed.add(source)
    }
  }
  return [...changed].filter(isFileSource)
}
