import { isMadeId, toKnownId } from '../domain/text/made-id.ts'
import { describePurpose, findKeyHolder } from '../domain/providers/key-holder.ts'
import { hasEnded, isExpired } from '../domain/ended.ts'
import { isProduction } from '../domain/naming.ts'
import { platformName, providerName } from '../domain/providers/providers.ts'
import { compareLevels, isPrivileged, levelRank, roleLabel, strongerLevel } from '../domain/role.ts'
import { compareText, orderBy, sortedBy } from '../domain/text/collation.ts'
import { formatRolePath, splitRolePath } from '../domain/access/role-path.ts'
import { joinProjects, type ListedProject } from '../domain/text/project-cell.ts'
import {
  dayCell,
  emptyCell,
  personCell,
  readRoleCell,
  reviewCell,
  roleCell,
  textCell,
} from '../domain/text/register-cells.ts'
import { type PopulationLine, populationLines, type SnapshotLine, snapshotLine } from './register-population.ts'
import { type RosterLine, rosterLines } from './register-roster.ts'
import type {
  HeldProject,
  HeldRole,
  KeyReading,
  OrganizationReading,
  PrincipalReading,
  ProjectReading,
} from './register-reading.ts'
import { said, saidOrNull } from '../domain/text/said.ts'
import { hasVisible } from '../domain/text/visible-text.ts'
import { getLevel } from '../domain/providers/roles.ts'

/**
 * The access register as people read it. Every field is the text of a cell before escaping (see `register-cells`), free
 * of secrets and control characters. The order of rows depends on the cells alone, so that a register which was
 * imported is written in the same order again.
 */
export interface RegisterDocument {
  readonly title: string
  readonly scope: RegisterScope
  readonly generatedAt: number
  /** The clients whose organizations follow, in order. */
  readonly clients: readonly RegisterClient[]
  /** Where the logs of a client of a team were, in a sentence; null without a team. */
  readonly describeHistory?: ((client: RegisterClient) => string | null) | undefined
  /** Ordered by client, provider and organization id. May be read once only. */
  readonly organizations: Iterable<RegisterOrganization>
}

/** The requested scope: all clients (client null), one client, or one connection of it. */
export interface RegisterScope {
  readonly client: RegisterClient | null
  readonly connection: string | null
}

export interface RegisterClient {
  readonly slug: string
  readonly name: string
}

export interface RegisterOrganization {
  readonly client: RegisterClient
  /** As the vendor writes it: `OpenAI`. */
  readonly provider: string
  readonly organizationId: string | null
  readonly label: string
  /** `OpenAI (org-acme-corp)`. */
  readonly heading: string
  readonly people: readonly PersonLine[]
  readonly accounts: readonly AccountLine[]
  /** The service accounts with what opens them, by name. */
  readonly roster: readonly RosterLine[]
  readonly snapshot: SnapshotLine
  readonly population: readonly PopulationLine[]
}

export interface PersonLine {
  readonly person: string
  readonly role: string
  readonly projects: string
  readonly lastReview: string
}

export interface AccountLine {
  readonly account: string
  readonly purpose: string
  readonly keyId: string
  readonly rotationDue: string
}

export const REGISTER_TITLE = 'AI Platform Access Register'

/** Clients by name, then providers, then organization ids: the order of every register over several organizations. */
export const organizationOrder = orderBy<Pick<OrganizationReading, 'client' | 'provider' | 'organizationId' | 'label'>>(
  (a, b) => compareText(a.client.name, b.client.name),
  (a, b) => compareText(a.client.slug, b.client.slug),
  (a, b) => compareText(providerName(a.provider), providerName(b.provider)),
  (a, b) => compareText(a.organizationId ?? '', b.organizationId ?? ''),
  (a, b) => compareText(a.label, b.label),
)

export function registerOrganization(reading: OrganizationReading): RegisterOrganization {
  const provider = platformName(reading.provider, reading.platform)
  return {
    client: reading.client,
    provider,
    organizationId: reading.organizationId,
    label: reading.label,
    heading: reading.organizationId === null ? said(provider) : said(`${provider} (${reading.organizationId})`),
    people: peopleLines(reading),
    accounts: accountLines(reading),
    roster: rosterLines(reading),
    snapshot: snapshotLine(reading),
    population: populationLines(reading),
  }
}

/** Strongest role first, then by name: readers see those who can do most first. */
function inPeopleOrder(lines: readonly PersonLine[], provider: string): PersonLine[] {
  const ranks = new Map<string, number>()
  const computeRank = (role: string): number => {
    const rank =
      ranks.get(role) ??
      levelRank(
        getLevel(
          provider,
          'organization',
          splitRolePath(readRoleCell(role).role).role.toLowerCase().replaceAll(' ', '_'),
        ),
      )
    ranks.set(role, rank)
    return rank
  }
  return sortedBy(lines, {
    rank: (line) => computeRank(line.role),
    text: (line) => line.person,
    among: orderBy(
      (x, y) => compareText(x.role, y.role),
      (x, y) => compareText(x.projects, y.projects),
      (x, y) => compareText(x.lastReview, y.lastReview),
    ),
  })
}

/** Users and pending invites. An invite to a person who is a member already, and an expired one, give no access. */
function peopleLines(reading: OrganizationReading): PersonLine[] {
  const users = new Set(
    reading.principals.filter((p) => p.kind === 'user' && p.email !== null).map((p) => p.email?.toLowerCase()),
  )
  const people = reading.principals.filter(
    (p) =>
      p.kind === 'user' || (p.kind === 'invite' && !isExpired(p.status) && !users.has((p.email ?? '').toLowerCase())),
  )
  const cells = distinctCells(people, getPerson)
  const getProjects = projectCells(people)
  const lines = people.map((person, at) => ({
    person: cells[at] ?? emptyCell,
    role: getRole(person),
    projects: getProjects(person),
    lastReview: reviewCell(person.lastReviewedOn, person.isReviewOverdue),
  }))
  return inPeopleOrder(lines, reading.provider)
}

function getPerson(person: PrincipalReading, mark: string | null): string {
  const name = said(person.name ?? '')
  const email = saidOrNull(person.email)
  const shown = hasVisible(name) ? name : email === null || email === '' ? getId(person.externalId) : ''
  return personCell(mark === null ? shown : `${shown} (${said(mark)})`.trim(), email)
}

/** An id for a file; empty for one that was made by Castellan. */
function getId(externalId: string): string {
  return isMadeId(externalId) ? '' : said(externalId)
}

/** Two rows with the same cell could not be distinguished: they get their ids, if a provider gave them one. */
function distinctCells<T extends { readonly externalId: string }>(
  rows: readonly T[],
  toCell: (row: T, mark: string | null) => string,
): string[] {
  const cells = rows.map((row) => toCell(row, null))
  const counts = new Map<string, number>()
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  return cells.map((cell, at) => {
    const row = rows[at]
    const isShared = (counts.get(cell) ?? 0) > 1
    return row !== undefined && isShared && !isMadeId(row.externalId) ? toCell(row, row.externalId) : cell
  })
}

/**
 * The person's own role, or a stronger one on the organization that reaches them another way, with its path: readers
 * see the strongest first, however it was given.
 */
function getRole(person: PrincipalReading): string {
  const role = strongestRole(person)
  if (role === null) return emptyCell
  const label = person.isFromFile ? role.roleRaw : roleLabel(role.roleRaw)
  const words = said(formatRolePath({ role: label, group: role.group, carriedBy: null }))
  return roleCell(words, person.kind === 'invite')
}

/**
 * A file contains one role of each person, with its path if it has one. A custom role of their own is shown, unless they are an
 * owner or admin by a group: it does not allow more.
 */
function strongestRole({ isFromFile, roleRaw, level, organizationRole }: PrincipalReading): HeldRole | null {
  const own = roleRaw === null || roleRaw.trim() === '' ? null : { roleRaw, level: level ?? 'other', group: null }
  if (isFromFile || organizationRole === null) return own
  if (own === null) return organizationRole
  return (compareLevels(organizationRole.level, own.level) ?? -Number(isPrivileged(organizationRole.level))) < 0
    ? organizationRole
    : own
}

/**
 * Active projects reached by a direct or a group role, with that role if it is not the person's own; `All` if an
 * organization role reaches them all, with the projects on which another role is stronger. People share projects and
 * lists of them, so projects are sorted once and each list is written once.
 */
function projectCells(people: readonly PrincipalReading[]): (person: PrincipalReading) => string {
  const seen = new Set<ProjectReading>()
  for (const person of people) for (const { project } of person.projects) seen.add(project)
  const ordered = [...seen].map((project) => ({ project, name: projectName(project) }))
  ordered.sort((a, b) => compareText(a.name, b.name))
  const ranks = new Map(ordered.map(({ project }, rank) => [project, rank]))
  const computeRank = ({ project }: HeldProject): number => ranks.get(project) ?? 0
  const cells = new Map<string, string>()
  return (person) => {
    const own: HeldProject[] = []
    for (const held of person.projects) if (isShown(held, person)) own.push(held)
    if (own.length === 0) return joinProjects({ all: person.reachesAll !== null, projects: [] })
    // A list that a person wrote keeps its order.
    if (!person.isFromFile && own.length > 1) own.sort((a, b) => computeRank(a) - computeRank(b))
    const roles = own.map((held) => projectRole(held, person))
    const list = JSON.stringify([person.reachesAll !== null, own.map(computeRank), roles])
    const known = cells.get(list)
    if (known !== undefined) return known
    const named = own.map((held, at) => ({
      held,
      name: ordered[computeRank(held)]?.name ?? '',
      role: roles[at] ?? null,
    }))
    const cell = joinProjects({ all: person.reachesAll !== null, projects: strongestByName(named) })
    cells.set(list, cell)
    return cell
  }
}

function isShown({ project, role }: HeldProject, { isFromFile, reachesAll }: PrincipalReading): boolean {
  // A custom role may allow more than what reaches every project, but not more than an owner or admin there.
  const reachesFurther =
    isFromFile ||
    reachesAll === null ||
    (compareLevels(role.level, reachesAll) ?? Number(isPrivileged(reachesAll)) - 1) < 0
  return project.status !== 'archived' && reachesFurther
}

/** Null if a row contains it already: the role is held directly, is the person's own, and nothing reaches further. */
function projectRole({ role }: HeldProject, person: PrincipalReading): string | null {
  const { isFromFile, reachesAll } = person
  const own = person.roleRaw === null || person.roleRaw.trim() === '' ? emptyCell : person.roleRaw
  const isOwn = isFromFile ? role.roleRaw === own : role.roleRaw.toLowerCase() === own.toLowerCase()
  const isOfRow = isOwn && role.group === null && (strongestRole(person)?.group ?? null) === null
  if (isOfRow && reachesAll === null) return null
  if (isFromFile) return said(role.roleRaw)
  return said(formatRolePath({ role: lowerLabel(role.roleRaw), group: role.group, carriedBy: null }))
}

/** A provider's word inside a line: `workspace developer`. A word that a person chose stays. */
function lowerLabel(raw: string): string {
  return /[A-Z\s]/u.test(raw) ? raw : raw.replaceAll('_', ' ')
}

/** Two projects of one name cannot be distinguished in a list: the stronger role is shown. */
function strongestByName(named: readonly (ListedProject & { readonly held: HeldProject })[]): readonly ListedProject[] {
  const byName = new Map<string, (typeof named)[number]>()
  for (const one of named) {
    const other = byName.get(one.name)
    const { level } = one.held.role
    if (!other || strongerLevel(other.held.role.level, level) !== other.held.role.level) byName.set(one.name, one)
  }
  return [...byName.values()]
}

function projectName(project: ProjectReading): string {
  const name = said(project.name)
  return hasVisible(name) ? name : getId(project.externalId)
}

/** Production first, judged by the displayed account name, then by account. */
function inAccountOrder(lines: readonly AccountLine[]): AccountLine[] {
  return sortedBy(lines, {
    rank: (line) => (isForProduction(line.account) ? 0 : 1),
    text: (line) => line.account,
    among: orderBy(
      (x, y) => compareText(x.keyId, y.keyId),
      (x, y) => compareText(x.purpose, y.purpose),
      (x, y) => compareText(x.rotationDue, y.rotationDue),
    ),
  })
}

function isForProduction(account: string): boolean {
  return isProduction(/^[\p{L}\p{N}]+/u.exec(account)?.[0] ?? null)
}

/** One row for each key, and one for each service account without a key. */
function accountLines(reading: OrganizationReading): AccountLine[] {
  // Keys that are no longer valid are history, not access.
  const open = reading.keys.filter((key) => !hasEnded(key.status))
  const owning = new Set(open.map((key) => key.ownerExternalId))
  const owners = new Map<string, PrincipalReading>()
  const bare: PrincipalReading[] = []
  for (const principal of reading.principals) {
    if (owning.has(principal.externalId)) owners.set(principal.externalId, principal)
    else if (principal.kind === 'service-account') bare.push(principal)
  }
  const lines = open.map((key) => keyLine(reading.provider, key, owners.get(key.ownerExternalId ?? '')))
  const taken = new Set(lines.map((line) => line.account))
  const cells = distinctCells(bare, toAccount).map((cell, at) => {
    const account = bare[at]
    return account !== undefined && taken.has(cell) && !isMadeId(account.externalId)
      ? toAccount(account, account.externalId)
      : cell
  })
  for (const account of cells) lines.push({ account, purpose: emptyCell, keyId: emptyCell, rotationDue: emptyCell })
  return inAccountOrder(lines)
}

function toAccount(account: PrincipalReading, mark: string | null): string {
  const name = said(account.name ?? '')
  const shown = hasVisible(name) ? name : getId(account.externalId)
  return textCell(mark === null ? shown : `${shown} (${said(mark)})`)
}

function keyLine(provider: string, key: KeyReading, owner: PrincipalReading | undefined): AccountLine {
  const name = saidOrNull(owner?.name ?? key.ownerName)
  const email = saidOrNull(owner?.email ?? key.ownerEmail)
  const accountName = (name ?? email ?? '').trim()
  const holder = findKeyHolder({ provider, ...key })
  const isOfAccount = holder === 'service-account' && hasVisible(accountName)
  const keyName = said(key.name)
  return {
    account: textCell(isOfAccount ? accountName : hasVisible(keyName) ? keyName : getId(key.externalId)),
    purpose: textCell(
      describePurpose({
        purpose: said(key.purpose ?? ''),
        holder,
        tool: said(key.tool ?? ''),
        vendor: said(providerName(key.vendor ?? '')),
        owner: {
          state: key.ownerState,
          name: name ?? email ?? toKnownId(key.ownerExternalId),
          email,
          present: key.isOwnerRemoved ? false : null,
        },
      }),
    ),
    keyId: textCell(getId(key.externalId)),
    rotationDue: dayCell(key.dueOn),
  }
}
