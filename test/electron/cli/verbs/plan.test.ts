import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { type Castellan, newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'
import { fakeOrganization, withConnection } from './connected.ts'

const folder = mkdtempSync(join(tmpdir(), 'castellan-plan-cli-'))

async function promisedBy(castellan: Castellan, ...verb: string[]): Promise<string[] | undefined> {
  const { out } = await castellan.run(...verb, '--help')
  return [...keysIn(out)]
}

describe('castellan plan', () => {
  const castellan = newCastellan()
  const acme = (...argv: string[]) => castellan.run('plan', ...argv, '--client', 'acme-corp')

  beforeAll(async () => {
    await castellan.run('client', 'add', 'Acme Corp')
    await acme('new', '--template', 'exercise')
  })

  it('makes a plan from a template, and lists it', async () => {
    const { code, out } = await acme('new', '--template', 'agency', '--name', 'Three houses')
    expect([code, out]).toEqual([0, 'Made plan 2, Three houses (version 1).\n'])
    const rows = (await castellan.run('plan', 'list', '--json')).json()
    expect(rows.map((row) => [row['title'], row['organizations'], row['keys']])).toEqual([
      ['Exercise', 1, 7],
      ['Three houses', 3, 6],
    ])
    for (const row of rows) expect(Object.keys(row)).toEqual(await promisedBy(castellan, 'plan', 'list'))
    const made = (await acme('new', '--template', 'empty', '--json')).json<Record<string, unknown>>()
    expect(Object.keys(made)).toEqual(await promisedBy(castellan, 'plan', 'new'))
  })

  it('shows a plan by its title or number, as Markdown, YAML, HTML and JSON', async () => {
    expect((await castellan.run('plan', 'show', 'exercise')).out).toContain(
      '| Finance | Reader | None (usage viewing) |',
    )
    expect((await castellan.run('plan', 'show', '1', '--format', 'yaml')).out).toContain('name: Acme Corp\n')
    expect((await castellan.run('plan', 'show', 'Exercise@1', '--format', 'html')).out).toMatch(/^<!doctype html>/u)
    const plan = (await castellan.run('plan', 'show', 'Exercise', '--json')).json<Record<string, unknown>>()
    expect(plan['name']).toBe('Acme Corp')
    expect(await castellan.run('plan', 'show', 'Nothing')).toMatchObject({ code: 1 })
    expect(await castellan.run('plan', 'show', 'Exercise@9')).toMatchObject({ code: 1 })
    expect(await castellan.run('plan', 'show', '1', '--json', '--format', 'md')).toMatchObject({ code: 2 })
  })

  it('writes a plan to a file, and imports it again as a draft and as the next version', async () => {
    const file = join(folder, 'acme.yaml')
    expect((await castellan.run('plan', 'export', 'Exercise', file)).code).toBe(0)
    writeFileSync(file, readFileSync(file, 'utf8').replace('name: Acme Corp\n', 'name: Acme\n'))
    expect((await acme('import', file)).out).toMatch(/^Imported plan \d+, acme \(version 1\)/u)
    expect((await castellan.run('plan', 'import', file, '--into', 'Exercise')).out).toContain('(version 2)')
    const [difference, ...others] = (
      await castellan.run('plan', 'diff', 'Exercise@1', 'Exercise', '--json', '--fail')
    ).json()
    expect(others).toEqual([])
    expect(difference).toMatchObject({ kind: 'renamed', part: 'company', before: 'Acme Corp', after: 'Acme' })
    expect(await castellan.run('plan', 'diff', 'Exercise@1', 'Exercise', '--fail')).toMatchObject({ code: 4 })
    expect(await castellan.run('plan', 'diff', 'Exercise', 'acme', '--fail')).toMatchObject({ code: 0 })
  })

  it('reports by line and column why a file is not a plan, and imports nothing', async () => {
    const file = join(folder, 'wrong.yaml')
    writeFileSync(file, 'name: Acme\norganizations:\n  - name: Acme\n    provider: opena\n')
    const before = (await castellan.run('plan', 'list', '--json')).json().length
    const { code, err } = await acme('import', file)
    expect(code).toBe(1)
    expect(err).toContain('4:15 “opena” is not allowed here. Did you mean openai?')
    expect((await castellan.run('plan', 'list', '--json')).json()).toHaveLength(before)
    const [found] = (await castellan.run('plan', 'check', '--file', file, '--json')).json()
    expect(found).toMatchObject({ severity: 'error', line: 4, column: 15 })
    expect(await castellan.run('plan', 'check', '--file', file, '--fail-on', 'error')).toMatchObject({ code: 4 })
  })

  it('lists the problems of a plan, and fails on them when asked to', async () => {
    const rows = (await castellan.run('plan', 'check', 'Exercise@1', '--json')).json()
    expect(rows.map((row) => row['path'])).toEqual(['projects[4].keys[0].name', 'jobs[1].level'])
    for (const row of rows) expect(Object.keys(row)).toEqual(await promisedBy(castellan, 'plan', 'check'))
    expect(await castellan.run('plan', 'check', 'Exercise', '--fail-on', 'error')).toMatchObject({ code: 0 })
    expect(await castellan.run('plan', 'check', 'Exercise', '--fail-on', 'warning')).toMatchObject({ code: 4 })
  })

  it('prints the questions of the guided start, in a form that is accepted as answers', async () => {
    const { out } = await castellan.run('plan', 'new', '--guided')
    const file = join(folder, 'answers.yaml')
    writeFileSync(file, out.replace('# productionLimit: 500', 'productionLimit: 99.50'))
    const made = await acme('new', '--guided', '--answers', file, '--name', 'Asked')
    expect(made).toMatchObject({ code: 0 })
    const { projects } = (await castellan.run('plan', 'show', 'Asked', '--json')).json<{
      readonly projects: readonly { readonly name: string; readonly limit: { readonly amount: number } | null }[]
    }>()
    expect(projects.map(({ name, limit }) => [name, limit?.amount ?? null])).toEqual([
      ['Product-Dev', null],
      ['Product-Staging', null],
      ['Product-Prod', 99_500_000],
      ['Research-Dev', null],
      ['Research-Staging', null],
      ['Research-Prod', 99_500_000],
    ])
    writeFileSync(file, 'company: Acme\nteams: 3\n')
    const refused = await acme('new', '--guided', '--answers', file)
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('teams')])
  })

  it('activates a plan, removes one and restores it', async () => {
    expect((await castellan.run('plan', 'activate', 'Exercise')).out).toMatch(/is active\.\n$/u)
    expect(await castellan.run('plan', 'remove', 'Exercise', '--yes')).toMatchObject({ code: 1 })
    expect((await castellan.run('plan', 'remove', 'Three houses', '--yes')).out).toContain(
      'castellan plan bring-back 2',
    )
    expect((await castellan.run('plan', 'bring-back', '2')).code).toBe(0)
    expect((await castellan.run('plan', 'activate', 'Exercise', '--off')).code).toBe(0)
  })

  it('asks for missing arguments', async () => {
    expect(await castellan.run('plan', 'new', '--template', 'exercise')).toMatchObject({ code: 2 })
    expect(await acme('new')).toMatchObject({ code: 2 })
    expect(await acme('new', '--template', 'exercise', '--guided')).toMatchObject({ code: 2 })
    expect(await acme('new', '--template', 'adopt')).toMatchObject({ code: 1 })
  })
})

describe('castellan plan new --template adopt', () => {
  it('makes a plan of what the client has today', async () => {
    const castellan = await withConnection(await fakeOrganization())
    await castellan.run('sync')
    const { code } = await castellan.run(
      'plan',
      'new',
      '--template',
      'adopt',
      '--client',
      'acme-corp',
      '--name',
      'Today',
    )
    expect(code).toBe(0)
    const plan = (await castellan.run('plan', 'show', 'Today', '--json')).json<{
      readonly projects: readonly unknown[]
    }>()
    expect(plan.projects.length).toBeGreaterThan(0)
  })
})
