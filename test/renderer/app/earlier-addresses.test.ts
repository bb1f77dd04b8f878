import { describe, expect, it } from 'vitest'

import { AREAS } from '../../../renderer/app/areas.ts'
import { EARLIER } from '../../../renderer/app/earlier-addresses.ts'

/** Every path that the window ever had. */
const EVER = [
  '/',
  '/people',
  '/keys',
  '/projects',
  '/access',
  '/plans',
  '/structure',
  '/usage',
  '/reports',
  '/changes',
  '/findings',
  '/leavers',
  '/reviews',
  '/remediation',
  '/rotation',
  '/reminders',
  '/connections',
  '/clients',
  '/files',
  '/snippets',
  '/settings',
  '/help',
  '/impact/$kind/$id',
  '/usage/coverage',
  '/usage/reconciliation',
  '/usage/budgets',
  '/offboarding',
]

const present: readonly string[] = AREAS.map(({ options }) => (options as { readonly path: string }).path)

describe('earlier addresses', () => {
  it('every path that the window ever had is a page or leads to one', () => {
    const known = [...present, ...EARLIER.map(({ path }) => path)]
    expect(EVER.filter((path) => !known.includes(path))).toEqual([])
  })

  it('lead to pages, and are none themselves', () => {
    for (const { path, to } of EARLIER) {
      expect(present).not.toContain(path)
      expect(present).toContain(to({}))
      expect(present).toContain(to({ view: 'recommendations' }))
    }
  })

  it('the recommendations of the earlier access page are a page of their own', () => {
    const access = EARLIER.find(({ path }) => path === '/access')
    expect(access?.to({ view: 'recommendations', client: 'acme' })).toBe('/findings/recommendations')
    expect(access?.to({ client: 'acme' })).toBe('/people/access')
  })
})
