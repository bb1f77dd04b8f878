import { expect, it } from 'vitest'

import { toLocalDay } from '../../../../shared/domain/day.ts'
import { RULES } from '../../../../electron/register/findings/rules.ts'
import { grant, project } from '../registers.ts'
import { federated } from './parts.ts'
import { applyWorld, AT, type World } from './worlds.ts'

/** The sentence of the finding of a rule. */
function says(rule: string, world: World): string | undefined {
  const evidence = applyWorld(world).register.reader.value<string>('SELECT evidence FROM finding WHERE rule = ?', [
    rule,
  ])
  const facts = JSON.parse(evidence ?? '{}') as Readonly<Record<string, string | number | null>>
  return RULES.find(({ id }) => id === rule)?.say(facts, { now: AT, today: toLocalDay(AT) })
}

it('the role of a workload is its own, not that of another rule of the account', () => {
  const subject = (branch: string): string => `repo:acme/web:ref:refs/heads/${branch}`
  const world = federated(
    [
      { projects: ['proj_a'], subject: subject('z') },
      { projects: ['proj_b'], subject: subject('a') },
    ],
    { roleRaw: 'admin', level: 'admin' },
    { projects: [project('proj_a', { name: 'Web' }), project('proj_b', { name: 'Shop' })] },
  )
  const owner = {
    source: 'project-service-accounts',
    project: 'proj_b',
    facts: [grant('ci', 'proj_b', { roleRaw: 'owner', level: 'owner' })],
  } as const
  expect(says('federation-admin', { ...world, more: [...(world.more ?? []), owner] })).toMatch(
    /on the branch a \(GitHub Actions\) can administer a project through it, with the role owner/u,
  )
})

it('a rule of an archived issuer does not call it disabled, and several issuers are counted', () => {
  const gone = { issuerStatus: 'archived' } as const
  expect(says('federation-issuer-off', federated([gone]))).toBe(
    '1 rule is left for the issuer “https://token.actions.githubusercontent.com”, which is disabled or archived. It accepts no token until it is enabled again.',
  )
  expect(says('federation-issuer-off', federated([gone, { ...gone, issuer: 'https://gitlab.com' }]))).toBe(
    '2 rules are left for 2 issuers that are disabled or archived. They accept no token until they are enabled again.',
  )
})
