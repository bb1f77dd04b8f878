import { beforeAll, describe, expect, it } from 'vitest'

import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { putSample } from '../../../sample-profile.ts'
import { NORTHFOLD_CREDENTIAL } from '../../../providers/fixtures/northfold-openai.ts'
import { newCastellan, type Ran } from '../castellan.ts'
import { fakeOrganization, CONNECT } from './connected.ts'

const sample = newCastellan()
const today = toLocalDay(Date.now())
const UNTIL = addDays(today, 200)

beforeAll(async () => {
  await putSample(sample.profile)
})

/** A command that is expected to succeed, as JSON. */
async function json<T = Readonly<Record<string, unknown>>>(...argv: readonly string[]): Promise<T> {
  const ran: Ran = await sample.run(...argv, '--json')
  expect({ argv, code: ran.code, err: ran.err }).toEqual({ argv, code: 0, err: '' })
  return ran.json<T>()
}

type Rows = readonly Readonly<Record<string, unknown>>[]

async function keyRow(keyId: unknown): Promise<Readonly<Record<string, unknown>> | undefined> {
  return (await json<Rows>('key', 'list')).find((row) => row['keyId'] === keyId)
}

describe('castellan rotation', () => {
  it('mark moves the due day of a key, history lists the record, and undo moves the day back', async () => {
    const [due] = await json<Rows>('due', '--within', '0d')
    const id = String(due?.['keyId'])
    const before = await keyRow(due?.['keyId'])
    const marked = await json('rotation', 'mark', id, '--on', 'today', '--note', 'New key deployed')
    expect(marked['lastRotatedOn']).toBe(today)
    expect(String(marked['dueOn']) > String(before?.['dueOn'])).toBe(true)
    const [record] = await json<Rows>('rotation', 'history', id)
    expect(record).toMatchObject({ rotatedOn: today, note: 'New key deployed', trigger: 'scheduled', undoneAt: null })
    await json('rotation', 'undo', id, '--yes')
    expect(await keyRow(due?.['keyId'])).toEqual(before)
  })

  it('set changes what is given, and --clear returns it to the policy', async () => {
    const [due] = await json<Rows>('due')
    const id = String(due?.['keyId'])
    const before = await keyRow(due?.['keyId'])
    const set = await json('rotation', 'set', id, '--contact', 'Platform team', '--due', UNTIL)
    expect(set).toMatchObject({ contact: 'Platform team', dueBasis: expect.stringMatching(/^(?:date|expiry)$/u) })
    await json('rotation', 'set', id, '--clear', 'due')
    expect((await keyRow(due?.['keyId']))?.['dueOn']).toBe(before?.['dueOn'])
    expect(await sample.run('rotation', 'set', id)).toMatchObject({ code: 2 })
    expect(await sample.run('rotation', 'set', id, '--due', 'today', '--clear', 'due')).toMatchObject({ code: 2 })
  })

  it('snooze silences a key until a day, and --off ends that', async () => {
    const [due] = await json<Rows>('due')
    const id = String(due?.['keyId'])
    expect((await json('rotation', 'snooze', id, '--until', UNTIL))['snoozedUntil']).toBe(UNTIL)
    expect((await json('rotation', 'snooze', id, '--off'))['snoozedUntil']).toBeNull()
  })
})

describe('castellan policy', () => {
  it('set changes a rule of the agency, and of a client alone, until the client follows again', async () => {
    const valueOf = (rows: Rows, name: string): unknown => rows.find((row) => row['name'] === name)?.['value']
    await json('policy', 'set', 'otherKeyDays=120', 'leadDays=20,10,0', 'productionKeysExpire=yes')
    const agency = await json<Rows>('policy', 'show')
    expect(valueOf(agency, 'otherKeyDays')).toBe('120')
    expect(valueOf(agency, 'leadDays')).toBe('20,10,0')
    expect(valueOf(agency, 'productionKeysExpire')).toBe('yes')
    await json('policy', 'set', 'otherKeyDays=60', 'reviewer=Mara', '--client', 'acme-corp')
    await json('policy', 'set', 'reviewer=', '--client', 'acme-corp')
    const client = await json<Rows>('policy', 'show', '--client', 'acme-corp')
    expect(valueOf(client, 'otherKeyDays')).toBe('60')
    expect(client.filter((row) => row['source'] === 'client').map((row) => row['name'])).toEqual(['otherKeyDays'])
    await json('policy', 'set', 'otherKeyDays=', '--client', 'acme-corp')
    expect(valueOf(await json('policy', 'show', '--client', 'acme-corp'), 'otherKeyDays')).toBe('120')
  })

  it.each([
    'nonsense=1',
    'otherKeyDays',
    'otherKeyDays=soon',
    'otherKeyDays=0',
    'leadDays=a',
    'productionKeysExpire=1',
  ])('set refuses %s, which is not a rule or a value, with exit code 2', async (rule) => {
    expect(await sample.run('policy', 'set', rule)).toMatchObject({ code: 2, out: '' })
  })
})

describe('castellan finding list', () => {
  it('accept removes findings from the open list until a day, and reopen undoes it', async () => {
    const open = await json<Rows>('finding', 'list')
    const id = String(open[0]?.['findingId'])
    const shownFinding = await json('finding', 'show', id)
    expect(shownFinding).toMatchObject({ findingId: open[0]?.['findingId'], rule: open[0]?.['rule'] })
    expect(await json('finding', 'accept', id, '--until', UNTIL, '--why', 'Freeze', '--confirm', 'ACCEPT 1')).toEqual({
      accepted: 1,
      until: UNTIL,
      acceptedAt: null,
    })
    expect(await json<Rows>('finding', 'list')).toHaveLength(open.length - 1)
    await json('finding', 'reopen', id)
    expect(await json<Rows>('finding', 'list')).toHaveLength(open.length)
  })

  it('accept --all accepts all of a rule together, and reopen --accepted-at ends exactly these', async () => {
    const open = await json<Rows>('finding', 'list')
    const rule = String(open[0]?.['rule'])
    const meant = open.filter((row) => row['rule'] === rule).length
    const groups = await json<Rows>('finding', 'count', '--by', 'rule')
    expect(groups.find((row) => row['rule'] === rule)?.['count']).toBe(meant)
    const accept = ['finding', 'accept', '--all', '--rule', rule, '--until', '7d', '--why', 'Freeze'] as const
    // The first one is critical.
    expect((await sample.run(...accept)).err).toContain(`Type ACCEPT ${meant} to accept `)
    const done = await json(...accept, '--confirm', `ACCEPT ${meant}`)
    expect(done['accepted']).toBe(meant)
    expect(await json('finding', 'reopen', '--accepted-at', String(done['acceptedAt']))).toEqual({ reopened: meant })
    expect(await json<Rows>('finding', 'list')).toHaveLength(open.length)
  })
})

describe('castellan today', () => {
  it('hides an entry until a day or until it gets worse, notes it, and shows it again', async () => {
    const [first, second] = await json<Rows>('today')
    const [one, other] = [String(first?.['entry']), String(second?.['entry'])]
    expect(await json('today', 'snooze', one, '--until', '7d', '--why', 'Next week')).toMatchObject({ entry: one })
    await json('today', 'dismiss', other, '--why', 'Agreed with the client')
    const entries = async (...more: readonly string[]): Promise<unknown[]> =>
      (await json<Rows>('today', ...more)).map((row) => row['entry'])
    expect(await entries()).not.toContain(one)
    expect(new Set(await entries('--snoozed'))).toEqual(new Set([one, other]))
    const hidden = await json<Rows>('today', '--snoozed')
    expect(hidden.find((row) => row['entry'] === other)).toMatchObject({
      snoozedUntil: null,
      reason: 'Agreed with the client',
    })
    await json('today', 'restore', one)
    await json('today', 'restore', other)
    await json('today', 'note', one, '--contact', 'Mara Lind')
    await json('today', 'note', one, '--text', 'Waits for the client')
    expect((await json<Rows>('today'))[0]).toMatchObject({
      entry: one,
      note: 'Waits for the client',
      contact: 'Mara Lind',
    })
    // A note about a hidden entry keeps its contact too.
    await json('today', 'snooze', one, '--until', '7d')
    await json('today', 'note', one, '--text', 'Waits longer')
    expect((await json<Rows>('today', '--snoozed'))[0]).toMatchObject({ note: 'Waits longer', contact: 'Mara Lind' })
    await json('today', 'restore', one)
  })
})

describe('castellan report settings', () => {
  it('changes what is given and leaves the rest, so that a scheduled report is listed as due', async () => {
    const of = ['report', 'settings', '--client', 'acme-corp'] as const
    const before = await json(...of)
    const set = await json(...of, '--markup', '12.5', '--rate', '0.92', '--rate-on', 'yesterday', '--monthly')
    expect(set).toEqual({
      ...before,
      markupBasisPoints: 1250,
      rateMillionths: 920_000,
      rateOn: set['rateOn'],
      monthly: true,
    })
    expect(await json(...of)).toEqual(set)
    expect((await json<Rows>('report', 'due')).some((row) => row['client'] === 'acme-corp')).toBe(true)
    expect(await sample.run('report', 'settings')).toMatchObject({ code: 2 })
  })
})

describe('castellan settings, client edit and connection edit', () => {
  it('change what is given and leave the rest', async () => {
    expect(await json('settings', 'set', '--operator', 'Mara Lind')).toMatchObject({ operator: 'Mara Lind' })
    expect(await json('settings', 'show')).toMatchObject({ operator: 'Mara Lind' })
    const client = (await json<Rows>('client', 'list')).find((row) => row['slug'] === 'acme-corp')
    expect(await json('client', 'edit', 'acme-corp', '--name', 'Acme Corporation')).toEqual({
      ...client,
      name: 'Acme Corporation',
    })
    const [connection] = await json<Rows>('connection', 'list')
    const id = String(connection?.['id'])
    const edited = await sample.run('connection', 'edit', id, '--label', 'Main', '--json')
    expect(edited.json<object>()).toEqual({ ...connection, label: 'Main' })
    const history = await json<Rows>('connection', 'history', id)
    const syncs = (await json<Rows>('sync', 'list')).filter((row) => row['connectionId'] === connection?.['id'])
    expect(syncs.length).toBeGreaterThan(0)
    for (const { syncId } of syncs) expect(history.map((row) => row['syncId'])).toContain(syncId)
  })
})

describe('castellan usage sync', () => {
  it('reads one connection with a credential from standard input, which is not kept', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    await castellan.run(...CONNECT, '--base-url', await fakeOrganization(), '--no-credential')
    await castellan.run('connection', 'add', '--client', 'acme-corp', '--provider', 'anthropic', '--no-credential')
    const of = ['usage', 'sync', '--connection', '1', '--json'] as const
    expect((await castellan.run(...of)).json()).toMatchObject([{ connectionId: 1, state: 'skipped' }])
    const read = await castellan.runWith({ stdin: NORTHFOLD_CREDENTIAL }, ...of, '--credential-stdin')
    expect(read.json().some((row) => row['state'] === 'complete')).toBe(true)
    expect((await castellan.run(...of)).json()).toMatchObject([{ connectionId: 1, state: 'skipped' }])
    const many = await castellan.runWith({ stdin: NORTHFOLD_CREDENTIAL }, 'usage', 'sync', '--credential-stdin')
    expect(many.code).toBe(1)
    expect(many.err).toContain('exactly one connection')
  })
})
