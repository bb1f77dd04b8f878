import { expect, it } from 'vitest'

import { countPressing, sayWho } from '../../../../shared/domain/today/who.ts'

const listed = (slug: string, state = 'complete') => ({ client: { slug, name: slug }, sync: { state } })
const entry = (band: 'now' | 'week' | 'later', ...slugs: readonly string[]) => ({
  band,
  clients: slugs.map((slug) => ({ slug })),
})

it('who needs a person and who is fine is one sentence; a client that was never synced is not fine', () => {
  const entries = [entry('now', 'Acme', 'Borealis'), entry('week', 'Acme'), entry('later', 'Corvid')]
  const clients = ['Acme', 'Borealis', 'Corvid', 'Dune'].map((slug) => listed(slug))
  expect(sayWho(entries, clients)).toBe('2 things need you in 2 clients. Corvid and Dune are fine.')
  expect(sayWho(entries, [...clients.slice(0, 3), listed('Dune', 'never')])).toBe(
    '2 things need you in 2 clients. Corvid is fine.',
  )
  expect(sayWho(entries.slice(0, 1), clients.slice(0, 1))).toBe('1 thing needs you.')
  expect(sayWho([entry('later', 'Acme')], clients)).toBe('All clear today.')
  expect(countPressing(entries)).toBe(2)
})

it('a client that was never synced is not clear: what is known of the others is stated beside it', () => {
  const never = ['A', 'B'].map((slug) => listed(slug, 'none'))
  expect(sayWho([], never)).toBe('Nothing is known yet: no client was synced.')
  expect(sayWho([entry('later', 'C')], [...never, listed('C')])).toBe(
    'Nothing needs you in the 1 client that was synced; 2 clients never were.',
  )
  expect(sayWho([], [])).toBe('All clear today.')
})

it('more than three clients that are fine are counted', () => {
  const clients = ['A', 'B', 'C', 'D', 'E'].map((slug) => listed(slug))
  expect(sayWho([entry('now', 'A')], clients)).toBe('1 thing needs you in 1 client. 4 clients are fine.')
})
