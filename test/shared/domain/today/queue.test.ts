import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { makeRows, type Row } from '../../../../shared/domain/today/queue.ts'
import { compareRanked } from '../../../../shared/domain/today/rank.ts'
import { detailRow, explainRow, sayRow } from '../../../../shared/domain/today/say.ts'
import { makeAction } from '../../../../shared/domain/today/action.ts'
import { client, matter, someMatters, TODAY } from './matters.ts'

const ids = (rows: readonly Row[]): string[] => rows.map(({ id }) => id)

describe('the rows of Today', () => {
  it('hold every matter once, and the matters of one subject in one row', () => {
    fc.assert(
      fc.property(someMatters, (matters) => {
        const rows = makeRows(matters, TODAY)
        const held = rows.flatMap((row) => row.matters)
        expect(held.toSorted(byPlace)).toEqual(matters.toSorted(byPlace))
        expect(new Set(ids(rows)).size).toBe(rows.length)
        for (const { key } of matters) {
          expect(rows.filter((row) => row.matters.some((own) => own.key === key))).toHaveLength(1)
        }
      }),
    )
  })

  it('are in their order, whatever the order of the matters', () => {
    fc.assert(
      fc.property(someMatters, fc.integer(), (matters, seed) => {
        const rows = makeRows(matters, TODAY)
        expect(rows).toEqual(rows.toSorted(compareRanked))
        const shuffled = matters.toSorted((a, b) => mix(a.key + a.client.slug, seed) - mix(b.key + b.client.slug, seed))
        expect(makeRows(shuffled, TODAY)).toEqual(rows)
      }),
    )
  })

  it('are never more than a person reads, and each has a sentence, a reason and one action', () => {
    fc.assert(
      fc.property(someMatters, (matters) => {
        const rows = makeRows(matters, TODAY)
        // 3 leavers and the rest; 4 + 3 + 1 + 0 findings and the rests of four severities; the invites.
        expect(rows.length).toBeLessThanOrEqual(17)
        for (const row of rows) {
          expect(sayRow(row, TODAY)).toMatch(/^\S.*[^.]$/u)
          expect(explainRow(row, TODAY)).toMatch(/^(?:Critical|High|Medium|Low) risk, .*\.$/u)
          expect(detailRow(row)).not.toMatch(/undefined|NaN/u)
          expect(makeAction(row).label).not.toBe('')
        }
      }),
    )
  })

  it('join what is beyond the first leavers, and count them as further ones', () => {
    const leavers = [1, 2, 3, 4, 5].map((personId) =>
      matter({
        key: `leaver-${personId}`,
        risk: 'critical',
        age: personId,
        subject: {
          kind: 'leaver',
          personId,
          name: `Person ${personId}`,
          leftOn: '2026-11-20',
          privileged: personId === 5,
          accounts: 1,
          keys: 0,
          invites: 0,
          usedOn: null,
        },
      }),
    )
    const rows = makeRows(leavers, TODAY)
    expect(rows.map((row) => sayRow(row, TODAY))).toEqual([
      'Person 5 left 6 days ago and is still an owner or admin',
      'Person 4 left 6 days ago and still has access',
      'Person 3 left 6 days ago and still has access',
      '2 further leavers still have access',
    ])
    expect(ids(rows).at(-1)).toBe('leavers')
    expect(makeRows(leavers.slice(0, 4), TODAY)).toHaveLength(4)
  })

  it('of one leaver in two clients are one, with the sums and both clients', () => {
    const subject = {
      kind: 'leaver',
      personId: 7,
      name: 'Darius Wendt',
      leftOn: '2026-11-20',
      privileged: true,
      accounts: 1,
      keys: 1,
      invites: 0,
      usedOn: null,
    } as const
    const rows = makeRows(
      [
        matter({ key: 'leaver-7', risk: 'critical', reach: 2, subject }),
        matter({
          key: 'leaver-7',
          client: client('borealis'),
          risk: 'critical',
          reach: 2,
          subject: { ...subject, usedOn: '2026-11-25' },
        }),
      ],
      TODAY,
    )
    expect(rows.map((row) => sayRow(row, TODAY))).toEqual([
      'Darius Wendt left 6 days ago and is still an owner or admin in 2 clients',
    ])
    expect(rows.map(detailRow)).toEqual(['2 accounts, 2 personal keys · used on 25 Nov 2026, after the departure'])
    expect(rows.map(makeAction)).toEqual([{ label: 'Remove access…', target: { to: 'leaver', personId: 7 } }])
  })

  it('of several reviews count those that are overdue: not all of them because one is', () => {
    const review = (slug: string, dueOn: string) =>
      matter({
        key: 'review-keys',
        client: client(slug),
        risk: dueOn < TODAY ? 'high' : 'medium',
        subject: { kind: 'review', review: 'keys', dueOn, openReviewId: null, items: 0, decided: 0 },
      })
    const says = (...days: readonly string[]) =>
      makeRows(
        days.map((day, at) => review(`client-${at}`, day)),
        TODAY,
      ).map((row) => sayRow(row, TODAY))
    expect(says('2026-11-20', '2026-11-28', '2026-11-29')).toEqual([
      '3 reviews of keys are due, 1 of them overdue by 6 days',
    ])
    expect(says('2026-11-20', '2026-11-21', '2026-11-29')).toEqual([
      '3 reviews of keys are due, 2 of them overdue, the oldest by 6 days',
    ])
    expect(says('2026-11-20', '2026-11-21')).toEqual(['2 reviews of keys are overdue, the oldest by 6 days'])
  })

  it('that join several subjects have the reach of all of them in their reason', () => {
    const finding = (at: number) =>
      matter({
        key: `finding-${at}`,
        client: client(`client-${at % 5}`),
        risk: 'medium',
        reach: 3,
        subject: {
          kind: 'finding',
          rule: `rule-${at}`,
          title: `Rule ${at}`,
          subjectKind: 'key',
          count: 3,
          findingId: at,
          name: '',
          says: '',
        },
      })
    const row = makeRows(
      Array.from({ length: 6 }, (_, at) => finding(at)),
      TODAY,
    ).find(({ joined }) => joined > 1)
    expect(row && explainRow(row, TODAY)).toMatch(/^Medium risk, 15 items in [45] clients/u)
  })

  it('of keys name the count and the oldest; a single key by its name', () => {
    const keys = (count: number, firstDueOn: string, slug: string) =>
      matter({
        key: 'keys-overdue-admin',
        client: client(slug),
        risk: 'critical',
        reach: count,
        subject: {
          kind: 'keys',
          use: 'admin',
          when: 'overdue',
          count,
          firstDueOn,
          lastDueOn: firstDueOn,
          keyId: 4,
          name: 'ops-\u202Eadmin',
        },
      })
    const many = makeRows([keys(2, '2026-04-28', 'acme'), keys(1, '2026-11-01', 'borealis')], TODAY)
    expect(many.map((row) => sayRow(row, TODAY))).toEqual([
      '3 admin keys are past their rotation date, the oldest by 212 days',
    ])
    expect(many.map(makeAction)).toEqual([
      { label: 'Rotate…', target: { to: 'keys', rotation: 'overdue', isAdmin: true } },
    ])
    const one = makeRows([keys(1, '2026-11-25', 'acme')], TODAY)
    expect(one.map((row) => sayRow(row, TODAY))).toEqual([
      'Admin key ops-<U+202E>admin is past its rotation date by 1 day',
    ])
    expect(one.map(makeAction)).toEqual([{ label: 'Rotate…', target: { to: 'key', keyId: 4 } }])
  })

  it('of connections name what is wrong and why, with the button that mends it', () => {
    const connection = (problem: 'refused' | 'partial', connectionId: number) =>
      matter({
        key: `connection-${connectionId}`,
        risk: 'critical',
        subject: {
          kind: 'connection',
          connectionId,
          label: 'Quillmarsh on OpenAI',
          provider: 'OpenAI',
          problem,
          reason: 'OpenAI rejected this key (401).',
          lastSyncOn: '2026-11-23',
          keys: 96,
        },
      })
    const rows = makeRows([connection('refused', 1), connection('partial', 2)], TODAY)
    expect(rows.map((row) => sayRow(row, TODAY))).toEqual([
      'OpenAI rejects the admin key of Quillmarsh on OpenAI',
      'Quillmarsh on OpenAI was synced only in part',
    ])
    expect(detailRow(rows[0] as Row)).toBe(
      'Last sync 23 Nov 2026, 96 keys may have changed since · OpenAI rejected this key (401).',
    )
    expect(makeAction(rows[0] as Row)).toEqual({
      label: 'Replace key…',
      target: { to: 'connection', connectionId: 1, fix: 'replace-key' },
    })
  })
})

function byPlace(a: ReturnType<typeof matter>, b: ReturnType<typeof matter>): number {
  return `${a.key} ${a.client.slug}`.localeCompare(`${b.key} ${b.client.slug}`)
}

function mix(text: string, seed: number): number {
  let sum = seed
  for (const sign of text) sum = (Math.imul(sum, 31) + (sign.codePointAt(0) ?? 0)) | 0
  return sum
}
