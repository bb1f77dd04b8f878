import { expect, it } from 'vitest'

import { newService } from './services.ts'

it('a currency, an operator and bytes in place of a list that cannot be read are refused by the contract', async () => {
  const { api } = await newService()
  await api.client.add({ name: 'Acme' })
  await expect(api.reports.set({ client: 'acme', values: { currency: '%' } })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('Write a currency as three letters') as string,
  })
  await expect(api.settings.set({ operator: 'a\u0000b' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringContaining('one line without control characters') as string,
  })
  const plan = { name: 'a', organizations: new Uint8Array(3) }
  await expect(api.plan.check({ plan: plan as never })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'The input holds a value that cannot be read.',
  })
})

it('an import that fails while it is followed fails with an error of the contract', async () => {
  const { api } = await newService()
  await api.client.add({ name: 'Acme' })
  const failed = Array.fromAsync(await api.usage.import({ client: 'acme', path: '/not/there.csv' }))
  await expect(failed).rejects.toMatchObject({ code: 'INVALID', status: 422, data: { field: 'path' } })
})
