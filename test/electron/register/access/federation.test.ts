import { expect, it } from 'vitest'

import { federationIds, federationRows } from '../../../../electron/register/access/federation.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { federation } from '../findings/parts.ts'
import { getReading, grant, newConnection, newRegister, project, user } from '../registers.ts'

it('a rule reaches each role once, at the level that its own scopes leave, whatever another rule for the same workload gives', () => {
  const register = newRegister()
  const connection = newConnection(register)
  const rule = { account: 'ci', level: 'member', reachesOrganization: false } as const
  register.transact((w) =>
    applyReading(
      w,
      getReading(connection, [
        { source: 'projects', facts: [project('p1', { name: 'Shop' }), project('p2', { name: 'Shop' })] },
        {
          source: 'service-accounts',
          facts: [
            user('ci', { kind: 'service-account', email: null, roleRaw: null, level: null }),
            grant('ci', null, { roleRaw: 'admin', level: 'admin' }),
            grant('ci', 'p1', { roleRaw: 'owner', level: 'owner' }),
            grant('ci', 'p2', { roleRaw: 'owner', level: 'owner' }),
          ],
        },
        {
          source: 'federation-rules',
          facts: [
            federation({ ...rule, externalId: 'a-narrow' }),
            federation({ ...rule, externalId: 'b-again', projects: ['p1'] }),
            federation({ ...rule, externalId: 'c-wide', level: null, reachesOrganization: true }),
            federation({ ...rule, externalId: 'd-off', status: 'disabled' }),
          ],
        },
      ]),
    ),
  )
  const [p1, p2] = register.reader.column<number>('SELECT id FROM project ORDER BY external_id')
  const shop = (projectId: number | undefined, level: string) => ({
    role: 'owner',
    level,
    isLimited: level !== 'owner',
    projectId,
    project: 'Shop',
  })
  const ids = federationIds(register.reader, { sort: { by: 'name', direction: 'asc' } })
  expect(federationRows(register.reader, ids).map(({ externalId, reaches }) => [externalId, reaches])).toEqual([
    ['a-narrow', [shop(p1, 'member'), shop(p2, 'member')]],
    ['b-again', [shop(p1, 'member')]],
    [
      'c-wide',
      [
        shop(p1, 'owner'),
        shop(p2, 'owner'),
        { role: 'admin', level: 'admin', isLimited: false, projectId: null, project: null },
      ],
    ],
    ['d-off', []],
  ])
})
