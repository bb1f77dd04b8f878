import { describe, expect, it } from 'vitest'

import { matchingEntries, paletteEntries, viewEntries } from '../../../renderer/app/palette-entries.ts'
import type { Client } from '../../../shared/contract/clients.ts'

function clientNamed(name: string, slug: string): Client {
  return {
    slug,
    name,
    kind: 'client',
    colour: '#332288',
    domains: [`${slug}.example`],
    notes: '',
    connections: 0,
    createdAt: 0,
    archivedAt: null,
  }
}

const clients = Array.from({ length: 11 }, (_, index) => clientNamed(`House ${index}`, `house-${index}`))
const entries = paletteEntries(clients, null)

describe('palette entries', () => {
  it('the first nine clients have a shortcut and the others none', () => {
    const shortcuts = entries.filter(({ id }) => id.startsWith('scope:house')).map(({ shortcut }) => shortcut)
    expect(shortcuts.slice(0, 9).every((shortcut) => shortcut !== null)).toBe(true)
    expect(shortcuts.slice(9)).toEqual([null, null])
  })

  it('every entry has its own id', () => {
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
  })

  it('entries with the words in their label come before those with them elsewhere', () => {
    const { byLabel, others } = matchingEntries(entries, 'sync')
    expect(byLabel.map(({ label }) => label)).toContain('Sync now')
    expect(byLabel.map(({ label }) => label)).not.toContain('Connections')
    expect(others.map(({ label }) => label)).toContain('Connections')
  })

  it('a client is found by part of its domain, in any case and order of words', () => {
    expect(matchingEntries(entries, 'HOUSE-3.ex').others.map(({ label }) => label)).toEqual(['House 3'])
    expect(matchingEntries(entries, '3 house').byLabel.map(({ label }) => label)).toEqual(['House 3'])
  })

  it('the lock is found by its other names', () => {
    for (const typed of ['lock castellan', 'away', 'secure'])
      expect(matchingEntries(entries, typed).byLabel.concat(matchingEntries(entries, typed).others)).toContainEqual(
        expect.objectContaining({ label: 'Lock Castellan', act: { kind: 'lock' } }),
      )
  })

  it('an empty query offers everything but the tabs of pages and what is only found by typing', () => {
    const offered = matchingEntries(entries, '  ').byLabel
    expect(offered).toEqual(entries.filter(({ onlyTyped }) => onlyTyped !== true))
    expect(offered.length).toBeLessThan(entries.length)
  })

  it.each([
    ['users', 'People'],
    ['cost', 'Usage'],
    ['spend', 'Usage'],
    ['rotate', 'Rotation'],
    ['personnel', 'Import & export: HR import'],
    ['hr', 'Import & export'],
    ['export', 'Export the register'],
    ['remedy', 'Remediation'],
    ['overview', 'Today'],
    ['settings', 'Settings'],
    ['audit log', 'Changes'],
    ['structure', 'Projects: Tree'],
    ['grants', 'People: Access'],
    ['invoice', 'Usage: Reports'],
    ['dark', 'Dark colour scheme'],
    ['least privilege', 'Findings: Recommendations'],
  ])('"%s" finds %s before any search result', (typed, label) => {
    expect(matchingEntries(entries, typed).byLabel.map((entry) => entry.label)).toContain(label)
  })

  it('each colour scheme has an entry of its own', () => {
    const schemes = entries.flatMap(({ act }) => (act.kind === 'scheme' ? [act.scheme] : []))
    expect(schemes).toEqual(['light', 'dark', 'auto'])
  })
})

describe('the views of lists in the palette', () => {
  it('of one client are opened in its scope, and those of all clients in the scope that is set', () => {
    const client = { slug: 'house-3', name: 'House 3', colour: '#332288' }
    const view = { viewId: 3, list: 'keys', name: 'Mine', search: { q: 'prod' }, subjects: {}, columns: null } as const
    const opens = (of: typeof client | null) =>
      matchingEntries(viewEntries([{ ...view, client: of }]), 'mine').byLabel[0]
    expect(opens(client)).toMatchObject({
      detail: 'House 3',
      act: { search: { q: 'prod', saved: 'Mine', client: 'house-3' } },
    })
    expect(opens(null)?.act).not.toHaveProperty('search.client')
  })

  it('are found by their name, those of a register too, and lead to the list with their filter', () => {
    const saved = viewEntries([
      { viewId: 3, list: 'keys', name: 'Mine', client: null, search: { q: 'prod' }, subjects: {}, columns: null },
    ])
    const [mine] = matchingEntries(saved, 'mine').byLabel
    expect(mine).toMatchObject({ label: 'Keys: Mine', act: { path: '/keys', search: { q: 'prod', saved: 'Mine' } } })
    const { byLabel } = matchingEntries(saved, 'production keys')
    expect(byLabel.find(({ label }) => label === 'Access: Production keys')).toMatchObject({
      act: { path: '/people/access', search: { environment: ['production'] } },
    })
  })
})
