import { describe, expect, it } from 'vitest'

import { computeWidth } from '../../../../electron/cli/kit/text/width.ts'
import { NEW_SECRET } from '../../../providers/openai-writes.ts'
import { fakeOrganization, withConnection } from './connected.ts'

async function read(): ReturnType<typeof withConnection> {
  const castellan = await withConnection(await fakeOrganization(), 'read-write')
  await castellan.run('sync')
  return castellan
}

describe('castellan plan check', () => {
  it('lists the drift, and fails on it when asked to', async () => {
    const castellan = await read()
    const acme = (...argv: string[]) => castellan.run('plan', ...argv, '--client', 'acme-corp')
    await acme('new', '--template', 'exercise')
    const checked = await acme('check', 'Exercise', '--json', '--fail-on-drift')
    expect(checked.code).toBe(4)
    expect(checked.json().filter((row) => row['severity'] === 'drift')).toContainEqual(
      expect.objectContaining({
        path: 'Acme Corp / Product-Prod',
        says: 'The project Product-Prod is planned but does not exist.',
        hint: 'Planned: Product-Prod. There: nothing.',
      }),
    )
    await acme('new', '--template', 'adopt', '--name', 'Today')
    const today = await acme('check', 'Today', '--json', '--fail-on-drift')
    expect([today.code, today.json().filter((row) => row['severity'] === 'drift')]).toEqual([0, []])
  })
})

describe('castellan plan apply', () => {
  it('shows the exact requests, needs the word, and continues after the sync until nothing is left', async () => {
    const castellan = await read()
    const acme = (...argv: string[]) => castellan.run('plan', ...argv, '--client', 'acme-corp')
    await acme('new', '--template', 'exercise')
    expect(await acme('apply', 'Exercise')).toMatchObject({ code: 2 })
    expect(await acme('apply', 'Exercise', '--run')).toMatchObject({ code: 2 })
    const preview = await acme('apply', 'Exercise', '--preview')
    expect(preview.out).toContain('/v1/organization/projects')
    expect(preview.out).toContain('{"name":"Product-Prod"}')
    expect(preview.out.match(/^ {3}cannot be sent: /gmu)).toHaveLength(7)
    const inPlan = ['plan', 'apply', 'Exercise', '--preview', '--client', 'acme-corp']
    const { out: onScreen } = await castellan.runWith({ columns: 80 }, ...inPlan)
    const isWide = (line: string): boolean => computeWidth(line) > 80 && !line.startsWith('castellan ')
    expect(preview.out.split('\n').some(isWide)).toBe(true)
    expect(onScreen.split('\n').filter(isWide)).toEqual([])
    expect(onScreen.replaceAll(/\s/gu, '')).toBe(preview.out.replaceAll(/\s/gu, ''))
    const wrong = await acme('apply', 'Exercise', '--run', '--confirm', 'yes')
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Nothing was sent.')])
    const first = await acme('apply', 'Exercise', '--run', '--confirm', 'CHANGE 5')
    expect([first.code, first.out]).toEqual([0, expect.not.stringContaining(NEW_SECRET)])
    const second = await acme('apply', 'Exercise', '--run', '--confirm', 'CHANGE 7')
    expect(second.code).toBe(0)
    expect(second.out.split(NEW_SECRET)).toHaveLength(8)
    expect((await acme('apply', 'Exercise', '--run', '--confirm', 'CHANGE 7')).out).toContain('Nothing is left to do.')
  })
})

describe('castellan plan person', () => {
  it('shows what a person gains with a job, and adds it to the plan and to the list', async () => {
    const castellan = await read()
    const acme = (...argv: string[]) => castellan.run('plan', ...argv, '--client', 'acme-corp')
    await acme('new', '--template', 'exercise')
    const person = (...more: string[]) =>
      acme('person', 'kim@new.example', '--job', 'Product Dev', '--plan', 'Exercise', '--json', ...more)
    expect(await acme('person', 'kim@new.example', '--job', 'Pilot', '--plan', 'Exercise')).toMatchObject({ code: 1 })
    expect((await person()).json()).toMatchObject([{ change: 'gains', place: 'Acme Corp' }])
    expect((await castellan.run('remediation', 'list', '--json')).json()).toEqual([])
    expect((await person('--name', 'Kim', '--add')).code).toBe(0)
    expect((await castellan.run('remediation', 'list', '--json')).json()).toHaveLength(1)
    expect((await castellan.run('plan', 'show', 'Exercise', '--json')).json<object>()).toMatchObject({
      people: [{ name: 'Kim', email: 'kim@new.example', job: 'Product Dev' }],
    })
  })
})
