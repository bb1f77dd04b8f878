import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'

import { CONNECTION_REF, getConnection } from '../../../../electron/register/connections/connection.ts'
import { setTestFacts } from '../../../../electron/register/connections/local.ts'
import { makeReader } from '../../../../electron/register/db/handles.ts'
import { migrate, MIGRATIONS } from '../../../../electron/register/db/migrate.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { applyOperation } from '../../../../electron/register/operations/apply.ts'
import type { OperationOf } from '../../../../shared/operations/operations.ts'
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
  it('is kept by the migration, and nothing of it stays in the table that is the same in every register', () => {
    const db = new Sqlite(':memory:')
    const at = MIGRATIONS.findIndex(({ name }) => name === 'connection-local')
    migrate(db, { now: 0, backup: () => '', known: MIGRATIONS.slice(0, at) })
    db.exec(`
      INSERT INTO client (id, slug, name, kind, colour, created_at) VALUES (1, 'acme', 'Acme', 'client', '#000000', 0);
      INSERT INTO connection (id, client_id, provider, label, access, created_at, uid, file_path) VALUES (1, 1, 'file', 'a', 'read-only', 0, 'u1', '/srv/a.json');
      INSERT INTO connection (id, client_id, provider, label, access, created_at, uid, credential_hint, credential_set_at, credential_check, credential_tested_at, capabilities)
        VALUES (2, 1, 'openai', 'b', 'read-only', 0, 'u2', 'sk-…abcd', 7, 'ok', 9, '[{"source":"users","state":"readable","reason":null}]');
      INSERT INTO connection (id, client_id, provider, label, access, created_at, uid) VALUES (3, 1, 'openai', 'c', 'read-only', 0, 'u3');
    `)
    migrate(db, { now: 0, backup: () => '' })
    const reader = makeReader(db, {})
    expect(getConnection(reader, 1)).toMatchObject({ path: '/srv/a.json', credentialHint: null, capabilities: [] })
    expect(getConnection(reader, 2)).toMatchObject({
      path: null,
      credentialHint: 'sk-…abcd',
      credentialSetAt: 7,
      credentialCheck: 'ok',
      credentialTestedAt: 9,
      capabilities: [{ source: 'users' }],
    })
    expect(getConnection(reader, 3)).toMatchObject({ path: null, credentialHint: null, capabilities: [] })
    expect(reader.column("SELECT name FROM pragma_table_info('connection')")).toEqual(
      'id client_id provider label base_url access organization_id organization_name created_at removed_at platform uid'.split(
        ' ',
      ),
    )
    db.close()
  })

  it('does not come from an operation without a path, and the rest of the connection does', () => {
    const [here, there] = [newRegister(), newRegister()]
    for (const register of [here, there]) newConnection(register)
    here.transact((writer) => applyOperation(writer, added('/srv/a.json')))
    there.transact((writer) => applyOperation(writer, added()))
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
