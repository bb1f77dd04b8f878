import * as fc from 'fast-check'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { journal } from '../../../../electron/register/db/journal.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'
import type { Register } from '../../../../electron/register/register.ts'
import type { Fact, KeyFact, PrincipalFact, ProjectFact } from '../../../../shared/domain/facts.ts'
import type { ProviderId } from '../../../../shared/domain/providers/providers.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'
import { federation } from '../../register/findings/parts.ts'
import { grant, key, outcome, project, user } from '../../register/registers.ts'
import { impliedProjectRole, getLevel } from '../../../../shared/domain/providers/roles.ts'

/** An invented agency: clients with organizations, in words that a hostile provider could send. */
export interface Agency {
  readonly clients: readonly AgencyClient[]
}

export interface AgencyClient {
  readonly slug: string
  readonly name: string
  readonly organizations: readonly AgencyOrganization[]
}

export interface AgencyOrganization {
  readonly provider: Extract<ProviderId, 'openai' | 'anthropic'>
  readonly organizationId: string
  readonly facts: readonly Fact[]
}

/** In every text of one client and of no other: what must not be found in another's export. */
export function getMark(slug: string): string {
  return `zq${slug.replaceAll('-', '')}qz`
}

const ROLES = { openai: ['owner', 'reader'], anthropic: ['admin', 'user', 'billing', 'claude_code_user'] } as const
const PROJECT_ROLES = { openai: ['owner', 'member'], anthropic: ['workspace_admin', 'workspace_user'] } as const

interface Drawn {
  readonly provider: Extract<ProviderId, 'openai' | 'anthropic'>
  readonly projects: readonly { readonly name: string; readonly archived: boolean }[]
  readonly people: readonly {
    readonly name: string
    readonly hasEmail: boolean
    readonly role: number
    readonly kind: 'user' | 'invite'
    readonly projects: readonly number[]
    readonly inGroup: boolean
  }[]
  readonly accounts: readonly { readonly name: string; readonly keys: number; readonly rule: string | null }[]
  readonly keys: readonly { readonly name: string; readonly owner: number | null; readonly admin: boolean }[]
  readonly groupProject: number | null
}

const drawnOrganization: fc.Arbitrary<Drawn> = fc.record({
  provider: fc.constantFrom('openai' as const, 'anthropic' as const),
  projects: fc.array(fc.record({ name: hostileText, archived: fc.boolean() }), { maxLength: 4 }),
  people: fc.array(
    fc.record({
      name: hostileText,
      hasEmail: fc.boolean(),
      role: fc.nat(3),
      kind: fc.constantFrom('user' as const, 'user' as const, 'user' as const, 'invite' as const),
      projects: fc.array(fc.nat(3), { maxLength: 3 }),
      inGroup: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
  accounts: fc.array(
    fc.record({ name: hostileText, keys: fc.nat(2), rule: fc.option(hostileText, { nil: null, freq: 2 }) }),
    { maxLength: 3 },
  ),
  keys: fc.array(fc.record({ name: hostileText, owner: fc.option(fc.nat(5), { nil: null }), admin: fc.boolean() }), {
    maxLength: 4,
  }),
  groupProject: fc.option(fc.nat(3), { nil: null }),
})

/** Up to three clients with up to two organizations each. */
export const agencies: fc.Arbitrary<Agency> = fc
  .array(fc.record({ name: hostileText, organizations: fc.array(drawnOrganization, { minLength: 1, maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((clients) => ({
    clients: clients.map(({ name, organizations }, at) => {
      const slug = `client-${at}`
      return {
        slug,
        name: `${name}${getMark(slug)}`,
        organizations: organizations.map((drawn, n) => ({
          provider: drawn.provider,
          organizationId: `org-${getMark(slug)}-${n}`,
          facts: toFacts(drawn, getMark(slug)),
        })),
      }
    }),
  }))

function toFacts(drawn: Drawn, mark: string): Fact[] {
  const facts: Fact[] = []
  const projects: ProjectFact[] = drawn.projects.map(({ name, archived }, n) =>
    project(`proj_${n}_${mark}`, { name: `${name}${mark}`, status: archived ? 'archived' : 'active' }),
  )
  facts.push(...projects)
  const people: PrincipalFact[] = drawn.people.map((person, n) => {
    const roles = ROLES[drawn.provider]
    const roleRaw = roles[person.role % roles.length] ?? roles[0]
    return user(`user_${n}_${mark}`, {
      kind: person.kind,
      name: `${person.name}${mark}`,
      email: person.hasEmail ? `person.${n}@${mark}.example` : null,
      roleRaw,
      level: getLevel(drawn.provider, 'organization', roleRaw),
      status: person.kind === 'invite' ? 'pending' : 'active',
    })
  })
  facts.push(...people)
  drawn.people.forEach((person, n) => {
    const holder = people[n]
    if (!holder?.roleRaw || person.kind === 'invite') return
    const implied = impliedProjectRole(drawn.provider, holder.roleRaw)
    facts.push(
      grant(holder.externalId, null, {
        roleRaw: holder.roleRaw,
        level: holder.level ?? 'other',
        impliedRoleRaw: implied,
        impliedLevel: implied === null ? null : getLevel(drawn.provider, 'project', implied),
      }),
    )
    for (const index of new Set(person.projects)) {
      const on = projects[index]
      const role = PROJECT_ROLES[drawn.provider][index % 2] ?? 'member'
      if (on)
        facts.push(
          grant(holder.externalId, on.externalId, { roleRaw: role, level: getLevel(drawn.provider, 'project', role) }),
        )
    }
  })
  const group = `group_${mark}`
  facts.push(user(group, { kind: 'group', name: `Group ${mark}`, email: null, roleRaw: null, level: null }))
  drawn.people.forEach((person, n) => {
    const member = people[n]
    if (person.inGroup && person.kind === 'user' && member)
      facts.push({ type: 'membership', group, member: member.externalId })
  })
  const shared = drawn.groupProject === null ? undefined : projects[drawn.groupProject]
  if (shared) facts.push(grant(group, shared.externalId))
  facts.push(...accountFacts(drawn, mark, projects), ...keyFacts(drawn, mark, people))
  return facts
}

function accountFacts(drawn: Drawn, mark: string, projects: readonly ProjectFact[]): Fact[] {
  return drawn.accounts.flatMap((account, n): Fact[] => {
    const externalId = `svc_${n}_${mark}`
    const name = `${account.name}${mark}`
    const owner = { externalId, kind: 'service-account' as const, name, email: null }
    const keys: KeyFact[] = Array.from({ length: account.keys }, (_, k) =>
      key(`key_svc_${n}_${k}_${mark}`, {
        name: `${account.name} ${k} ${mark}`,
        project: projects[0]?.externalId ?? null,
        ownerState: 'known',
        owner,
      }),
    )
    const rule = federation({ externalId: `rule_${n}_${mark}`, account: externalId, subject: `${account.rule}${mark}` })
    return [
      user(externalId, { kind: 'service-account', name, email: null, roleRaw: null, level: null }),
      ...keys,
      ...(account.rule === null ? [] : [rule]),
    ]
  })
}

function keyFacts(drawn: Drawn, mark: string, people: readonly PrincipalFact[]): Fact[] {
  return drawn.keys.map((drawnKey, n) => {
    const owner = drawnKey.owner === null ? undefined : people[drawnKey.owner]
    return key(`key_${n}_${mark}`, {
      name: `${drawnKey.name}${mark}`,
      kind: drawnKey.admin ? 'admin' : 'project',
      hint: `sk-…${mark}`,
      project: null,
      ownerState: owner ? 'known' : 'unknown',
      owner: owner ? { externalId: owner.externalId, kind: 'user', name: owner.name, email: owner.email } : null,
    })
  })
}

/** Writes an agency into a register, each organization by one sync. Returns the ids of the connections by client. */
export function writeAgency(register: Register, agency: Agency): ReadonlyMap<string, readonly number[]> {
  const at = Date.UTC(2026, 10, 1)
  return register.transact((writer) => {
    const ids = new Map<string, number[]>()
    for (const client of agency.clients) {
      const described = { name: client.name, kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
      const of = { at: 0, operator: 'test', client: client.slug, subject: client.slug }
      const adding = { ...of, body: { v: 1 as const, clientUid: createUid(0), ...described } }
      settleDecision(writer, { kind: 'client.added', ...adding })
      journal(writer, { action: 'client.added', ...adding })
      const own: number[] = []
      ids.set(client.slug, own)
      client.organizations.forEach((organization, n) => {
        const label = `${getMark(client.slug)} ${n}`
        const { provider, organizationId } = organization
        const body = {
          v: 1 as const,
          connectionUid: createUid(at),
          provider,
          platform: null,
          organizationId,
          label,
          baseUrl: null,
          access: 'read-only' as const,
        }
        const added = { at, operator: 'test', client: client.slug, subject: label, body }
        const { connection: connectionId = 0 } = settleDecision(writer, { kind: 'connection.added', ...added })
        journal(writer, { action: 'connection.added', ...added, body: { ...body, connection: connectionId } })
        own.push(connectionId)
        applyReading(writer, {
          connectionId,
          origin: 'api',
          startedAt: at,
          finishedAt: at,
          operator: 'test',
          facts: [{ source: 'users', project: null, facts: organization.facts }],
          outcomes: [outcome('users')],
        })
      })
    }
    return ids
  })
}
