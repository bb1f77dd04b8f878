import { expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

it('a provider that repeats the credential in a name or an event leaves it out of the register, whatever its shape', async () => {
  const organization = northfoldOpenAi()
  // As short as a master key that a person chose.
  const credential = `sk-admin-${['hand', 'made'].join('')}`
  organization.credentials = [credential]
  const [project] = organization.projects
  Object.assign(project?.row as object, { name: `Shop of ${credential}` })
  organization.auditLog = [
    {
      id: 'audit_log-1',
      type: 'api_key.deleted',
      effective_at: Math.floor(Date.now() / 1000) - 3600,
      actor: { type: 'api_key', api_key: { id: credential, type: 'user' } },
      'api_key.deleted': { id: `key of ${credential}` },
    },
  ]
  const server = closeAfterTest(await startFakeOpenAi({ organizations: [organization] }))
  const { api, context } = await newService()
  await connected(api, server, { credential })
  await synced(api)
  expect((await api.projects.list({ search: 'Shop of' })).rows).toMatchObject([{ name: 'Shop of …' }])
  const { reader } = makeRegister(context)
  expect(reader.all('SELECT * FROM event')).toHaveLength(1)
  const tables = reader.column<string>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'",
  )
  for (const table of tables)
    expect([table, JSON.stringify(reader.all(`SELECT * FROM "${table}"`)).includes(credential)]).toEqual([table, false])
})
