import { readFileSync } from 'node:fs'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { REGISTER_TITLE, registerOrganization } from '../../../shared/report/register-document.ts'
import { registerMarkdown } from '../../../shared/report/register-markdown.ts'
import type { OrganizationReading } from '../../../shared/report/register-reading.ts'
import { acmeCorp, heldProject, keyReading, organizationReading, principalReading } from './readings.ts'

function toMarkdown(readings: readonly OrganizationReading[], client: 'all' | 'one' = 'one'): string {
  const clients = [...new Map(readings.map((reading) => [reading.client.slug, reading.client])).values()]
  return [
    ...registerMarkdown({
      title: REGISTER_TITLE,
      scope: { client: client === 'one' ? (clients[0] ?? null) : null, connection: null },
      generatedAt: 0,
      clients,
      organizations: readings.map(registerOrganization),
    }),
  ].join('')
}

function toTables(markdown: string): string {
  return markdown.slice(0, markdown.indexOf('\n### Population'))
}

/** The lines that a line-by-line comparison marks as changed: those only before, and those only after. */
function changedLines(before: string, after: string): { readonly removed: string[]; readonly added: string[] } {
  const count = (text: string): Map<string, number> => {
    const lines = new Map<string, number>()
    for (const line of text.split('\n')) lines.set(line, (lines.get(line) ?? 0) + 1)
    return lines
  }
  const only = (a: Map<string, number>, b: Map<string, number>): string[] =>
    [...a].flatMap(([line, n]) => Array.from({ length: Math.max(0, n - (b.get(line) ?? 0)) }, () => line))
  return { removed: only(count(before), count(after)), added: only(count(after), count(before)) }
}

describe('the Markdown register', () => {
  test('has exactly the layout of the register that users know, and the name of the client in its title', () => {
    const golden = readFileSync(new URL('../../fixtures/register/acme-corp.md', import.meta.url), 'utf8')
    const [title = '', ...rest] = golden.split('\n')
    expect(toTables(toMarkdown([acmeCorp()]))).toBe([`${title}: Acme Corp`, ...rest].join('\n'))
  })

  test('does not count the rows of a log, which are others at each sync', () => {
    const read = (fetched: number): string =>
      toMarkdown([
        organizationReading({
          sources: [
            {
              source: 'audit-log',
              state: 'complete',
              expected: null,
              fetched,
              excluded: [],
              reason: null,
              snapshotId: 1,
              readAt: 0,
              complete: { id: 1, readAt: 0 },
            },
          ],
        }),
      ])
    expect(read(12)).toBe(read(700))
  })

  test('has no heading twice within a client, and names the platform of a file and how it was read', () => {
    const azure = organizationReading({
      provider: 'file',
      platform: 'azure',
      organizationId: 'tenant-cedar',
      snapshot: { id: 3, origin: 'api', state: 'complete', readAt: 0 },
    })
    const text = toMarkdown([acmeCorp(), azure])
    const headings = text.match(/^#+ .*$/gmu) ?? []
    expect(new Set(headings).size).toBe(headings.length)
    expect(headings).toContain('### Azure (tenant-cedar)')
    expect(headings).toContain('### Service Accounts of Azure (tenant-cedar)')
    expect(text).toContain('| Azure (tenant-cedar) | 3 | File, read at each sync | complete |')
    expect(text).not.toMatch(/tenant-cedar.*Admin API/u)
  })

  test('lists at its end what was read, and names the newest snapshot in one line for each organization', () => {
    const sources = (id: number, readAt: number): OrganizationReading['sources'] => [
      {
        source: 'users',
        state: 'complete',
        expected: 4,
        fetched: 4,
        excluded: [{ count: 1, reason: 'a row without an id' }],
        reason: null,
        snapshotId: id,
        readAt: 0,
        complete: { id, readAt },
      },
      {
        source: 'invites',
        state: 'denied',
        expected: null,
        fetched: 0,
        excluded: [],
        reason: 'The key may not read invites.',
        snapshotId: id,
        readAt: 0,
        complete: { id: 3, readAt: 0 },
      },
    ]
    const at = (id: number, readAt: number): string =>
      toMarkdown([
        { ...acmeCorp(), snapshot: { id, origin: 'api', state: 'partial', readAt }, sources: sources(id, readAt) },
      ])
    const before = at(12, Date.UTC(2026, 10, 2, 9, 14, 3))
    expect(before.slice(before.indexOf('### Population'))).toBe(`### Population

Scope: client Acme Corp (acme-corp). Pending invites are marked as invited. Expired invites, and keys that are archived or expired, are left out.

| Organization | Snapshot | Read From | State | Read (UTC) |
|--------------|----------|-----------|-------|------------|
| OpenAI (org-acme-corp) | 12 | Admin API | partial | 2026-11-02T09:14:03Z |

| Organization | Source | State | Expected | Fetched | Excluded | Snapshot |
|--------------|--------|-------|----------|---------|----------|----------|
| OpenAI (org-acme-corp) | Users | complete | 4 | 4 | 1 (a row without an id) | latest |
| OpenAI (org-acme-corp) | Invites | denied: The key may not read invites. | - | - | 0 | 3 (1970-01-01T00:00:00Z) |
`)
    const { removed, added } = changedLines(before, at(13, Date.UTC(2026, 10, 3)))
    expect([removed.length, added.length]).toEqual([1, 1])
  })

  test('lists service accounts with what opens them below the population, by name, without a value that changes by itself', () => {
    const account = (name: string, over: Partial<OrganizationReading['roster'][number]> = {}) => ({
      externalId: `svc_${name}`,
      name,
      contacts: [],
      purposes: [],
      credential: 'none' as const,
      keys: 0,
      endless: 0,
      endsUnknown: 0,
      keyEndsAt: null,
      rotatedAt: null,
      tokenSeconds: null,
      dependants: [],
      ...over,
    })
    const roster = [
      account('prod | web', {
        contacts: ['John Doe'],
        purposes: ['api', 'batch'],
        credential: 'both',
        keys: 2,
        endless: 1,
        endsUnknown: 0,
        rotatedAt: Date.UTC(2026, 8, 2, 23),
        tokenSeconds: 3600,
        dependants: ['prod-web-api', 'any workload of the repository acme/web on any branch (GitHub Actions)'],
      }),
      account('', { credential: 'federation', tokenSeconds: 600 }),
    ]
    const at = Date.UTC(2026, 10, 2, 9, 14, 3)
    const snapshot = { id: 12, origin: 'api', state: 'complete', readAt: at } as const
    const text = toMarkdown([{ ...acmeCorp(), snapshot, roster }])
    expect(text.slice(text.indexOf('#### Non-Human'))).toBe(`#### Non-Human Identities

| Organization | Account | Owner | Purpose | Credential | Last Rotation | Lifetime | Dependants |
|--------------|---------|-------|---------|------------|---------------|----------|------------|
| OpenAI (org-acme-corp) | prod \\| web | John Doe | api, batch | 2 keys and federation | 2026-09-02 | 1 key without an end | prod-web-api; any workload of the repository acme/web on any branch (GitHub Actions) |
| OpenAI (org-acme-corp) | svc\\_ | - | - | Federation | - | Tokens of 10 minutes | - |
`)
    expect(toTables(text)).toBe(toTables(toMarkdown([acmeCorp()])))
  })

  test('gives each of several clients a section of its own', () => {
    const beta = organizationReading({
      client: { slug: 'beta', name: 'Beta | Sons' },
      provider: 'anthropic',
      organizationId: null,
    })
    const markdown = toMarkdown([acmeCorp(), beta], 'all')
    expect(markdown.split('\n').filter((line) => /^#{2,3} /u.test(line))).toEqual([
      '## AI Platform Access Register: Acme Corp',
      '### OpenAI (org-acme-corp)',
      '### Service Accounts',
      '### Population',
      '## AI Platform Access Register: Beta | Sons',
      '### Anthropic',
      '### Service Accounts',
      '### Population',
    ])
  })

  test('is a register even if it is empty', () => {
    expect(toMarkdown([], 'all')).toBe(
      '## AI Platform Access Register\n\n### Population\n\nScope: all clients. It contains no connection.\n',
    )
  })

  test('changes one line for one changed grant, whatever the register contains', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }), {
      minLength: 2,
      maxLength: 12,
    })
    fc.assert(
      fc.property(names, fc.nat(), fc.constantFrom('project', 'role', 'review', 'long'), (people, which, what) => {
        const principals = people.map((name, at) =>
          principalReading(name, { externalId: `user-${at}`, projects: [heldProject('ChatBot')] }),
        )
        const at = which % principals.length
        const one = principals[at] ?? principalReading('nobody')
        const changed = {
          project: { ...one, projects: [...one.projects, heldProject('Analytics')] },
          long: { ...one, projects: [...one.projects, heldProject('a very long name '.repeat(20))] },
          role: { ...one, roleRaw: 'owner' },
          review: { ...one, lastReviewedOn: '2026-01-01' },
        }[what]
        const keys = people.map((name, n) => keyReading(name, { externalId: `key_${n}` }))
        const before = toMarkdown([organizationReading({ principals, keys })])
        const after = toMarkdown([organizationReading({ principals: principals.with(at, changed), keys })])
        const { removed, added } = changedLines(before, after)
        expect([removed.length, added.length]).toEqual([1, 1])
        const without = toMarkdown([organizationReading({ principals: principals.toSpliced(at, 1), keys })])
        expect(changedLines(before, without).removed).toHaveLength(1)
        expect(changedLines(before, without).added).toHaveLength(0)
      }),
    )
  })

  test('is the same in whatever order the register was read', () => {
    const principals = ['é', 'E', 'e', 'z', 'Z', '😀', '\uFFFD', 'ß', '10', '9'].map((name) => principalReading(name))
    const reading = organizationReading({ principals, keys: principals.map((p) => keyReading(`${p.name} key`)) })
    const markdown = toMarkdown([reading])
    fc.assert(
      fc.property(fc.shuffledSubarray(principals, { minLength: principals.length }), (shuffled) => {
        expect(toMarkdown([{ ...reading, principals: shuffled, keys: reading.keys.toReversed() }])).toBe(markdown)
      }),
      { numRuns: 50 },
    )
  })

  test('writes 100,000 rows without padding any', () => {
    const principals = Array.from({ length: 100_000 }, (_, n) =>
      principalReading(`Person ${n}`, {
        email: `person.${n}@acme.example`,
        projects: [heldProject(`P${n % 50}`)],
      }),
    )
    const organization = organizationReading({ principals })
    const markdown = toMarkdown([organization])
    expect(markdown.split('\n').filter((line) => line.startsWith('| Person '))).toHaveLength(100_001)
    expect(markdown).toContain('| Person 7 <person.7@acme.example> | Reader | P7 | - |')
  })
})
