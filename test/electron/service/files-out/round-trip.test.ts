import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { awaitImport } from '../../../../shared/contract/import-result.ts'
import { renderRegister } from '../../../../electron/service/files/export-register.ts'
import { newService } from '../services.ts'

test('the register that users know is exported again as it was imported, with the name of the client in its title', async () => {
  const golden = readFileSync(new URL('../../../fixtures/register/acme-corp.md', import.meta.url), 'utf8')
  const { api, context } = await newService()
  const { slug } = await api.client.add({ name: 'Acme Corp' })
  const content = new TextEncoder().encode(golden)
  const imported = await awaitImport(
    api.files.import({ client: slug, kind: 'register', fileName: 'register.md', content }),
  )
  expect(imported.counts).toEqual({ add: 6, change: 0, same: 0, refuse: 0 })
  const { text, rows } = await renderRegister(context, { client: slug, format: 'md' })
  expect(text.slice(0, text.indexOf('\n### Population'))).toBe(
    golden.replace('## AI Platform Access Register', '## AI Platform Access Register: Acme Corp'),
  )
  expect(rows).toBe(6)
})
