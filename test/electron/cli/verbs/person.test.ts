import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { putSample } from '../../../sample-profile.ts'
import { newCastellan } from '../castellan.ts'

const HR = `Mitarbeiter,Status,Titel
jane.smith@acme.example,Left,CTO
jane.smith+ai@acme.example,Active,CTO
nobody,Active,
`

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-person-')), 'hr.csv')
  writeFileSync(path, text)
  return path
}

describe('person', () => {
  it('imports a personnel file after a dry run, and ends with 3 for rejected rows', async () => {
    const { run, profile } = newCastellan()
    await putSample(profile)
    const path = file(HR)
    const argv = ['person', 'import', path, '--map', 'Titel=jobTitle', '--map', 'Mitarbeiter=email']
    const plan = await run(...argv, '--dry-run', '--json')
    expect(plan.code).toBe(3)
    expect(plan.json()).toMatchObject({
      dryRun: true,
      format: 'csv',
      mapping: { Mitarbeiter: 'email', Titel: 'jobTitle' },
      update: 1,
      doubtful: 1,
      refuse: 1,
      leavers: 1,
    })
    const removed = async (): Promise<readonly unknown[]> =>
      (await run('person', 'list', '--departed', '--json')).json().map((row) => row['name'])
    expect(await removed()).not.toContain('Jane Smith')
    const done = await run(...argv)
    expect(done.code).toBe(3)
    expect(done.out).toContain('ambiguous 1')
    expect(done.out).toContain('Leavers in the file who still have access: 1')
    expect(await removed()).toContain('Jane Smith')
  })

  it('merges two people who may be one, and splits them again', async () => {
    const { run, profile } = newCastellan()
    await putSample(profile)
    await run('person', 'import', file('Email,Status\njane.smith+ai@acme.example,Active\n'))
    const matches = async (): Promise<readonly Readonly<Record<string, unknown>>[]> =>
      (await run('person', 'duplicate', 'list', '--find', '--json'))
        .json()
        .filter((row) => row['name'] === 'Jane Smith')
    const [match] = await matches()
    expect(match).toMatchObject({ reason: 'plus-address', otherAddresses: 'jane.smith+ai@acme.example' })
    const [keep, other] = [String(match?.['personId']), String(match?.['otherId'])]
    expect((await run('person', 'merge', keep, other, '--yes')).out).toContain(`person split ${keep}`)
    expect(await matches()).toEqual([])
    expect((await run('person', 'split', keep, '--json')).json()).toMatchObject({ personId: Number(other) })
    expect(await matches()).toHaveLength(1)
    const again = await run('person', 'split', keep)
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('There is no merge into')])
  })

  it('marks someone as leaving, which makes them a leaver, and removes the mark', async () => {
    const { run, profile } = newCastellan()
    await putSample(profile)
    const [jane] = (await run('person', 'list', '--search', 'Jane Smith', '--json')).json()
    const id = String(jane?.['personId'])
    const missing = await run('person', 'leaving', id, '--on', 'today')
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('Give --on DAY and --why TEXT.')])
    const marked = await run('person', 'leaving', id, '--on', 'today', '--why', 'Contract ended')
    expect(marked.out).toContain(`Undo it: castellan person leaving ${id} --undo`)
    const leavers = async (): Promise<readonly unknown[]> =>
      (await run('leaver', 'list', '--json')).json().map((row) => row['personId'])
    expect(await leavers()).toContain(Number(id))
    expect((await run('person', 'leaving', id, '--undo', '--json')).json()).toMatchObject({ departed: false })
    expect(await leavers()).not.toContain(Number(id))
    expect((await run('person', 'leaving', id, '--undo')).code).toBe(1)
  })

  it('refuses an unknown field and a missing column', async () => {
    const { run, profile } = newCastellan()
    await putSample(profile)
    const path = file(HR)
    expect((await run('person', 'import', path, '--map', 'Titel=shoe')).code).toBe(2)
    expect((await run('person', 'import', path, '--map', 'Shoe=email')).code).toBe(2)
  })
})
