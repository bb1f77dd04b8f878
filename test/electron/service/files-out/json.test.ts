import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { printJson } from '../../../../electron/service/files-out/json.ts'
import type { OrganizationReading } from '../../../../shared/report/register-reading.ts'
import { said } from '../../../../shared/domain/text/said.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'
import { acmeCorp, keyReading, organizationReading, principalReading } from '../../../shared/report/readings.ts'
import { makeEdition } from './editions.ts'

function toJson(...readings: readonly OrganizationReading[]): string {
  return [...printJson(makeEdition(readings))].join('')
}

describe('the JSON register', () => {
  test('has the documented shape, in a fixed order', () => {
    const reading = {
      ...acmeCorp(),
      snapshot: { id: 7, origin: 'file', state: 'complete', readAt: 0 },
      sources: [
        {
          source: 'register-file',
          state: 'complete',
          expected: null,
          fetched: 6,
          excluded: [],
          reason: null,
          snapshotId: 7,
          readAt: 0,
          complete: { id: 7, readAt: 0 },
        },
      ],
    } as const satisfies OrganizationReading
    const document = JSON.parse(toJson(reading)) as { organizations: { keys: unknown[]; population: unknown[] }[] }
    expect(Object.keys(document)).toEqual(['format', 'version', 'generatedAt', 'scope', 'organizations'])
    expect(document).toMatchObject({
      format: 'castellan-access-register',
      version: 2,
      generatedAt: '2025-03-01T12:00:00Z',
      scope: { client: 'acme-corp', connection: null },
    })
    const [organization] = document.organizations
    expect(Object.keys(organization ?? {})).toEqual([
      'client',
      'clientSlug',
      'provider',
      'organization',
      'connection',
      'snapshot',
      'grants',
      'keys',
      'population',
    ])
    expect(organization?.keys[0]).toEqual({
      kind: 'project',
      name: 'ci-testing',
      email: null,
      id: 'sk-proj-yyy',
      status: 'active',
      project: null,
      projectId: null,
      lastUsed: 'never',
      created: null,
      expires: null,
      holder: 'service-account',
      answerable: 'ci-testing',
      ownerState: 'known',
      owner: 'ci-testing',
      ownerEmail: null,
      madeBy: null,
      madeByEmail: null,
      hint: 'sk-proj-…abcd',
      permissions: null,
      environment: null,
      team: null,
      purpose: 'GitHub Actions',
      contact: null,
      rotationDue: '2025-02-15',
    })
    expect(organization?.population).toEqual([
      {
        source: 'Register file',
        state: 'complete',
        expected: null,
        fetched: 6,
        excluded: 0,
        note: null,
        snapshot: 'latest',
        completeSnapshot: 'latest',
      },
    ])
  })

  test('is JSON whatever the names hold, with each record on a line of its own', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 5 }), hostileText, (names, label) => {
        const readings = [0, 1].map((n) =>
          organizationReading({
            label,
            principals: names.map((name, at) => principalReading(name, { externalId: `u${n}${at}` })),
            keys: names.map((name, at) => keyReading(name, { externalId: `k${n}${at}` })),
          }),
        )
        const text = toJson(...readings)
        const document = JSON.parse(text) as { organizations: { connection: string; grants: { name: string }[] }[] }
        expect(document.organizations.map(({ connection }) => connection)).toEqual([said(label), said(label)])
        expect(document.organizations[0]?.grants.map(({ name }) => name).sort()).toEqual(names.map(said).sort())
        expect(text.split('\n').filter((line) => line.startsWith('        {'))).toHaveLength(names.length * 4)
      }),
      { numRuns: 300 },
    )
  })

  test('differs only in the line of the organization’s snapshot after a sync that changed nothing', () => {
    const read = (id: number): string =>
      toJson({
        ...acmeCorp(),
        snapshot: { id, origin: 'api', state: 'complete', readAt: id * 1000 },
        sources: (['users', 'projects', 'keys'] as const).map((source) => ({
          source,
          state: 'complete' as const,
          expected: null,
          fetched: 6,
          excluded: [],
          reason: null,
          snapshotId: id,
          readAt: id * 1000,
          complete: { id, readAt: id * 1000 },
        })),
      })
    const [before, after] = [read(7).split('\n'), read(8).split('\n')]
    expect(after.filter((line, at) => line !== before[at])).toEqual([expect.stringContaining('"snapshot": {"id":8')])
  })

  test('is valid JSON also when it is empty', () => {
    expect(JSON.parse(toJson())).toMatchObject({ organizations: [] })
  })
})
