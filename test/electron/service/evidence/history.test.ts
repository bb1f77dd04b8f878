import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import type { LogLines } from '../../../../electron/service/evidence/history/follow-log.ts'
import { listSignedActs } from '../../../../electron/service/evidence/history/signed-acts.ts'
import { makeLogLines } from '../../../../electron/service/evidence/history/history-lines.ts'
import { describeDevice } from '../../../../electron/team/found.ts'
import { fromHex, toHex } from '../../../../electron/team/hex.ts'
import { parseOp } from '../../../../shared/team/op.ts'
import { VOID_WORDS } from '../../../../shared/team/verdict.ts'
import { type HistoryEntry, historyLine, parseHistoryLine } from '../../../../shared/report/evidence-history.ts'
import { forge, opText } from '../../team/forge.ts'
import { crypto, nextUuid, readAll } from '../../team/world.ts'
import { concludeLines, type ReviewedTeam, reviewTeam, showTeam } from './shown-teams.ts'

let of: ReviewedTeam
let lines: readonly [LogLines, LogLines]

beforeAll(async () => {
  of = await reviewTeam()
  lines = showTeam(of.founder.replica, of.client)
})

const entriesOf = (log: LogLines): readonly HistoryEntry[] => log.entries.flatMap((entry) => entry ?? [])

describe('the history in a pack of a team', () => {
  it('shows every entry of the client with the verdict that devices have, and who did what by which key', () => {
    const { team, decisions, problems } = concludeLines(lines)
    expect(problems).toEqual([])
    expect(team?.membership.name).toBe('Agency')
    const held = readAll(of.founder.replica, of.client).slice(-entriesOf(lines[1]).length)
    expect(entriesOf(lines[1]).map(({ reason }) => reason)).toEqual(
      held.map(({ verdict }) => (verdict.kind === 'void' ? verdict.reason : null)),
    )
    const review = String(decisions?.effective[0]?.op.body['reviewUid'])
    const acts = listSignedActs(team!, decisions!, review)
    expect(acts.map(({ act, member, role }) => [act, member.name, role])).toEqual([
      ['opened the review', 'anna', 'reviewer'],
      ['decided 1 item', 'anna', 'reviewer'],
      ['reverted decisions', 'anna', 'reviewer'],
      ['decided 2 items', 'anna', 'reviewer'],
      ['decided 1 item', 'Founder', 'owner'],
      ['signed the review', 'Founder', 'owner'],
      ['acknowledged the review', 'ben', 'lead'],
    ])
    expect(acts.every(({ enrolledBy }) => enrolledBy === 'Founder')).toBe(true)
    expect(new Set(acts.map(({ key }) => key)).size).toBe(3)
  })

  it('ends in the heads that devices hold, and names no member, device or client that has no part in it', () => {
    const { team, decisions } = concludeLines(lines)
    expect(decisions?.last.head).toBe(toHex(of.anna.replica.stream(of.client).place.head))
    expect(team?.last.head).toBe(toHex(of.founder.replica.stream(of.founder.replica.team).place.head))
    expect(team?.hidden).toBeGreaterThan(0)
    const texts = lines.flatMap(({ texts: all }) => all).join('\n')
    for (const name of ['carol', of.carol.member, of.carol.device, of.other]) expect(texts).not.toContain(name)
    for (const name of ['anna', 'ben', 'Founder']) expect(texts).toContain(name)
  })

  it('is read back from its lines alone', () => {
    const again = lines.map((log) => ({
      ...log,
      entries: entriesOf(log).map((entry) => parseHistoryLine(historyLine(entry))),
    }))
    expect(again).toEqual(lines)
    fc.assert(fc.property(fc.string(), (text) => parseHistoryLine(text) === null))
  })
})

describe('a history that was changed', () => {
  const OTHER: Partial<Record<keyof HistoryEntry, unknown>> = {
    reason: 'not-allowed',
    seq: 99,
    deviceSeq: 99,
    generation: 2,
    opset: 7,
    teamSeq: 1,
  }

  it.each([
    'seq',
    'previous',
    'stream',
    'op',
    'device',
    'deviceSeq',
    'generation',
    'opset',
    'teamSeq',
    'opHash',
    'sealedHash',
    'signature',
    'head',
    'reason',
  ] as const)('in the field %s of an entry is not sound', (field) => {
    for (const log of [0, 1] as const) {
      for (const at of [0, 1, entriesOf(lines[log]).length - 1]) {
        const entry = entriesOf(lines[log])[at]!
        if (field === 'reason' && entry.reason !== null) continue
        const is = entry[field]
        const flipped = typeof is === 'string' ? is.replace(/.$/u, (last) => (last === '0' ? '1' : '0')) : OTHER[field]
        const changed = {
          ...lines[log],
          entries: entriesOf(lines[log]).with(at, { ...entry, [field]: flipped }),
        }
        const { problems } = concludeLines(log === 0 ? [changed, lines[1]] : [lines[0], changed])
        expect(problems.length > 0 || `${field} of ${at} in ${changed.log}`).toBe(true)
      }
    }
  })

  it('in any character of an operation, or in its order, is not sound', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1), fc.nat(), fc.nat(), (log, row, place) => {
        const texts = lines[log].texts
        const shown = texts.flatMap((text, index) => (text === '' ? [] : [index]))
        const at = shown[row % shown.length]!
        const text = texts[at]!
        const cut = place % text.length
        const changed = { ...lines[log], texts: texts.with(at, text.slice(0, cut) + text.slice(cut + 1)) }
        expect(concludeLines(log === 0 ? [changed, lines[1]] : [lines[0], changed]).problems).not.toEqual([])
      }),
      { numRuns: 20 },
    )
    const swapped = { ...lines[1], entries: lines[1].entries.toReversed(), texts: lines[1].texts.toReversed() }
    expect(concludeLines([lines[0], swapped]).problems).not.toEqual([])
    const cut = { ...lines[1], entries: lines[1].entries.toSpliced(2, 1), texts: lines[1].texts.toSpliced(2, 1) }
    expect(concludeLines([lines[0], cut]).problems[0]?.says).toContain('has the position')
  })

  it('by a member who enrols a device of their own under the name of another, is not sound', async () => {
    const { founder, anna, ben } = of
    const { team } = founder.replica
    await anna.exchange()
    const keys = crypto.createDeviceKeys()
    const device = nextUuid()
    const body = { v: 1, memberUid: ben.member, login: 'c_other', ...describeDevice({ device, keys }) }
    const text = opText({ kind: 'device.enrolled', body })
    const entry = forge(anna, team, text)
    const verdict = { kind: 'effective', op: parseOp(text)!, member: anna.member } as const
    const [log, last] = [lines[0], entriesOf(lines[0]).at(-1)!]
    const more = makeLogLines('team', [{ entry, verdict }], fromHex(last.head), () => true)
    expect(last.seq).toBe(entry.seq - 1)
    const forged = { ...log, entries: [...log.entries, ...more.entries], texts: [...log.texts, ...more.texts] }
    const { problems } = concludeLines([forged, lines[1]])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ file: 'team-operations.jsonl', row: forged.entries.length })
    expect(problems[0]?.says).toContain(VOID_WORDS['not-allowed'])
  })

  it('only in that a text is not shown, as one that looks like a secret, is sound, and counts as not shown', () => {
    const [team, client] = lines
    const at = entriesOf(client).findIndex(
      ({ reason }, index) => reason === null && client.texts[index]!.includes('"kind":"review.decided"'),
    )
    const { problems, decisions } = concludeLines([team, { ...client, texts: client.texts.with(at, '') }])
    expect([problems, decisions?.hidden]).toEqual([[], 1])
  })

  it('by hiding who enrolled a device, or by calling a void entry effective, is not sound', () => {
    const [team, client] = lines
    const hide = (kind: string): LogLines => ({
      ...team,
      texts: team.texts.map((text) => (text.includes(`"kind":"${kind}"`) ? '' : text)),
    })
    for (const kind of ['team.founded', 'device.enrolled', 'access.granted', 'member.added']) {
      expect(concludeLines([hide(kind), client]).problems.length > 0 || kind).toBe(true)
    }
    for (const [at, entry] of entriesOf(client).entries()) {
      if (entry.reason === null || ['review-open-already', 'review-unknown-review'].includes(entry.reason)) continue
      const effective = { ...client, entries: client.entries.with(at, { ...entry, reason: null }) }
      expect(concludeLines([team, effective]).problems.length > 0 || entry.reason).toBe(true)
    }
  })
})
