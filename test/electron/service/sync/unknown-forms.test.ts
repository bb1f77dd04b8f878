import { expect, it } from 'vitest'

import type { FaultRule } from '../../../providers/faults.ts'
import { connected, northfold, synced } from '../fakes.ts'
import { newService } from '../services.ts'

type Row = Readonly<Record<string, unknown>>

/** Answers in which a field of every row of a list is of another form. */
function spoiled(path: RegExp, field: string, value: unknown): FaultRule {
  const edit = (body: unknown): unknown => {
    const { data, ...rest } = body as { readonly data: readonly Row[] }
    return { ...rest, data: data.map((row) => ({ ...row, [field]: value })) }
  }
  return { path, fault: { kind: 'edit', edit } }
}

it('rows whose role, id or amount is in an unknown form end nothing of their lists, which count as not read', async () => {
  const rules: FaultRule[] = []
  const server = await northfold({ faults: { rules } })
  const { api, context } = await newService()
  await connected(api, server)
  expect((await synced(api)).at(-1)?.result?.state).toBe('complete')
  const known = async () => ({
    access: (await api.access.list({ limit: 500 })).rows.map(({ principal, project, roleRaw, via }) => [
      principal.externalId,
      project?.name,
      roleRaw,
      via,
    ]),
    keys: (await api.keys.list({ limit: 500 })).rows.map(({ name, status }) => [name, status]),
    limits:
      context
        .session()
        .register?.reader.all<Row>(
          'SELECT external_id, amount FROM limit_version WHERE to_sync IS NULL ORDER BY external_id',
        ) ?? [],
  })
  const before = await known()
  expect(Object.values(before).every((rows) => rows.length > 2)).toBe(true)
  rules.push(
    spoiled(/organization\/users\?/u, 'role', { name: 'owner' }),
    spoiled(/projects\/\w+\/users\?/u, 'role', ['owner']),
    spoiled(/projects\/\w+\/api_keys\?/u, 'id', null),
    spoiled(/projects\/\w+\/rate_limits\?/u, 'max_requests_per_1_minute', { value: 5 }),
  )
  expect((await synced(api)).at(-1)?.result?.state).toBe('partial')
  expect(await known()).toEqual(before)
})
