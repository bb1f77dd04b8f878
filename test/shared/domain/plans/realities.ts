import * as fc from 'fast-check'

import type {
  PlanBindings,
  RealKey,
  RealLimit,
  RealOrganization,
  RealPerson,
  RealProject,
} from '../../../../shared/domain/plans/drift-reality.ts'
import { getLevel, roleWords } from '../../../../shared/domain/providers/roles.ts'

export const NO_BINDINGS: PlanBindings = { organizations: new Map(), renames: [] }

/** A key of a project as a register has it. */
export function realKey(id: number, name: string, more: Partial<RealKey> = {}): RealKey {
  return { id, name, logicalName: name, account: null, environment: null, purpose: null, ...more }
}

export function realProject(id: number, name: string, more: Partial<RealProject> = {}): RealProject {
  return { id, name, formerNames: [], isDefault: false, limits: [], accounts: [], keys: [], ...more }
}

export function realPerson(id: number, email: string, roleRaw: string, more: Partial<RealPerson> = {}): RealPerson {
  const level = getLevel('openai', 'organization', roleRaw)
  return { id, isInvite: false, name: email, addresses: [email], roleRaw, level, projects: [], ...more }
}

export function realOrganization(more: Partial<RealOrganization> = {}): RealOrganization {
  return {
    connectionId: 1,
    provider: 'openai',
    label: 'Acme',
    names: ['Acme'],
    isRead: true,
    unread: [],
    limits: [],
    projects: [],
    people: [],
    ...more,
  }
}

const amount = fc.integer({ min: 1, max: 100_000 }).map((cents) => cents * 10_000)
const limits: fc.Arbitrary<RealLimit[]> = fc
  .tuple(fc.option(amount), fc.uniqueArray(amount, { maxLength: 3 }))
  .map(([hard, alerts]) => [
    ...(hard === null ? [] : [{ enforcement: 'hard', amount: hard } as const]),
    ...alerts.map((each) => ({ enforcement: 'alert', amount: each }) as const),
  ])

/** Names that differ ignoring case, hostile ones among them. */
const name = fc
  .oneof(fc.stringMatching(/^[a-z]{1,6}(-[a-z]{1,5}){0,2}$/u), fc.string({ minLength: 1, maxLength: 12 }))
  .filter((text) => text.trim() !== '')
const getKey = (text: string): string => text.trim().normalize('NFC').toLowerCase()
const names = (maxLength: number): fc.Arbitrary<string[]> => fc.uniqueArray(name, { maxLength, selector: getKey })

const EMAILS = ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example'] as const

function organization(index: number): fc.Arbitrary<RealOrganization> {
  const base = index * 1000
  return fc.constantFrom('openai' as const, 'anthropic' as const).chain((provider) => {
    const role = (scope: 'organization' | 'project'): fc.Arbitrary<string> =>
      fc.constantFrom(...roleWords(provider, scope).filter((word) => getLevel(provider, scope, word) !== 'other'))
    const projects = names(4).chain((all) =>
      fc.tuple(
        ...all.map((one, at) =>
          fc
            .record({
              limits,
              isDefault: fc.boolean(),
              keys: names(4),
              environment: fc.option(fc.constantFrom('prod', 'dev')),
              purpose: fc.option(fc.constantFrom('api', 'web')),
              held: fc.boolean(),
            })
            .map(({ limits: own, isDefault, keys, held, environment, purpose }) => {
              const id = base + at + 1
              return realProject(id, one, {
                limits: own,
                isDefault: isDefault && at === 0,
                accounts: held ? keys.map((key, n) => ({ id: id * 100 + n, name: key })) : [],
                keys: keys.map((key, n) =>
                  realKey(id * 100 + n, key, { account: held ? id * 100 + n : null, environment, purpose }),
                ),
              })
            }),
        ),
      ),
    )
    const people = (own: readonly RealProject[]): fc.Arbitrary<RealPerson[]> =>
      fc.subarray([...EMAILS]).chain((emails) =>
        fc.tuple(
          ...emails.map((email, at) =>
            fc
              .record({
                raw: fc.option(role('organization')),
                isInvite: fc.boolean(),
                projects: fc
                  .subarray(own.filter(({ isDefault }) => !isDefault))
                  .chain((some) =>
                    fc.tuple(...some.map(({ id }) => fc.record({ id: fc.constant(id), raw: role('project') }))),
                  ),
              })
              .map(({ raw, isInvite, projects: held }): RealPerson => {
                const level = raw === null ? null : getLevel(provider, 'organization', raw)
                return {
                  id: base + 500 + at,
                  isInvite,
                  name: email,
                  addresses: [email],
                  roleRaw: raw,
                  level,
                  projects: held.map((one) => ({
                    projectId: one.id,
                    roleRaw: one.raw,
                    level: getLevel(provider, 'project', one.raw),
                    direct: true,
                  })),
                }
              }),
          ),
        ),
      )
    return fc.tuple(projects, limits).chain(([own, ownLimits]) =>
      people(own).map((everyone): RealOrganization => ({
        connectionId: index + 1,
        provider,
        label: `Organization ${index}`,
        names: [`Organization ${index}`],
        isRead: true,
        unread: [],
        limits: ownLimits,
        projects: own,
        people: everyone,
      })),
    )
  })
}

/** Up to three organizations of one client, with people who are in several of them. */
export const realities: fc.Arbitrary<RealOrganization[]> = fc
  .integer({ min: 1, max: 3 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => organization(index))))
