import { expect, it } from 'vitest'

import { fillWithSample } from '../../../../electron/service/sample/fill.ts'
import { newService } from '../services.ts'

it('the filled sample has reviews and changes in several states, made by its own people', async () => {
  const service = await newService()
  await fillWithSample(service.context)
  const { api } = service
  const reviews = (await api.reviews.list({})).rows
  expect(reviews.map(({ client, state }) => `${client.slug} ${state}`).toSorted()).toEqual([
    'heliotide-clinics acknowledged',
    'quillmarsh-mutual open',
  ])
  const changes = (await api.remediation.list({})).rows
  expect(new Set(changes.map(({ state }) => state))).toEqual(new Set(['waiting', 'by-hand', 'done', 'withdrawn']))
  expect(new Set(changes.map(({ addedBy }) => addedBy))).toEqual(new Set(['Mara Lindqvist']))
  expect((await api.today.list({ client: 'heliotide-clinics' })).entries).toEqual([])
  expect(await api.app.integrity()).toMatchObject({ ok: true, problems: [] })
})
