import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import * as fc from 'fast-check'
import ical, {
  escape,
  ICalAlarmRelatesTo,
  ICalAlarmType,
  ICalEventBusyStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { describe, expect, test } from 'vitest'

import {
  budgetUid,
  type RotationCalendar,
  rotationCalendarPieces,
  rotationUid,
  type RotationEvent,
} from '../../../shared/report/calendar.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { hasVisible, plainText } from '../../../shared/domain/text/visible-text.ts'
import { hostileText } from './hostile-text.ts'
import { drillRuns } from '../../drills/drill.ts'
import { RAW, readBack } from '../../hostile-register.ts'

const GENERATED_AT = Date.UTC(2026, 10, 2, 9, 14, 3)

function event(over: Partial<RotationEvent> = {}): RotationEvent {
  return {
    uid: 'key-acme.openai.key_1-rotation@castellan',
    sequence: 0,
    dueOn: '2026-12-31',
    key: 'prod-web-api',
    client: 'Acme Corp',
    details: ['Client: Acme Corp', 'Purpose: api'],
    leadDays: [30, 14, 7, 1, 0],
    ...over,
  }
}

function rotationCalendar(calendar: RotationCalendar): string {
  return [...rotationCalendarPieces(calendar)].join('')
}

function getCalendar(events: readonly RotationEvent[], name = 'Key rotation'): string {
  return rotationCalendar({
    name,
    generatedAt: GENERATED_AT,
    today: '2026-11-02',
    events,
    reviews: [],
    budgets: [],
    reports: [],
  })
}

/** The same calendar, written by the library alone. */
function libraryCalendar(events: readonly RotationEvent[], name: string): string {
  const plain = (text: string): string => plainText(said(text)).replaceAll(/\r\n?/gu, '\n')
  const stamp = new Date(GENERATED_AT)
  const calendar = ical({
    prodId: { company: 'Castellan', product: 'Castellan', language: 'EN' },
    name: escape(plain(name), false),
  })
  for (const { uid, sequence, dueOn, key, client, details, leadDays } of events) {
    const made = calendar.createEvent({
      id: uid,
      sequence,
      stamp,
      lastModified: stamp,
      start: new Date(`${dueOn}T00:00:00Z`),
      allDay: true,
      summary: plain(`Rotate ${key} (${client})`),
      description: plain(details.join('\n')),
      categories: hasVisible(client) ? [{ name: plain(client) }] : [],
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
    })
    for (const lead of leadDays.toSorted((a, b) => b - a)) {
      const when = ['today', 'tomorrow'][lead] ?? `in ${lead} days`
      const description = plain(`${key} of ${client} is due for rotation ${when}`)
      const alarm = made.createAlarm({ type: ICalAlarmType.display, trigger: lead * 86_400 - 9 * 3600, description })
      alarm.relatesTo(ICalAlarmRelatesTo.start)
    }
  }
  return `${calendar.toString()}\r\n`
}

/** Content lines, unfolded (RFC 5545, 3.1). */
function contentLines(calendar: string): string[] {
  return calendar.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)
}

/** The text of a TEXT value (RFC 5545, 3.3.11). */
function toText(line: string | undefined): string {
  return (line ?? '').replaceAll(/\\([\\;,nN])/gu, (_, sign: string) => (/n/iu.test(sign) ? '\n' : sign))
}

function valueOf(lines: readonly string[], name: string): string | undefined {
  return lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1)
}

describe('the rotation calendar', () => {
  test('has an event without a time of day for each key, with an alarm on each lead day', () => {
    const lines = contentLines(getCalendar([event()]))
    expect(lines[0]).toBe('BEGIN:VCALENDAR')
    expect(lines.at(-1)).toBe('END:VCALENDAR')
    expect(lines).toEqual(
      expect.arrayContaining([
        'VERSION:2.0',
        'PRODID:-//Castellan//Castellan//EN',
        'UID:key-acme.openai.key_1-rotation@castellan',
        'SEQUENCE:0',
        'DTSTAMP:20261102T091403Z',
        'LAST-MODIFIED:20261102T091403Z',
        'DTSTART;VALUE=DATE:20261231',
        'SUMMARY:Rotate prod-web-api (Acme Corp)',
        'DESCRIPTION:Client: Acme Corp\\nPurpose: api',
        'TRANSP:TRANSPARENT',
      ]),
    )
    // Nine in the morning, thirty, fourteen, seven and one day before, and on the day itself.
    expect(lines.filter((line) => line.startsWith('TRIGGER'))).toEqual([
      'TRIGGER;RELATED=START:-P29DT15H',
      'TRIGGER;RELATED=START:-P13DT15H',
      'TRIGGER;RELATED=START:-P6DT15H',
      'TRIGGER;RELATED=START:-PT15H',
      'TRIGGER;RELATED=START:PT9H',
    ])
  })

  test('has what is overdue as an event of today, with an alarm that is still to come, and no event of the past', () => {
    const common = { client: 'Acme', sequence: 0, details: [], leadDays: [30, 0] }
    const calendar = rotationCalendar({
      name: 'Key rotation',
      generatedAt: GENERATED_AT,
      today: '2026-11-02',
      events: [event({ dueOn: '2026-10-01' }), event({ uid: 'today@castellan', dueOn: '2026-11-02' })],
      reviews: [{ ...common, uid: 'review@castellan', dueOn: '2026-09-30', review: 'Roles' }],
      budgets: [],
      reports: [{ uid: 'report@castellan', dueOn: '2026-10-30', report: 'weekly report', client: 'Acme', details: [] }],
    })
    const events = calendar.replaceAll('\r\n ', '').split('BEGIN:VEVENT\r\n').slice(1)
    expect(events.map((text) => /^DTSTART;VALUE=DATE:(\d+)/mu.exec(text)?.[1])).toEqual(Array(4).fill('20261102'))
    const [overdue = '', due = '', review = '', report = ''] = events
    expect(overdue).toContain('SUMMARY:Rotate prod-web-api (Acme Corp)\\, overdue since 1 Oct 2026\r\n')
    expect(overdue).toContain(
      'DESCRIPTION:The rotation of prod-web-api of Acme Corp has been overdue since 1 Oct 2026\r\n',
    )
    expect(due).toContain('SUMMARY:Rotate prod-web-api (Acme Corp)\r\n')
    expect(review).toContain('SUMMARY:Review Roles (Acme)\\, overdue since 30 Sep 2026\r\n')
    expect(report).toContain('SUMMARY:Create the weekly report (Acme)\\, overdue since 30 Oct 2026\r\n')
    const hour = Math.min(23, Math.max(9, new Date(GENERATED_AT).getHours() + 1))
    for (const text of [overdue, review, report]) {
      expect(text.match(/^TRIGGER[^\r]*/gmu)).toEqual([`TRIGGER;RELATED=START:PT${hour}H`])
    }
  })

  test('is the same on every machine, whatever its time zone', () => {
    const zones = ['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu']
    const before = process.env['TZ']
    try {
      const texts = zones.map((zone) => {
        process.env['TZ'] = zone
        return getCalendar([event()])
      })
      expect(new Set(texts).size).toBe(1)
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })

  test('keeps every text in its own line, folded to 75 octets', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (key, client, detail) => {
        const calendar = getCalendar(
          [event({ key, client, details: [detail, '.'] }), event({ uid: 'b@castellan' })],
          client,
        )
        expect(calendar.endsWith('END:VCALENDAR\r\n')).toBe(true)
        for (const line of calendar.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          // oxlint-disable-next-line no-control-regex -- RFC 5545 allows no other control character than a tab
          expect(line).not.toMatch(/[\0-\x08\x0a-\x1f\x7f]/u)
        }
        const lines = contentLines(calendar)
        for (const line of lines) expect(line).toMatch(/^[A-Z][A-Z0-9-]*[;:]/u)
        expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(2)
        expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(2)
        expect(lines.filter((line) => line.startsWith('UID'))).toHaveLength(2)
        expect(lines.filter((line) => line.startsWith('DTSTART'))).toHaveLength(2)
        expect(lines.filter((line) => line.startsWith('ATTACH') || line.startsWith('URL'))).toHaveLength(0)
        const lf = (text: string): string => text.replaceAll(/\r\n?/gu, '\n')
        expect(readBack(toText(valueOf(lines, 'SUMMARY')))).toBe(readBack(lf(said(`Rotate ${key} (${client})`))))
        expect(readBack(toText(valueOf(lines, 'DESCRIPTION')))).toBe(readBack(lf(said(`${detail}\n.`))))
        // A fold may split a flag, which is whole again in the line that a reader joins.
        expect(lines.join('\n')).not.toMatch(RAW)
      }),
      drillRuns('calendars'),
    )
  })

  test('is what the library writes of the same events', () => {
    const text = fc.oneof(hostileText, fc.string(), fc.string({ minLength: 60, maxLength: 200 }))
    const days = fc.uniqueArray(fc.nat(400), { maxLength: 4 })
    fc.assert(
      fc.property(text, text, text, days, fc.nat(9), (key, client, detail, leadDays, sequence) => {
        const drawn = event({ key, client, details: [detail, 'Team: web'], leadDays, sequence })
        const events = [drawn, event({ uid: 'b@castellan', dueOn: '2027-01-01' })]
        expect(getCalendar(events, client)).toBe(libraryCalendar(events, client))
      }),
      { numRuns: 200 },
    )
  })

  test('has no line for a reader that ends lines at other characters too', () => {
    const name = '\u2028BEGIN:VCALENDAR\u2029END:VEVENT\vA:1\fB:1\u0085C:1\u001CD:1\rE:1'
    const calendar = getCalendar([event({ key: name, client: name, details: [name] })], name)
    // Characters that `str.splitlines` of Python takes for the end of a line.
    // oxlint-disable-next-line no-control-regex -- control characters are what it ends lines at
    expect(calendar.split(/\r\n|[\n\v\f\r\u001C-\u001E\u0085\u2028\u2029]/u)).toEqual(calendar.split('\r\n'))
  })

  test('names a key by the same id through its rotations, and no two keys alike', () => {
    const of = { client: 'acme-corp', provider: 'openai', firstKeyId: 'key_abc' }
    expect(rotationUid(of)).toBe('key-acme-corp.openai.key_abc-rotation@castellan')
    fc.assert(
      fc.property(
        fc.oneof(hostileText, fc.string({ unit: fc.constantFrom('~', '2', '0', ' ', '-', '.') })),
        hostileText,
        (a, b) => {
          const uid = rotationUid({ ...of, firstKeyId: a })
          expect(uid).toMatch(/^[A-Za-z0-9_.@~-]+$/u)
          expect(rotationUid({ ...of, firstKeyId: b }) === uid).toBe(said(a) === said(b))
        },
      ),
    )
  })
})

describe('the calendar in pieces', () => {
  const sample = (count: number): RotationCalendar => ({
    name: 'Key rotation: Größe; "x", \\n 👩‍👩‍👧',
    generatedAt: GENERATED_AT,
    today: '2026-11-02',
    events: Array.from({ length: count }, (_, n) =>
      event({
        uid: `key-${n}@castellan`,
        key: `prod-${n} ${'ä, ; 👩‍👩‍👧 '.repeat(n % 9)}`,
        sequence: n % 4,
        leadDays: n % 3 === 0 ? [] : [30, 7, n % 5],
        details: ['Client: Acme Corp', `Purpose: \r\nBEGIN:VEVENT ${'long '.repeat(n % 40)}`],
      }),
    ),
    reviews: [
      {
        uid: 'review-a@castellan',
        sequence: 2,
        dueOn: '2026-12-01',
        review: 'Roles',
        client: 'Acme Corp',
        details: [],
        leadDays: [7],
      },
    ],
    budgets: [{ uid: 'budget-a@castellan', on: '2026-11-20', summary: 'Budget', client: '', details: ['x'] }],
    reports: [{ uid: 'report-a@castellan', dueOn: '2026-11-23', report: 'weekly', client: 'Acme', details: [] }],
  })

  test('is byte for byte the calendar that the library writes of all events together', () => {
    // Hashes of the version that passed all events to one calendar of the library, with the present words.
    const whole = new Map([
      [0, 'cbbbf58d9b861e2d60d2cf7b8cc41e8af22a38ed541ff6e7b80b07d68cf4172c'],
      [1, '534df44a89479b7868400c198d64c47cd1482c5acef24a5b865272236fba713f'],
      [7, 'f8b46927f8d441cee2cf0b0d1678d69d4345341906701a66e2c5fce27b635040'],
      [500, 'dcbf501a70ae259412d196cee5ab06866e60f84cb2ad359f44db9359381eb466'],
    ])
    for (const [count, sha256] of whole) {
      const pieces = [...rotationCalendarPieces(sample(count))]
      expect(createHash('sha256').update(pieces.join('')).digest('hex')).toBe(sha256)
    }
  })

  test('holds no more than a piece at a time, however many events there are', () => {
    const longest = (count: number): number =>
      Math.max(...[...rotationCalendarPieces(sample(count))].map((piece) => piece.length))
    expect(longest(2000)).toBeLessThanOrEqual(longest(1000) * 1.1)
    expect([...rotationCalendarPieces(sample(2000))].length).toBeGreaterThan(10)
  })

  test('requests an event only when its piece is written', () => {
    let asked = 0
    function* events(): Generator<RotationEvent> {
      for (; asked < 10_000; asked += 1) yield event({ uid: `key-${asked}@castellan` })
    }
    const pieces = rotationCalendarPieces({ ...sample(0), events: events() })
    pieces.next()
    pieces.next()
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(1000)
  })
})

const hasKhal = spawnSync('khal', ['--version']).status === 0

describe.skipIf(!hasKhal)(`khal${hasKhal ? '' : ' (not installed here)'}`, () => {
  /** A calendar program with its own folders, and its list of events. */
  function program(): { readonly calendar: string; readonly run: (...args: readonly string[]) => string } {
    const home = mkdtempSync(join(tmpdir(), 'castellan-khal-'))
    const calendar = join(home, 'rotation')
    mkdirSync(calendar)
    const config = join(home, 'config')
    writeFileSync(
      config,
      [
        '[calendars]\n[[rotation]]\npath = ' + calendar,
        '[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\ntimeformat = %H:%M\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin',
        `[default]\ndefault_calendar = rotation\n[sqlite]\npath = ${join(home, 'khal.db')}`,
      ].join('\n'),
    )
    const run = (...args: readonly string[]): string =>
      execFileSync('khal', ['-c', config, ...args], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home },
      })
    return { calendar, run }
  }

  test('accepts the calendar, and the newer one in place of the older', () => {
    const { calendar, run } = program()
    const file = join(calendar, '..', 'rotation.ics')
    const list = (): string[] =>
      run('list', '--format', '{start-date} {title}', '--day-format', '', '2026-12-01', '120d').trim().split('\n')
    // khal leaves its temporary files behind when it replaces an event.
    const files = (): string[] => readdirSync(calendar).filter((name) => name.endsWith('.ics'))
    const other = event({ uid: 'key-b@castellan', key: 'Größe; "x", \\n \n👩‍👩‍👧', dueOn: '2027-01-02' })
    writeFileSync(file, getCalendar([event(), other]))
    run('import', '--batch', file)
    expect(list()[0]).toBe('2026-12-31 Rotate prod-web-api (Acme Corp)')
    expect(files()).toHaveLength(2)
    writeFileSync(file, getCalendar([event({ sequence: 1, dueOn: '2027-03-01' }), other]))
    run('import', '--batch', file)
    expect(files()).toHaveLength(2)
    expect(list().filter((line) => line.includes('prod-web-api'))).toEqual([
      '2027-03-01 Rotate prod-web-api (Acme Corp)',
    ])
    const stored = files().map((name) => readFileSync(join(calendar, name), 'utf8'))
    expect(stored.join('').match(/BEGIN:VALARM/gu)).toHaveLength(10)
  })
})

describe('the events of budgets', () => {
  const budgets = (summary: string, on = '2026-11-20'): string =>
    rotationCalendar({
      name: 'Key rotation',
      generatedAt: GENERATED_AT,
      today: '2026-11-02',
      events: [],
      reviews: [],
      reports: [],
      budgets: [
        {
          uid: budgetUid({ place: 'acme budget of project 7', month: '2026-11', what: 'forecast' }),
          on,
          summary,
          client: 'Acme Corp',
          details: ['Client: Acme Corp'],
        },
      ],
    }).replaceAll('\r\n ', '')

  test('are on their day, without an alarm, under an id that does not change with the forecast', () => {
    const written = budgets('Budget of Web reaches 500.00 USD by forecast')
    expect(written).toContain('DTSTART;VALUE=DATE:20261120\r\n')
    expect(written).toContain('SUMMARY:Budget of Web reaches 500.00 USD by forecast (Acme Corp)\r\n')
    expect(written).not.toContain('BEGIN:VALARM')
    const uid = 'UID:budget-acme~20~budget~20~of~20~project~20~7.2026-11.forecast@castellan\r\n'
    expect(written).toContain(uid)
    expect(budgets('Another', '2026-11-21')).toContain(uid)
  })

  test('keep a name in its own line, whatever it contains', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const lines = budgets(`Budget of ${name} reaches 1.00 USD by forecast`).split('\r\n')
        expect(lines.filter((line) => line.startsWith('BEGIN:VEVENT'))).toHaveLength(1)
        expect(lines.filter((line) => line.startsWith('SUMMARY:'))).toHaveLength(1)
      }),
    )
  })
})
