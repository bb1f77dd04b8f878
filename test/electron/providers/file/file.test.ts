import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

import { fileSchema } from '../../../../electron/providers/file/schema.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import type { UsageReading } from '../../../../electron/providers/kit/usage.ts'
import { REMEDIATION_ACTIONS } from '../../../../shared/domain/remediation/remediation.ts'
import { recording, type Recording } from '../recording.ts'
import { subject, request } from '../write-cases.ts'
import { exampleFile, type ExampleFile } from './example.ts'
import { FileRefused } from '../../../../electron/providers/kit/errors.ts'
import type { Access } from '../../../../electron/providers/kit/calls.ts'

const DOCS = join(import.meta.dirname, '../../../../docs')
const never = new AbortController().signal

function written(content: unknown, name = 'azure.json'): Access {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-file-')), name)
  writeFileSync(
    path,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content, null, 2),
  )
  return { credential: '', baseUrl: null, path }
}

async function read(content: unknown): Promise<Recording> {
  const sink = recording()
  await getProvider('file').read(written(content), sink, never)
  return sink
}

/** Why a file is refused; no fact of it may have been reported. */
async function refusal(content: unknown): Promise<string> {
  const sink = recording()
  const error = await getProvider('file')
    .read(written(content), sink, never)
    .catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(FileRefused)
  expect(sink.began).toEqual([])
  return (error as Error).message
}

const changed = (change: (file: ExampleFile) => unknown): unknown => {
  const file = exampleFile()
  return change(file) ?? file
}

test('a role on the organization reaches the projects where the file has it so, and is assumed to of owners and admins', async () => {
  const roles = [
    { role: { role: 'Owner' }, reaches: 'Owner owner' },
    { role: { role: 'Root', level: 'admin' }, reaches: 'Root admin' },
    { role: { role: 'Owner', reachesProjects: false }, reaches: null },
    { role: { role: 'Reader' }, reaches: null },
    { role: { role: 'Contributor' }, reaches: null },
    { role: { role: 'Contributor', reachesProjects: true }, reaches: 'Contributor other' },
  ]
  const people = roles.map(({ role }, n) => ({ id: `p${n}`, kind: 'user', name: `P${n}`, ...role }))
  const accounts = roles.map((_, n) => ({ id: `s${n}`, kind: 'service-account', name: `S${n}` }))
  const grants = roles.map(({ role }, n) => ({ principal: `s${n}`, project: null, ...role }))
  const file = { format: 'castellan-file', version: 1, platform: 'azure', organization: { id: 'o' } }
  const sink = await read({ ...file, projects: [], principals: [...people, ...accounts], grants })
  const implied = sink
    .of('grant')
    .map(({ principal, impliedRoleRaw: raw, impliedLevel: level }) => [principal, raw && `${raw} ${level ?? ''}`])
  expect(Object.fromEntries(implied)).toEqual(
    Object.fromEntries(
      roles.flatMap(({ reaches }, n) => [
        [`p${n}`, reaches],
        [`s${n}`, reaches],
      ]),
    ),
  )
})

test('a key has the tool, the vendor and the permissions that the file reports, and none where it reports none', async () => {
  const keys = [
    { id: 'k1', name: 'one', tool: 'Claude Code', vendor: 'openai', permissions: 'models' },
    { id: 'k2', name: 'two', tool: null, permissions: null },
  ]
  const sink = await read({
    format: 'castellan-file',
    version: 1,
    platform: 'azure',
    organization: { id: 'o' },
    projects: [],
    principals: [],
    keys,
  })
  expect(
    sink.of('key').map(({ externalId, tool, vendor, permissions }) => [externalId, tool, vendor, permissions]),
  ).toEqual([
    ['k1', 'Claude Code', 'openai', 'models'],
    ['k2', undefined, undefined, undefined],
  ])
})

test('the published schema is that of the reader', () => {
  const published = JSON.parse(readFileSync(join(DOCS, 'file-provider.schema.json'), 'utf8')) as unknown
  expect(published).toEqual(z.toJSONSchema(fileSchema, { io: 'input', target: 'draft-2020-12' }))
})

test('the example of the documentation is read', async () => {
  const [, example] = /```json\n(.+?)```/su.exec(readFileSync(join(DOCS, 'file-provider.md'), 'utf8')) ?? []
  const said = await read(example)
  expect(said.outcomes.every(({ state }) => state === 'complete')).toBe(true)
  expect(said.of('key')).toHaveLength(1)
})

test('every list becomes facts in the words of the register', async () => {
  const said = await read(exampleFile())
  expect(said.outcomes.map(({ source, state, fetched }) => `${source} ${state} ${fetched}`)).toEqual([
    'organization complete 1',
    'projects complete 2',
    'users complete 4',
    'group-users complete 1',
    'user-roles complete 3',
    'keys complete 3',
    'rate-limits complete 1',
    'spend-limits complete 1',
  ])
  expect(said.of('organization')).toEqual([
    { type: 'organization', externalId: 'tenant-1', name: 'Acme', platform: 'azure' },
  ])
  expect(said.of('principal').map(({ externalId, kind, level, status }) => [externalId, kind, level, status])).toEqual([
    ['ada', 'user', 'owner', 'active'],
    ['ben', 'user', null, 'disabled'],
    ['web', 'service-account', null, 'active'],
    ['devs', 'group', null, 'active'],
  ])
  expect(said.of('membership')).toEqual([{ type: 'membership', group: 'devs', member: 'ben' }])
  expect(
    said.of('grant').map(({ principal, project, roleRaw, level }) => [principal, project, roleRaw, level]),
  ).toEqual([
    ['ada', null, 'Owner', 'owner'],
    ['web', 'prod', 'Cognitive Services OpenAI User', 'member'],
    ['devs', 'dev', 'Reader', 'reader'],
    ['ben', null, 'Usages Reader', 'other'],
  ])
  const keys = said
    .of('key')
    .map(({ externalId, kind, project, ownerState, lastUse }) => [externalId, kind, project, ownerState, lastUse.state])
  expect(keys).toEqual([
    ['key1', 'project', 'prod', 'known', 'known'],
    ['key2', 'project', 'dev', 'none', 'never'],
    ['key3', 'organization', null, 'unknown', 'not-reported'],
  ])
  expect(
    said.of('limit').map(({ externalId, metric, amount, period }) => [externalId, metric, amount, period]),
  ).toEqual([
    ['rate:tpm', 'tokens_per_minute', 120_000, 'minute'],
    ['spend:budget', 'usd', 500_250_000, 'month'],
  ])
})

test.each(['projects', 'principals', 'grants', 'keys', 'limits'] as const)(
  'a file without %s does not begin its source, so that nothing is closed',
  async (list) => {
    const sources = {
      projects: 'projects',
      principals: 'users',
      grants: 'user-roles',
      keys: 'keys',
      limits: 'spend-limits',
    }
    const { [list]: _, ...rest } = { ...exampleFile(), ...(list === 'grants' ? {} : { grants: undefined }) }
    const without = list === 'projects' ? { ...rest, keys: [], limits: [] } : rest
    const said = await read(without)
    expect(said.outcomes.map(({ source }) => source)).not.toContain(sources[list])
    expect(said.outcomes.every(({ state }) => state === 'complete')).toBe(true)
  },
)

describe('a file that is wrong changes nothing, and the error has the place', () => {
  test.each<[string, (file: ExampleFile) => unknown, RegExp]>([
    ['a field that is not known', (file) => ({ ...file, pets: [] }), /the file.*pets/u],
    ['a version of later', (file) => ({ ...file, version: 2 }), /version \(line 3\): /u],
    ['a key without a name', (file) => delete file.keys[1]?.['name'] && null, /keys\[1\]\.name \(line \d+\)/u],
    ['a day that is none', (file) => void (file.usage[0]!['day'] = '2026-02-30'), /usage\[0\]\.day \(line \d+\)/u],
    ['an amount that is none', (file) => void (file.usage[0]!['costUsd'] = '1,50'), /usage\[0\]\.costUsd/u],
    ['an amount of a billion', (file) => void (file.usage[0]!['costUsd'] = '999999999.9999999'), /costUsd .*billion/u],
    [
      'an id that comes twice',
      (file) => void (file.keys[1]!['id'] = 'key1'),
      /keys\[1\]\.id \(line \d+\): another row/u,
    ],
    [
      'a grant in a project that is not there',
      (file) => void (file.grants[0]!['project'] = 'x'),
      /grants\[0\]\.project \(line \d+\): no row of "projects"/u,
    ],
    [
      'a member that is not there',
      (file) => void (file.principals[3]!['members'] = ['x']),
      /principals\[3\]\.members\[0\]/u,
    ],
    ['members of a person', (file) => void (file.principals[0]!['members'] = []), /only a group/u],
    ['a path in the name of the second file', (file) => ({ ...file, usageFile: '../usage.json' }), /usageFile/u],
    ['usage in two places', (file) => ({ ...file, usageFile: 'usage.json' }), /leave one of the two out/u],
    ['a list that is none', () => [], /the file: /u],
  ])('%s', async (_what, change, says) => {
    const message = await refusal(changed(change))
    expect(message).toMatch(/^azure\.json cannot be imported; nothing changed\. /u)
    expect(message).toMatch(says)
  })

  test('many problems: the first five are reported, the rest counted', async () => {
    const message = await refusal(
      changed((file) => ({ ...file, keys: Array.from({ length: 9 }, () => ({ id: 'k' })) })),
    )
    expect(message).toMatch(/keys\[4\].*; and \d+ more\.$/u)
  })

  test('what is not JSON: the place, without the text around it', async () => {
    const message = await refusal('{\n  "format": "castellan-file",\n  "note": sk-proj-AAAABBBBCCCCDDDDEEEE1234 }')
    expect(message).toBe('azure.json is not JSON; nothing changed. It breaks at line 3, column 11.')
  })

  test('what is not text, no file, a folder, no path', async () => {
    expect(await refusal(Buffer.from([0x7b, 0xff, 0xfe]))).toContain('is not UTF-8')
    const reading = (path: string | null): Promise<void> =>
      getProvider('file').read({ credential: '', baseUrl: null, path }, recording(), never)
    await expect(reading(join(tmpdir(), 'castellan-no-such-file.json'))).rejects.toThrow(
      /could not be read \(ENOENT\)/u,
    )
    await expect(reading(tmpdir())).rejects.toThrow(/is not a file|could not be read/u)
    await expect(reading('relative.json')).rejects.toThrow(/from the root on/u)
    await expect(reading(null)).rejects.toThrow(/names no file/u)
  })
})

describe('secrets', () => {
  const SECRET = 'sk-proj-AAAABBBBCCCCDDDDEEEEFFFF'

  test.each<[string, (file: ExampleFile) => unknown, RegExp]>([
    [
      'as the hint of a key',
      (file) => void (file.keys[0]!['hint'] = SECRET),
      /keys\[0\]\.hint \(line \d+\): this looks like a whole secret/u,
    ],
    [
      'in a name, behind invisible marks',
      (file) => void (file.projects[0]!['name'] = `x ${SECRET.replace('A', 'A\u200b')}`),
      /projects\[0\]\.name/u,
    ],
    ['in a field that is not known', (file) => ({ ...file, extra: { deep: [SECRET] } }), /extra\.deep\[0\]/u],
    ['as the name of a field', (file) => ({ ...file, [SECRET]: 1 }), /the file: this looks like/u],
  ])('%s refuse the file with the place alone', async (_what, change, says) => {
    const message = await refusal(changed(change))
    expect(message).toMatch(says)
    expect(message).not.toContain('AAAABBBB')
  })

  test('wherever one is put, it refuses the file and is not repeated', async () => {
    const place = fc.constantFrom('projects', 'principals', 'keys', 'grants')
    const body = fc.string({ unit: fc.constantFrom('Q', 'Z', 'x', '7', '9', 'K'), minLength: 24, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(place, body, fc.string({ maxLength: 10 }), async (list, secret, field) => {
        const file: Record<string, unknown> = { ...exampleFile() }
        file[list] = [{ [field]: `${field} sk-${secret}` }]
        expect(await refusal(file)).not.toContain(secret)
      }),
      { numRuns: 40 },
    )
  })
})

test('the test of a connection reports which lists the file has', async () => {
  const { limits: _, ...file } = exampleFile()
  const report = await getProvider('file').test(written(file), never)
  expect(report.organization).toEqual({ externalId: 'tenant-1', name: 'Acme' })
  expect(report.capabilities.filter(({ state }) => state !== 'readable')).toEqual([
    { source: 'rate-limits', state: 'unavailable', reason: 'The file leaves out "limits".' },
    { source: 'spend-limits', state: 'unavailable', reason: 'The file leaves out "limits".' },
  ])
})

describe('usage', () => {
  async function usage(access: Access) {
    const readings: UsageReading[] = []
    const span = { from: 20_000, to: 20_001 }
    const outcomes = await getProvider('file').usage(access, span, (reading) => readings.push(reading), never)
    return { readings, outcomes }
  }

  test('is read for all days of the file, rows of the same kind added up, exact to the nano-USD', async () => {
    const { readings, outcomes } = await usage(written(exampleFile()))
    expect(outcomes.map(({ state }) => state)).toEqual(['complete', 'complete'])
    const [cost, tokens] = readings
    expect(cost?.facts.map((fact) => [fact.key, fact.model, fact.cost, fact.costNano, fact.input])).toEqual([
      ['key1', 'gpt-5.4', 1_234_567, 800, 0],
      ['key2', null, 300_000, 0, 0],
    ])
    expect(tokens?.facts.map(({ requests, input, output, cost: none }) => [requests, input, output, none])).toEqual([
      [15, 1100, 70, 0],
      [1, 0, 0, 0],
    ])
    expect((cost?.to ?? 0) - (cost?.from ?? 0)).toBe(3)
  })

  test('holds credits and amounts of any number of digits, exact to the nano-USD', async () => {
    const amounts = ['-2.5', '0.003627500000000000000000000000000000', -1e-6]
    const rows = amounts.map((costUsd, n) => ({ day: `2026-11-0${n + 1}`, costUsd }))
    const { readings } = await usage(written({ ...exampleFile(), usage: rows }))
    expect(readings[0]?.facts.map(({ cost, costNano = 0 }) => cost * 1000 + costNano)).toEqual([
      -2_500_000_000, 3_627_500, -1000,
    ])
  })

  test('may lie in a second file of the same folder', async () => {
    const { usage: rows, ...file } = exampleFile()
    const access = written({ ...file, usageFile: 'usage.json' })
    const second = join(access.path ?? '', '../usage.json')
    expect((await usage(access)).outcomes[0]).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('ENOENT'),
    })
    writeFileSync(second, JSON.stringify({ format: 'castellan-file', version: 1, usage: rows }))
    expect((await usage(access)).readings).toEqual((await usage(written(exampleFile()))).readings)
  })

  test('that is left out is not read; problems are reported and nothing is imported', async () => {
    const { usage: _, ...file } = exampleFile()
    expect((await usage(written(file))).outcomes[0]?.state).toBe('unavailable')
    const { readings, outcomes } = await usage(written({ ...exampleFile(), usage: [{ day: 'today' }] }))
    expect(readings).toEqual([])
    expect(outcomes[0]).toMatchObject({ state: 'failed', reason: expect.stringContaining('usage[0].day') })
  })
})

test.each(REMEDIATION_ACTIONS)('%s has manual steps', async (action) => {
  const it = request(action, subject('key', 'key1'), { email: 'a@x.example', name: 'new', role: 'Reader' })
  const plan = await getProvider('file').plan(it, null)
  expect(plan).toMatchObject({
    kind: 'by-hand',
    steps: expect.stringMatching(/^Open .+\n(?:.+\n)+Make the file again/u) as string,
  })
})
