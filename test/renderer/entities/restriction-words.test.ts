import { expect, it } from 'vitest'

import { restrictionWords } from '../../../renderer/entities/restriction-words.ts'

const PROJECT = { id: 1, name: 'Shop', externalId: 'proj_shop', status: 'active' as const }

it('a setting without a name is named by its kind, once', () => {
  expect(
    restrictionWords({
      name: null,
      kind: 'retention',
      terms: ['organization default'],
      keys: null,
      members: null,
      project: PROJECT,
    }),
  ).toEqual({ name: 'Data retention', kind: null, says: 'Organization default · for everything in it' })
})

it('a guardrail shows what it permits and whom it narrows', () => {
  const guardrail = {
    name: 'Production guardrail',
    kind: 'guardrail',
    terms: ['only gpt-5'],
    project: PROJECT,
  } as const
  const said = (keys: number | null, members: number | null, terms: string[] = ['only gpt-5']): string =>
    restrictionWords({ ...guardrail, terms, keys, members }).says
  expect(restrictionWords({ ...guardrail, terms: ['only gpt-5'], keys: 1, members: 2 })).toMatchObject({
    name: 'Production guardrail',
    kind: 'Guardrail',
  })
  expect(said(1, 2)).toBe('Only gpt-5 · for 1 key and 2 users')
  expect(said(0, 0, [])).toBe('Permits everything · assigned to nothing')
  expect(said(null, null)).toBe('Only gpt-5 · for everything in it')
})
