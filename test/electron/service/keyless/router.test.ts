import { expect, it } from 'vitest'

import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

it('the keyless plan in Markdown has the keys of the filters, and names these', async () => {
  const server = closeAfterTest(await startFakeOpenAi({ organizations: [northfoldOpenAi()] }))
  const { api } = await newService()
  const connection = await connected(api, server)
  await synced(api)
  const { rows } = await api.keyless.list({ limit: 100 })
  const [row] = rows
  if (row === undefined) throw new Error('No key is in the plan.')
  const whole = (await api.keyless.markdown({})).text
  for (const { name } of rows) expect(whole).toContain(name)
  expect(whole).not.toContain('Filters:')
  const { text } = await api.keyless.markdown({ state: 'beside', connection, search: 'nothing has this name' })
  expect(text).toContain('0 keys of pipelines')
  // The progress is of all keys, whatever is searched for.
  expect(text.split('\n').filter((line) => /^\| .*\d \|$/u.test(line))).toEqual(
    whole.split('\n').filter((line) => /^\| .*\d \|$/u.test(line)),
  )
  expect(text).toMatch(/^\| .*\d \|$/mu)
  expect(text).toContain(
    `Filters: state “beside a rule”; connection ${row.connection.label}; “nothing has this name” in the name, the project or the service account. The`,
  )
  const found = await api.keyless.markdown({ search: row.name, connection, certainty: [row.certainty] })
  expect(found.text).toContain(row.name)
  expect(found.text).toContain(`certainty ${row.certainty}; connection ${row.connection.label}`)
})
