import { describe, expect, it } from 'vitest'

import { CONNECTION_REF, getConnection } from '../../../../electron/register/connections/connection.ts'
import { setTestFacts } from '../../../../electron/register/connections/local.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { settleDecision } from '../../../../electron/register/rows/settle.ts'
import type { OperationOf } from '../../../../shared/decisions/operations.ts'
import { newConnection, newRegister } from '../registers.ts'

const by = { at: 5, operator: 'Mara', client: 'acme', subject: 'Acme' }
const connectionUid = createUid(5)

const added = (path?: string): OperationOf<'connection.added'> => ({
  kind: 'connection.added',
  ...by,
  body: {
    v: 1,
    connectionUid,
    provider: 'file',
    platform: 'azure',
    organizationId: null,
    label: 'Acme',
    baseUrl: null,
    access: 'read-only',
    ...(path === undefined ? {} : { path }),
  },
})

describe('what one machine knows of a connection', () => {
  it('does not come from an operation without a path, and the rest of the connection does', () => {
    const [here, there] = [newRegister(), newRegister()]
    for (const register of [here, there]) newConnection(register)
    here.transact((writer) => settleDecision(writer, added('/srv/a.json')))
    there.transact((writer) => settleDecision(writer, added()))
    const [own, other] = [here, there].map(({ reader }) => getConnection(reader, 2))
    expect(own?.path).toBe('/srv/a.json')
    expect(other).toEqual({ ...own, path: null })
  })

  it('names the organization that a test opened until a sync reports one', () => {
    const register = newRegister()
    const id = newConnection(register)
    const shown = (): unknown =>
      register.reader.get(`SELECT ${CONNECTION_REF} FROM connection cn WHERE cn.id = ?`, [id])
    register.transact((writer) =>
      setTestFacts(writer, id, {
        at: 5,
        check: 'ok',
        capabilities: [],
        organization: { externalId: 'org-a', name: 'A' },
      }),
    )
    expect(shown()).toMatchObject({ 'connection.organizationId': 'org-a' })
    register.transact((writer) => writer.run("UPDATE connection SET organization_id = 'org-b'"))
    expect(shown()).toMatchObject({ 'connection.organizationId': 'org-b' })
    expect(getConnection(register.reader, id)).toMatchObject({ organizationId: 'org-b', organizationName: 'A' })
  })
})
