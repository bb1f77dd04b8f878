import { rmSync } from 'node:fs'
import { join } from 'node:path'

import { applyReading } from '../../electron/register/apply/apply.ts'
import type { NewReading } from '../../electron/register/apply/reading.ts'
import { type Register } from '../../electron/register/register.ts'
import { openRegister } from '../../electron/register/open.ts'
import type { Fact } from '../../shared/domain/facts.ts'
import type { SourceName } from '../../shared/domain/source.ts'
import { insertClient, insertConnection } from '../fixtures/decided-rows.ts'

export interface BigRegister {
  readonly organizations: number
  /** In all, spread over the organizations. */
  readonly people: number
  readonly keys: number
  readonly grants: number
  readonly projects: number
}

const DAY = 86_400_000

/** Deterministic numbers in [0, 1): the same register at every run. */
export function drawer(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const ENVIRONMENTS = ['prod', 'staging', 'dev', 'ci'] as const
const TEAMS = ['web', 'search', 'data', 'billing', 'support', 'mobile'] as const

/** Days since a key was made. Nine in ten are of this quarter; the rest was forgotten for up to a year. */
function computeAge(draw: () => number): number {
  return draw() < 0.9 ? Math.floor(draw() * 90) : 90 + Math.floor(draw() * 310)
}

/** The data of one organization of a big agency, as a provider would report it. */
export function bigReading(connectionId: number, size: BigRegister, organization: number, now: number): NewReading {
  const draw = drawer(organization + 1)
  const per = (total: number): number => Math.max(1, Math.floor(total / size.organizations))
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T
  const projects = Array.from({ length: per(size.projects) }, (_, n) => `proj_${organization}_${n}`)
  const users = Array.from({ length: per(size.people) }, (_, n) => `user-${organization}-${n}`)
  const facts: { source: SourceName; project: string | null; facts: Fact[] }[] = [
    {
      source: 'organization',
      project: null,
      facts: [{ type: 'organization', externalId: `org_${connectionId}`, name: null }],
    },
    {
      source: 'projects',
      project: null,
      facts: projects.map((externalId, n) => ({
        type: 'project',
        externalId,
        name: `${pick(TEAMS)} ${n}`,
        status: 'active',
        isDefault: n === 0,
        createdAt: now - Math.floor(draw() * 900) * DAY,
        archivedAt: null,
        residency: null,
      })),
    },
    {
      source: 'users',
      project: null,
      facts: users.flatMap((externalId, n): Fact[] => [
        {
          type: 'principal',
          externalId,
          kind: 'user',
          name: `Person ${organization}-${n}`,
          email: `person.${n}@org${organization}.example`,
          roleRaw: 'reader',
          level: 'reader',
          status: 'active',
          addedAt: now - Math.floor(draw() * 900) * DAY,
          expiresAt: null,
          lastUsedAt: now - Math.floor(draw() * 200) * DAY,
        },
        {
          type: 'grant',
          principal: externalId,
          project: null,
          roleRaw: 'reader',
          level: 'reader',
          impliedRoleRaw: null,
          impliedLevel: null,
          grantedAt: null,
        },
      ]),
    },
  ]
  const grants = Math.max(0, per(size.grants) - users.length)
  for (const [n, project] of projects.entries()) {
    const count = Math.floor(grants / projects.length) + (n < grants % projects.length ? 1 : 0)
    facts.push({
      source: 'project-users',
      project,
      facts: Array.from({ length: Math.min(count, users.length) }, (_, m) => ({
        type: 'grant',
        principal: users[(n * 7 + m) % users.length] as string,
        project,
        roleRaw: 'member',
        level: 'member',
        impliedRoleRaw: null,
        impliedLevel: null,
        grantedAt: null,
      })),
    })
    const keys = Math.floor(per(size.keys) / projects.length) + (n < per(size.keys) % projects.length ? 1 : 0)
    facts.push({
      source: 'project-keys',
      project,
      facts: Array.from({ length: keys }, (_, m): Fact => {
        const owner = pick(users)
        return {
          type: 'key',
          externalId: `key_${organization}_${n}_${m}`,
          kind: 'project',
          name: `${pick(ENVIRONMENTS)}-${pick(TEAMS)}-worker-${m}`,
          hint: 'sk-proj-...x9Qa',
          status: 'active',
          project,
          ownerState: 'known',
          owner: { externalId: owner, kind: 'user', name: owner, email: null },
          ownerAccess: 'active',
          createdAt: now - computeAge(draw) * DAY,
          lastUse: draw() < 0.1 ? { state: 'never' } : { state: 'known', at: now - Math.floor(draw() * 120) * DAY },
          expiresAt: null,
        }
      }),
    })
  }
  return {
    connectionId,
    origin: 'api',
    startedAt: now,
    finishedAt: now,
    operator: 'bench',
    facts,
    outcomes: facts.map((f) => ({
      source: f.source,
      project: f.project,
      state: 'complete',
      expected: null,
      fetched: f.facts.length,
      excluded: [],
      reason: null,
    })),
  }
}

/** Makes a register of that size in a folder, replacing what was there. */
export function makeBigRegister(folder: string, key: Uint8Array, size: BigRegister, now: number): Register {
  rmSync(folder, { recursive: true, force: true })
  const register = openRegister({ path: join(folder, 'register.db'), key, now: () => now })
  for (let n = 0; n < size.organizations; n += 1) {
    const slug = `client-${n}`
    const connectionId = register.transact((writer) => {
      insertClient(writer, {
        slug,
        name: `Client ${n}`,
        kind: 'client',
        colour: '#117733',
        domains: [`org${n}.example`],
        notes: '',
        at: now,
      })
      const clientId = writer.value<number>('SELECT id FROM client WHERE slug = ?', [slug]) ?? 0
      return insertConnection(writer, {
        clientId,
        provider: 'openai',
        label: `Organization ${n}`,
        baseUrl: null,
        access: 'read-only',
        at: now,
      })
    })
    register.transact((writer) => applyReading(writer, bigReading(connectionId, size, n, now)))
  }
  return register
}

/** Reads the first organization once more, with one more person in it. */
export function grantSomeone(register: Register, size: BigRegister, name: string): void {
  const first = register.reader.get<{ readonly connection: number; readonly at: number }>(
    'SELECT connection_id AS connection, finished_at AS at FROM sync ORDER BY id LIMIT 1',
  )
  if (first === undefined) throw new Error('The register is empty.')
  const reading = bigReading(first.connection, size, 0, first.at)
  const facts = reading.facts.map((reported) =>
    reported.source === 'users'
      ? { ...reported, facts: [...reported.facts, ...personWithRole(name, first.at)] }
      : reported,
  )
  register.transact((writer) =>
    applyReading(writer, { ...reading, facts, startedAt: Date.now(), finishedAt: Date.now() }),
  )
}

function personWithRole(name: string, at: number): readonly Fact[] {
  return [
    {
      type: 'principal',
      externalId: 'user-new',
      kind: 'user',
      name,
      email: 'new@org0.example',
      roleRaw: 'reader',
      level: 'reader',
      status: 'active',
      addedAt: at,
      expiresAt: null,
      lastUsedAt: null,
    },
    {
      type: 'grant',
      principal: 'user-new',
      project: null,
      roleRaw: 'reader',
      level: 'reader',
      impliedRoleRaw: null,
      impliedLevel: null,
      grantedAt: at,
    },
  ]
}
