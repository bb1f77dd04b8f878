import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import { type Context, getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import { exportCalendar, renderCalendar } from '../../../../electron/service/files/calendar.ts'
import { key, newConnection, project, getReading } from '../../register/registers.ts'
import { DAY, seeded } from '../seeded.ts'
import { newService } from '../services.ts'

interface Event {
  readonly uid: string
  readonly due: string
  readonly sequence: string
  readonly summary: string
  readonly description: string
  readonly alarms: number
}

type Input = Parameters<typeof renderCalendar>[1]

/** The events of keys. */
async function listEvents(context: Context, input: Input = {}): Promise<Event[]> {
  return (await allEvents(context, input)).filter(({ uid }) => uid.startsWith('key-'))
}

/** The events of reviews. */
async function listReviews(context: Context, input: Input = {}): Promise<Event[]> {
  return (await allEvents(context, input)).filter(({ uid }) => uid.startsWith('review-'))
}

async function allEvents(context: Context, input: Input): Promise<Event[]> {
  const { text, rows } = await renderCalendar(context, input)
  const lines = text.split(/(?<=\n)/u)
  const first = Math.ceil(lines.length / 2)
  expect((await renderCalendar(context, { ...input, first })).text).toBe(lines.slice(0, first).join(''))
  const events = text
    .replaceAll('\r\n ', '')
    .split('BEGIN:VEVENT\r\n')
    .slice(1)
    .map((event) => {
      const value = (name: string): string => new RegExp(`^${name}:(.*)$`, 'mu').exec(event)?.[1]?.trim() ?? ''
      return {
        uid: value('UID'),
        due: value('DTSTART;VALUE=DATE'),
        sequence: value('SEQUENCE'),
        summary: value('SUMMARY'),
        description: value('DESCRIPTION'),
        alarms: event.split('BEGIN:VALARM').length - 1,
      }
    })
  expect(events).toHaveLength(rows)
  return events
}

describe('the calendar of a client', () => {
  test('moves the event of a key when it is rotated, and keeps its id', async () => {
    const { context } = await newService({ now: () => Date.UTC(2026, 1, 1) })
    const register = makeRegister(context)
    const connection = newConnection(register, 'acme')
    const read = (keys: readonly ReturnType<typeof key>[], at: number): void => {
      register.transact((writer) =>
        applyReading(
          writer,
          getReading(
            connection,
            [
              { source: 'projects', facts: [project('proj_a', { name: 'Alpha' })] },
              { source: 'project-keys', facts: keys },
            ],
            at,
          ),
        ),
      )
    }
    const first = key('key_1', { name: 'prod-web-api' })
    read(
      [first, key('key_old', { name: 'old', status: 'archived' }), key('key_un', { name: 'un', createdAt: null })],
      Date.UTC(2026, 1, 1),
    )
    const [before, ...none] = await listEvents(context, { client: 'acme' })
    expect(none).toEqual([])
    expect(before).toMatchObject({
      uid: 'key-acme.openai.key_1-rotation@castellan',
      due: '20260401',
      sequence: '0',
      summary: 'Rotate prod-web-api (acme)',
      alarms: 5,
    })
    expect(before?.description).toContain('Project: Alpha\\nKey ID: key_1\\nRedacted key: sk-proj-...abcd')

    const second = key('key_2', { name: 'prod-web-api-v2', createdAt: Date.UTC(2026, 2, 20) })
    read([first, second], Date.UTC(2026, 2, 21))
    const both = await listEvents(context, { client: 'acme' })
    expect(both.map(({ uid, due, sequence }) => [uid, due, sequence])).toEqual([
      ['key-acme.openai.key_1~20~superseded-rotation@castellan', '20260401', '1'],
      ['key-acme.openai.key_1-rotation@castellan', '20260618', '1'],
    ])

    read([second], Date.UTC(2026, 2, 22))
    expect((await listEvents(context, { client: 'acme' })).map(({ uid, due }) => [uid, due])).toEqual([
      ['key-acme.openai.key_1-rotation@castellan', '20260618'],
    ])
  })

  test('is limited to a client and to a contact, with the alarms of the policy', async () => {
    const { context } = await newService()
    const register = makeRegister(context)
    for (const slug of ['acme', 'beta']) {
      const connection = newConnection(register, slug)
      register.transact((writer) => {
        applyReading(
          writer,
          getReading(connection, [
            { source: 'keys', facts: [key('key_1', { project: null }), key('key_2', { project: null })] },
          ]),
        )
        writer.run(
          "UPDATE logical_key SET contact = 'ops@example.com' WHERE id IN (SELECT logical_key_id FROM key WHERE external_id = 'key_2')",
        )
        if (slug === 'beta') setPolicyValues(writer, 2, { leadDays: [3] })
      })
    }
    expect(await listEvents(context)).toHaveLength(4)
    expect((await listEvents(context, { client: 'beta' })).map(({ alarms }) => alarms)).toEqual([1, 1])
    const mine = await listEvents(context, { client: 'acme', contact: 'ops@example.com' })
    expect(mine.map(({ uid }) => uid)).toEqual(['key-acme.openai.key_2-rotation@castellan'])
    expect((await renderCalendar(context, { client: 'acme', contact: 'ops@example.com' })).text).toContain(
      'X-WR-CALNAME:Key rotation: acme\\, ops@example.com\r\n',
    )
    await expect(renderCalendar(context, { client: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('has an event for each scheduled review, which moves when one is signed and keeps its id', async () => {
    const { api, clock, service } = await seeded()
    await api.policy.set({ client: 'acme', values: { reviewer: 'Mara', reviewLeadDays: [7, 0] } })
    const before = await listReviews(service.context, { client: 'acme' })
    expect(before.map(({ uid, due, sequence, alarms }) => [uid, due, sequence, alarms])).toEqual([
      ['review-acme.admins@castellan', '20260501', '0', 2],
      ['review-acme.keys@castellan', '20260501', '0', 2],
      ['review-acme.roles@castellan', '20260701', '0', 2],
      ['review-acme.membership@castellan', '20260701', '0', 2],
    ])
    expect(before[0]).toMatchObject({ summary: 'Review Administrators (acme)' })
    expect(before[0]?.description).toContain('Reviewer: Mara')
    clock.now += 20 * DAY
    const { reviewId } = await api.reviews.open({ kind: 'admins', client: 'acme' })
    await api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'In charge.' })
    await api.reviews.sign({ reviewId, as: 'Mara' })
    const after = await listReviews(service.context, { client: 'acme', contact: 'Mara' })
    expect(after.map(({ uid, due, sequence }) => [uid, due, sequence])).toContainEqual([
      'review-acme.admins@castellan',
      '20260521',
      '1',
    ])
    expect(await listReviews(service.context, { client: 'acme', contact: 'ops@example.com' })).toEqual([])
  })

  test('is written to a file, and is in the journal', async () => {
    const { context } = await newService()
    const connection = newConnection(makeRegister(context), 'acme')
    makeRegister(context).transact((writer) =>
      applyReading(writer, getReading(connection, [{ source: 'keys', facts: [key('key_1', { project: null })] }])),
    )
    const path = join(mkdtempSync(join(tmpdir(), 'castellan-export-')), 'rotation.ics')
    const written = await exportCalendar(context, { client: 'acme', path })
    expect(written).toMatchObject({ path, rows: 5, bytes: readFileSync(path).length })
    expect(readFileSync(path, 'utf8')).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/u)
    expect(getReader(context).get('SELECT action, client, subject FROM journal ORDER BY seq DESC LIMIT 1')).toEqual({
      action: 'calendar.exported',
      client: 'acme',
      subject: 'Rotation calendar',
    })
  })
})
