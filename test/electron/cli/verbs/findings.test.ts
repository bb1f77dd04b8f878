import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../../sample-profile.ts'
import { newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'

const castellan = newCastellan()

beforeAll(async () => {
  await putSample(castellan.profile)
})

describe('findings', () => {
  it('--json is an array of flat objects with the keys that its help names', async () => {
    const ran = await castellan.run('finding', 'list', '--json')
    expect(ran).toMatchObject({ code: 0, err: '' })
    const keys = keysIn((await castellan.run('finding', 'list', '--help')).out).join(', ')
    for (const row of ran.json()) {
      expect(Object.keys(row)).toEqual(keys.split(', '))
      expect(Object.values(row).every((value) => value === null || typeof value !== 'object')).toBe(true)
    }
  })

  it.each([
    [['--fail-on', 'critical'], 4],
    [['--fail-on', 'info'], 4],
    [['--fail-on', 'high', '--severity', 'medium'], 0],
    [['--fail-on', 'critical', '--client', 'tarnbeck-rail'], 4],
    [['--fail-on', 'critical', '--client', 'tarnbeck-rail', '--rule', 'rotation-overdue'], 0],
    [['--fail-on', 'high', '--client', 'tarnbeck-rail', '--rule', 'rotation-overdue'], 4],
    [['--fail-on', 'info', '--client', 'heliotide-clinics'], 0],
    [['--fail-on', 'info', '--client', 'heliotide-clinics', '--certainty', 'all'], 4],
    [['--fail-on', 'low', '--rule', 'privileged-single'], 0],
    [[], 0],
  ])('%j exits with %i', async (argv, code) => {
    expect((await castellan.run('finding', 'list', ...argv)).code).toBe(code)
  })

  it('narrows to a rule, and names the rules when there is no such one', async () => {
    const rows = (await castellan.run('finding', 'list', '--json', '--rule', 'privileged-too-many')).json()
    expect(rows).toMatchObject([{ subject: 'Quillmarsh on OpenAI', severity: 'medium', state: 'open' }])
    const wrong = await castellan.run('finding', 'list', '--rule', 'nothing')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toContain('key-owner-gone')
  })

  it('prints CSV and Markdown in which hostile names stay data', async () => {
    const csv = (await castellan.run('finding', 'list', '--certainty', 'all', '--format', 'csv')).out
    expect(csv.split('\n')[0]).toMatch(/^"?findingId"?,"?severity/u)
    expect(csv).toContain(`"'=1+1"`)
    const markdown = (await castellan.run('finding', 'list', '--format', 'md')).out
    expect(markdown.split('\n')[0]).toBe('| ID | Severity | Certainty | Finding | Client | Subject | Evidence | Next |')
    expect((await castellan.run('finding', 'list', '--format', 'csv', '--json')).code).toBe(2)
  })

  it('is empty and well on a register that holds nothing', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    const ran = await castellan.run('finding', 'list', '--fail-on', 'info')
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toContain('No findings.')
  })
})
