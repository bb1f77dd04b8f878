import { joinProjects } from '../text/project-cell.ts'
import { emptyCell, personCell, readRoleCell } from '../text/register-cells.ts'
import { splitRolePath } from '../access/role-path.ts'
import { emailKey } from '../email.ts'
import type { GrantFact, PrincipalFact } from '../facts.ts'
import type { Level, RoleScope } from '../role.ts'
import { difference, joinDifferences, refused, setDifference, shown, type PlannedRow, sameFlat } from './differences.ts'
import { markedPrincipal, newId, projectName, getProject, shownName, type Draft, type DraftPrincipal } from './draft.ts'
import type { PersonRow } from './rows.ts'
import type { CurrentPrincipal } from './current.ts'
import { getLevel } from '../providers/roles.ts'

/** Adds one row of people to the draft and returns what it would do. */
export function planPerson(draft: Draft, row: PersonRow): PlannedRow {
  const subject = shown(personCell(row.name, row.email))
  const current = currentPerson(draft, row)
  if (draft.current.live && !current) {
    return refused(
      row.line,
      subject,
      'The provider does not list this person. Access of this connection is read from the provider; correct the name or e-mail, or sync again.',
    )
  }
  const next = nextPerson(draft, row, current)
  const earlier = draft.principals.get(next.fact.externalId)
  if (earlier) return repeated(row.line, subject, earlier, next)
  draft.principals.set(next.fact.externalId, next)
  if (!current) {
    addWords(draft, next.fact)
    return { line: row.line, action: 'add', subject, detail: described(draft, next) }
  }
  const detail = changes(draft, current, next)
  return { line: row.line, action: detail === '' ? 'same' : 'change', subject, detail }
}

function addWords({ peopleByWord }: Draft, fact: PrincipalFact): void {
  for (const word of new Set([shownName(fact.name), emailKey(fact.email) ?? ''])) {
    if (word !== '') peopleByWord.set(word, [...(peopleByWord.get(word) ?? []), fact])
  }
}

/**
 * The current person that a row describes: one that a register would write in the same words, else by e-mail, else by
 * the exact name if only one person has it. Rows of one name without an e-mail are different people, and so are rows of
 * one e-mail with different names (a shared mailbox); each uses the next unused person.
 */
function currentPerson(draft: Draft, row: PersonRow): CurrentPrincipal | undefined {
  const { peopleByCell, peopleByEmail, peopleByName } = draft.index
  const isFree = (p: CurrentPrincipal): boolean => !draft.principals.has(p.fact.externalId)
  const written = peopleByCell.get(personCell(row.name, row.email)) ?? []
  const free = written.filter(isFree).slice(0, MAX_ALIKE)
  const alike = free.length > 1 ? (free.find((p) => says(draft, row, p)) ?? free[0]) : free[0]
  if (alike) return alike
  const email = emailKey(row.email)
  if (email !== null) {
    const addressed = peopleByEmail.get(email) ?? []
    const named = addressed.find((p) => row.name === null || shownName(p.fact.name) === shownName(row.name))
    const known = named ?? addressed.find(isFree)
    if (known) return known
  }
  if (row.name === null) return undefined
  const named = peopleByName.get(shownName(row.name)) ?? markedPrincipal(draft, row.name, 'person')
  const candidates = email === null ? named : named.filter((p) => emailKey(p.fact.email) === null)
  return candidates.length === 1 ? candidates.find(isFree) : undefined
}

/** Up to this many people of one name are searched for one that the row does not change. */
const MAX_ALIKE = 50

function says(draft: Draft, row: PersonRow, current: CurrentPrincipal): boolean {
  return changes(draft, current, nextPerson(draft, row, current)) === ''
}

function nextPerson(draft: Draft, row: PersonRow, current: CurrentPrincipal | undefined): DraftPrincipal {
  const review = {
    lastReviewedOn: row.lastReview === undefined ? (current?.lastReviewedOn ?? null) : row.lastReview,
    isReviewOverdue: row.isReviewOverdue,
  }
  // The provider's report about access remains; the file adds the date of the review.
  if (draft.current.live && current) {
    return { line: row.line, fact: current.fact, grants: current.grants.map((g) => g.fact), ...review }
  }
  const email = row.email ?? current?.fact.email ?? null
  const role = findRole(draft, row)
  const before = current?.fact
  // Only registers show whether a person is invited or a member; other files leave it as it is.
  const kind = role.invited ? 'invite' : draft.source === 'register-file' ? 'user' : (before?.kind ?? 'user')
  const pending = kind === 'invite' ? 'pending' : 'active'
  const fact: PrincipalFact = {
    type: 'principal',
    externalId: before?.externalId ?? newPersonId(draft, row),
    kind,
    name:
      row.name === null || (before && shownName(before.name) === shownName(row.name))
        ? (before?.name ?? null)
        : row.name,
    email,
    roleRaw: role.word,
    level: role.word === null ? null : levelOfWord(draft, 'organization', role.word),
    status: before?.kind === kind ? before.status : pending,
    addedAt: before?.addedAt ?? null,
    expiresAt: before?.expiresAt ?? null,
    lastUsedAt: before?.lastUsedAt ?? null,
  }
  return { line: row.line, fact, grants: toGrants(draft, row.projects, fact, current), ...review }
}

function newPersonId(draft: Draft, row: PersonRow): string {
  const email = emailKey(row.email)
  if (email === null) return newId(draft, 'person', row.name ?? '')
  const who = JSON.stringify([email, row.name])
  const id = draft.newPeople.get(who) ?? newId(draft, 'person', email)
  draft.newPeople.set(who, id)
  return id
}

/** A role as its writer meant it: exports write `Reader (invited)` for a pending invite. */
function findRole(draft: Draft, row: PersonRow): { readonly word: string | null; readonly invited: boolean } {
  if (row.role === null || draft.source !== 'register-file') return { word: row.role, invited: false }
  const { role, isInvited } = readRoleCell(row.role)
  return { word: role, invited: isInvited }
}

/**
 * Levels use the provider's words (`workspace_developer`); files contain them as people write them, with their path.
 */
function levelOfWord(draft: Draft, scope: RoleScope, word: string): Level {
  return getLevel(draft.provider, scope, splitRolePath(word).role.trim().toLowerCase().replaceAll(' ', '_'))
}

function toGrants(
  draft: Draft,
  listed: PersonRow['projects'],
  fact: PrincipalFact,
  current: CurrentPrincipal | undefined,
): readonly GrantFact[] {
  const before = current?.grants.map((g) => g.fact) ?? []
  const own = fact.roleRaw ?? emptyCell
  const grant = (project: string | null, implied: boolean, role = own): GrantFact => ({
    type: 'grant',
    principal: fact.externalId,
    project,
    roleRaw: role,
    level: levelOfWord(draft, project === null ? 'organization' : 'project', role),
    impliedRoleRaw: implied ? role : null,
    impliedLevel: implied ? levelOfWord(draft, 'project', role) : null,
    grantedAt: before.find((g) => g.project === project && g.roleRaw === role)?.grantedAt ?? null,
  })
  if (listed === undefined) {
    const reachedAll = before.some((g) => g.project === null && g.impliedRoleRaw !== null)
    // A fact with the previous role of the row gets the new one.
    const ownBefore = current?.fact.roleRaw ?? emptyCell
    const kept = before
      .filter((g) => g.project !== null)
      .map((g) => (g.roleRaw === ownBefore ? grant(g.project, false) : g))
    return fact.roleRaw === null && !reachedAll ? kept : [grant(null, reachedAll), ...kept]
  }
  const held = new Map(
    listed.projects.map(({ name, role }) => {
      const { externalId } = getProject(draft, name)
      return [JSON.stringify([externalId, role]), grant(externalId, false, role ?? own)]
    }),
  )
  const onProjects = [...held.values()]
  return fact.roleRaw === null && !listed.all ? onProjects : [grant(null, listed.all), ...onProjects]
}

function repeated(line: number, subject: string, earlier: DraftPrincipal, next: DraftPrincipal): PlannedRow {
  const same = (p: DraftPrincipal): string => JSON.stringify([p.fact, p.grants.map(grantText).sort(), p.lastReviewedOn])
  return same(earlier) === same(next)
    ? { line, action: 'same', subject, detail: `Same content as line ${earlier.line}.` }
    : refused(line, subject, `Line ${earlier.line} describes the same person differently. Keep one of them.`)
}

function changes(draft: Draft, current: CurrentPrincipal, next: DraftPrincipal): string {
  const before = current.grants.map((g) => g.fact)
  const parts = [
    difference('name', current.fact.name, next.fact.name),
    difference('e-mail', current.fact.email, next.fact.email),
    difference('role', current.fact.roleRaw, next.fact.roleRaw),
    setDifference('projects', projectsText(draft, before), projectsText(draft, next.grants)),
    difference('last review', current.lastReviewedOn, next.lastReviewedOn),
  ]
  const reported = joinDifferences(parts)
  if (reported !== '') return reported
  const sameGrants = setDifference('', before.map(grantText), next.grants.map(grantText)) === null
  if (!sameGrants) return 'roles in projects'
  return sameFlat(current.fact, next.fact) ? '' : 'details'
}

function described(draft: Draft, next: DraftPrincipal): string {
  const all = next.grants.some((g) => g.project === null && g.impliedRoleRaw !== null)
  const projects = next.grants.flatMap(({ project, roleRaw }) =>
    project === null
      ? []
      : [{ name: projectName(draft, project), role: roleRaw === (next.fact.roleRaw ?? emptyCell) ? null : roleRaw }],
  )
  return joinDifferences([
    `role ${shown(next.fact.roleRaw)}`,
    `projects ${shown(joinProjects({ all, projects }))}`,
    next.lastReviewedOn === null ? null : `last review ${next.lastReviewedOn}`,
  ])
}

function projectsText(draft: Draft, grants: readonly GrantFact[]): string[] {
  return grants.flatMap((g) => {
    if (g.project !== null) return [projectName(draft, g.project)]
    return g.impliedRoleRaw === null ? [] : ['all']
  })
}

function grantText(grant: GrantFact): string {
  return JSON.stringify([grant.project, grant.roleRaw, grant.level, grant.impliedRoleRaw, grant.impliedLevel])
}
