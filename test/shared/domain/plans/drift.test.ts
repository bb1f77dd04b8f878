import { describe, expect, it } from 'vitest'

import { listSteps } from '../../../../shared/domain/plans/apply.ts'
import { computeDrift } from '../../../../shared/domain/plans/drift.ts'
import type { PlanBindings, RealOrganization } from '../../../../shared/domain/plans/drift-reality.ts'
import { roleFor } from '../../../../shared/domain/plans/drift-roles.ts'
import { computeMove, withPerson } from '../../../../shared/domain/plans/mover.ts'
import type { Plan, PlannedProject } from '../../../../shared/domain/plans/plan.ts'
import { emptyPlan } from '../../../../shared/domain/plans/standard.ts'
import { NO_BINDINGS, realKey, realOrganization, realPerson, realProject } from './realities.ts'

function project(name: string, more: Partial<PlannedProject> = {}): PlannedProject {
  return { name, organization: 'Acme', team: null, application: null, environments: [], limit: null, keys: [], ...more }
}

const key = (name: string, purpose = '', environment: string | null = null) => ({
  name,
  purpose,
  environment,
  rotationDays: null,
})

function plan(more: Partial<Plan> = {}): Plan {
  return {
    ...emptyPlan('Acme'),
    organizations: [{ name: 'Acme', provider: 'openai', reason: null, limit: null }],
    projects: [project('Web'), project('Data')],
    jobs: [
      { name: 'Web Developer', level: 'member', projects: ['Web'], note: null },
      { name: 'Data Developer', level: 'member', projects: ['Data'], note: null },
      { name: 'Admin', level: 'admin', projects: 'all', note: null },
      { name: 'Finance', level: 'reader', projects: [], note: null },
    ],
    people: [],
    ...more,
  }
}

const reported = (of: Plan, real: RealOrganization, bindings: PlanBindings = NO_BINDINGS): string[] =>
  computeDrift(of, [real], bindings).differences.map(({ kind, part, says }) => `${kind} ${part}: ${says}`)

const BOTH = [realProject(1, 'Web'), realProject(2, 'data')]

describe('projects', () => {
  it('are matched by name, ignoring case; the others are missing or extra', () => {
    expect(reported(plan(), realOrganization({ projects: BOTH }))).toEqual([])
    expect(reported(plan(), realOrganization({ projects: [realProject(1, 'web'), realProject(3, 'Lab')] }))).toEqual([
      'missing project: The project Data is planned but does not exist.',
      'extra project: The project Lab exists but is not planned.',
    ])
  })

  it('that have the same keys under another name are asked about, and nothing is created before a person has decided', () => {
    const of = plan({ projects: [project('Web', { keys: [key('prod-web-api')] })] })
    const real = realOrganization({ projects: [realProject(7, 'Website', { keys: [realKey(1, 'prod-web-api')] })] })
    expect(reported(of, real)).toEqual([
      'renamed project: The project Website looks like Web, which is planned. Confirm whether it is the same.',
    ])
    expect(listSteps(computeDrift(of, [real], NO_BINDINGS))).toEqual([])
    const answered = (same: boolean): PlanBindings => ({
      organizations: new Map(),
      renames: [{ part: 'project', planned: 'web', subjectId: 7, same }],
    })
    expect(reported(of, real, answered(true))).toEqual(['renamed project: The project Web is called Website.'])
    expect(listSteps(computeDrift(of, [real], answered(true)))).toMatchObject([
      { action: 'project-rename', subject: { kind: 'project', id: 7 }, values: { name: 'Web' } },
    ])
    expect(reported(of, real, answered(false)).map((one) => one.split(':')[0])).toEqual([
      'missing project',
      'missing key',
      'extra project',
    ])
  })

  it('have the same keys although a service account without a key exists too', () => {
    const of = plan({ projects: [project('Web', { keys: [key('prod-web-api')] })] })
    const accounts = [{ id: 30, name: 'analytics-svc1' }]
    const keys = [realKey(1, 'prod-web-api')]
    const real = realOrganization({ projects: [realProject(7, 'Website', { keys, accounts })] })
    expect(reported(of, real)).toEqual([
      'renamed project: The project Website looks like Web, which is planned. Confirm whether it is the same.',
    ])
    // A planned key may be an account without a key yet; a key that is not planned makes it another project.
    const waiting = realProject(7, 'Website', { accounts: [{ id: 31, name: 'prod-web-api' }] })
    expect(reported(of, realOrganization({ projects: [waiting] }))).toHaveLength(1)
    const other = realProject(7, 'Website', { keys: [...keys, realKey(2, 'stray')], accounts })
    expect(reported(of, realOrganization({ projects: [other] }))).toHaveLength(3)
  })

  it('that had the planned name before are asked about, whatever they contain now and whatever else looks alike', () => {
    const of = plan({ projects: [project('Web', { keys: [key('prod-web-api')] })] })
    const was = realProject(7, 'Website', { formerNames: ['Site', 'WEB'] })
    const alike = realProject(8, 'Copy', { keys: [realKey(1, 'prod-web-api')] })
    expect(reported(of, realOrganization({ projects: [alike, was] }))).toEqual([
      'renamed project: The project Website was called Web, which is planned. Confirm whether it is the same.',
      'extra project: The project Copy exists but is not planned.',
    ])
    // A project with that name now is the one, whatever another was called.
    const now = realProject(9, 'Web', { keys: [realKey(2, 'prod-web-api')] })
    expect(reported(of, realOrganization({ projects: [was, now] }))).toEqual([
      'extra project: The project Website exists but is not planned.',
    ])
    expect(listSteps(computeDrift(of, [realOrganization({ projects: [was] })], NO_BINDINGS))).toEqual([])
  })

  it('are not reported as missing if projects could not be read', () => {
    const drift = computeDrift(plan(), [realOrganization({ unread: ['projects'] })], NO_BINDINGS)
    expect(drift.differences).toEqual([])
    expect(drift.unread).toHaveLength(1)
  })
})

describe('an organization', () => {
  it('is the connection that a person named, that has its name, or that is the only one', () => {
    const other = realOrganization({ connectionId: 2, label: 'Other', names: ['Other'], projects: BOTH })
    expect(computeDrift(plan(), [other], NO_BINDINGS).organizations).toMatchObject([{ by: 'only' }])
    const both = [other, realOrganization({ projects: BOTH })]
    expect(computeDrift(plan(), both, NO_BINDINGS).organizations).toMatchObject([{ by: 'name' }, { planned: null }])
    const said = { organizations: new Map([['acme', 2]]), renames: [] }
    expect(computeDrift(plan(), both, said).organizations).toMatchObject([
      { by: 'said', real: { connectionId: 2 } },
      { planned: null, real: { connectionId: 1 } },
    ])
    expect(computeDrift(plan(), [], NO_BINDINGS).differences).toMatchObject([{ kind: 'missing', part: 'organization' }])
  })
})

describe('keys', () => {
  it('are explained by their own name, that of the logical key or that of the service account', () => {
    const of = plan({ projects: [project('Web', { keys: [key('a'), key('b'), key('c'), key('d')] })] })
    const keys = [
      realKey(1, 'A'),
      realKey(2, 'x', { logicalName: 'b' }),
      realKey(3, 'Secret key', { account: 30 }),
      realKey(4, 'stray'),
    ]
    const real = realOrganization({ projects: [realProject(1, 'Web', { keys, accounts: [{ id: 30, name: 'c' }] })] })
    expect(reported(of, real)).toEqual([
      'missing key: The key d is planned in Web but does not exist.',
      'key key: No purpose of the plan explains the key stray in Web.',
    ])
  })

  it('of the same purpose under another name are asked about', () => {
    const of = plan({ projects: [project('Web', { keys: [key('prod-web-api', 'api', 'prod')] })] })
    const keys = [realKey(1, 'old', { purpose: 'API', environment: 'production' })]
    expect(reported(of, realOrganization({ projects: [realProject(1, 'Web', { keys })] }))).toEqual([
      'renamed key: The key old in Web has the purpose of prod-web-api, which is planned. Confirm whether it is the same.',
    ])
  })
})

describe('people', () => {
  const person = (job: string) => [{ name: 'Kim', email: 'Kim@acme.example', job }]
  const kim = (role: string, projects: readonly (readonly [number, string])[] = []) =>
    realPerson(5, 'kim@acme.example', role, {
      projects: projects.map(([projectId, raw]) => ({
        projectId,
        roleRaw: raw,
        level: raw === 'owner' ? 'owner' : 'member',
        direct: true,
      })),
    })
  const differing = (job: string, one: ReturnType<typeof kim>): string[] =>
    reported(plan({ people: person(job) }), realOrganization({ projects: BOTH, people: [one] }))

  it('are as planned with the role and the projects of their job', () => {
    expect(differing('Web Developer', kim('reader', [[1, 'member']]))).toEqual([])
    expect(differing('Finance', kim('reader'))).toEqual([])
    expect(differing('Admin', kim('owner'))).toEqual([])
  })

  it('are distinguished: the wrong role, the wrong project, a missing project', () => {
    expect(differing('Web Developer', kim('owner'))).toEqual([
      'role person: kim@acme.example is owner in Acme; as Web Developer it should be reader.',
    ])
    expect(differing('Web Developer', kim('reader', [[1, 'owner']]))).toEqual([
      'role member: kim@acme.example is owner in Web; as Web Developer it should be member.',
    ])
    expect(differing('Web Developer', kim('reader', [[2, 'member']]))).toEqual([
      'missing member: kim@acme.example should be in Web but is not.',
      'place member: kim@acme.example is member in Data, which the job Web Developer does not give.',
    ])
  })

  it('that the plan does not name are extra, and are never removed automatically', () => {
    const people = [kim('reader', [[1, 'member']]), realPerson(6, 'stranger@x.example', 'reader')]
    const drift = computeDrift(
      plan({ people: person('Web Developer') }),
      [realOrganization({ projects: BOTH, people })],
      NO_BINDINGS,
    )
    expect(drift.differences).toMatchObject([{ kind: 'extra', part: 'person', name: 'stranger@x.example' }])
    expect(listSteps(drift)).toMatchObject([{ action: 'member-remove', takesAway: true }])
  })

  it('are not compared with a plan without people', () => {
    expect(reported(plan(), realOrganization({ projects: BOTH, people: [kim('owner')] }))).toEqual([])
  })

  it('have what a level becomes if the provider has no such role', () => {
    expect(roleFor('openai', 'organization', 'admin')).toEqual({
      raw: 'owner',
      level: 'owner',
      becomes: 'OpenAI has no admin in an organization: it becomes owner',
    })
    expect(roleFor('anthropic', 'organization', 'admin').becomes).toBeNull()
    const drift = computeDrift(plan({ people: person('Admin') }), [realOrganization({ projects: BOTH })], NO_BINDINGS)
    expect(drift.differences[0]?.planned).toContain('it becomes owner')
  })

  it('who move are shown with what they gain and lose', () => {
    const of = plan({ people: person('Web Developer') })
    const reality = [realOrganization({ projects: BOTH, people: [kim('reader', [[1, 'member']])] })]
    const mover = { name: 'Kim', email: 'kim@acme.example', job: 'Data Developer' }
    const { gains, losses, plan: after } = computeMove(of, mover, reality, NO_BINDINGS)
    expect(gains.map(({ part, project: where }) => [part, where])).toEqual([['member', 'Data']])
    expect(losses.map(({ part, project: where }) => [part, where])).toEqual([['member', 'Web']])
    expect(after.people).toEqual([mover])
    const joiner = { name: 'Lu', email: 'lu@acme.example', job: 'Web Developer' }
    expect(computeMove(of, joiner, reality, NO_BINDINGS).gains).toMatchObject([
      { kind: 'missing', part: 'person', change: { kind: 'person', projects: [{ name: 'Web', level: 'member' }] } },
    ])
    expect(withPerson(of, 'KIM@acme.example', null).people).toEqual([])
  })
})

describe('limits', () => {
  const limit = { amount: 100_000_000, enforcement: 'hard', thresholds: [80] } as const
  const of = plan({ projects: [project('Web', { limit })] })

  it('differ by their amount; alerts beyond the planned ones do no harm', () => {
    const real = (limits: RealOrganization['limits']) =>
      realOrganization({ projects: [realProject(1, 'Web', { limits })] })
    expect(
      reported(
        of,
        real([
          { enforcement: 'hard', amount: 100_000_000 },
          { enforcement: 'alert', amount: 80_000_000 },
          { enforcement: 'alert', amount: 90_000_000 },
        ]),
      ),
    ).toEqual([])
    expect(reported(of, real([{ enforcement: 'hard', amount: 50_000_000 }]))).toEqual([
      'limit limit: The spend limit of Web should be $100.00 a month; it is $50.00 a month.',
      'limit limit: The spend alert of Web should be $80.00 a month; there is none.',
    ])
  })
})
