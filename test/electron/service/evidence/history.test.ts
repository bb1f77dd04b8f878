import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import type { LogLines } from '../../../../electron/service/evidence/history/follow-log.ts'
import { listSignedActs } from '../../../../electron/service/evidence/history/signed-acts.ts'
import {
  batchLine,
  type HistoryBatch,
  type HistoryOperation,
  operationLine,
  parseBatchLine,
  parseOperationLine,
} from '../../../../shared/report/evidence-history.ts'
import { concludeLines, type ReviewedTeam, reviewTeam, showTeam } from './shown-teams.ts'

let of: ReviewedTeam
let lines: readonly [LogLines, LogLines]

beforeAll(async () => {
  of = await reviewTeam()
  lines = showTeam(of.founder, of.client, of.review)
})

const batchesOf = (log: LogLines): readonly HistoryBatch[] => log.batches.flatMap((batch) => batch ?? [])
const operationsOf = (log: LogLines): readonly HistoryOperation[] => log.operations.flatMap((one) => one ?? [])
const headIn = ({ store }: ReviewedTeam['anna'], log: string): string =>
  Buffer.from(store.log(log)?.head ?? []).toString('hex')

/** Both logs with one of them changed. */
function exchanged(which: 0 | 1, change: (log: LogLines) => Partial<LogLines>): readonly [LogLines, LogLines] {
  const [team, client] = lines
  return which === 0 ? [{ ...team, ...change(team) }, client] : [team, { ...client, ...change(client) }]
}

describe('the history in a pack of a team', () => {
  it('shows every decision about the review with the effect that devices give it, and who did what by which key', () => {
    const { team, decisions, problems } = concludeLines(lines)
    expect(problems).toEqual([])
    expect(team?.name).toBe('Northlight')
    const shown = lines[1].texts.flatMap((text, index) => {
      const { kind } = JSON.parse(text) as { readonly kind: string }
      return kind.startsWith('review.') ? [[kind, operationsOf(lines[1])[index]?.noEffect ?? null]] : []
    })
    expect(shown).toEqual(of.decided)
    const acts = listSignedActs(decisions!, of.review)
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

  it('ends in the heads that devices hold, and has no name of a member that has no part in it', () => {
    const { team, decisions } = concludeLines(lines)
    expect(decisions?.last.head).toBe(headIn(of.anna, of.client))
    expect(team?.last.head).toBe(headIn(of.ben, of.founder.team))
    const texts = lines.flatMap(({ texts: all }) => all).join('\n')
    // The cards of the team have members and clients by opaque uids.
    expect(texts).not.toContain('carol')
    for (const name of ['anna', 'ben', 'Founder']) expect(texts).toContain(name)
  })

  it('is read back from its lines alone', () => {
    const again = lines.map((log) => ({
      ...log,
      batches: batchesOf(log).map((batch) => parseBatchLine(batchLine(batch))),
      operations: operationsOf(log).map((one) => parseOperationLine(operationLine(one))),
    }))
    expect(again).toEqual(lines)
    fc.assert(fc.property(fc.string(), (text) => parseBatchLine(text) === null && parseOperationLine(text) === null))
  })
})

describe('a history that was changed', () => {
  /** Another value of the same form. */
  function changeValue(field: string, is: unknown): unknown {
    if (field === 'class') return is === 'card' ? 'ordinary' : 'card'
    if (field === 'noEffect') return is === null ? 'no-right' : null
    if (is === null) return 'ab'.repeat(32)
    return typeof is === 'number' ? is + 1 : (is as string).replace(/.$/u, (last) => (last === '0' ? '1' : '0'))
  }

  it('in any field of a batch or of an operation is not sound', () => {
    for (const which of [0, 1] as const) {
      const [batches, operations] = [batchesOf(lines[which]), operationsOf(lines[which])]
      for (const at of [0, 1, batches.length - 1]) {
        for (const [field, is] of Object.entries(batches[at]!)) {
          const changed = batches.with(at, { ...batches[at]!, [field]: changeValue(field, is) })
          const { problems } = concludeLines(exchanged(which, () => ({ batches: changed })))
          expect(problems.length > 0 || `${field} of batch ${at}`).toBe(true)
        }
      }
      for (const at of [0, 1, operations.length - 1]) {
        for (const [field, is] of Object.entries(operations[at]!)) {
          const changed = operations.with(at, { ...operations[at]!, [field]: changeValue(field, is) })
          const { problems } = concludeLines(exchanged(which, () => ({ operations: changed })))
          expect(problems.length > 0 || `${field} of operation ${at}`).toBe(true)
        }
      }
    }
  })

  it('in any character of an operation, or in the order of batches, is not sound', () => {
    fc.assert(
      fc.property(fc.constantFrom(0 as const, 1 as const), fc.nat(), fc.nat(), (which, row, place) => {
        const { texts } = lines[which]
        const at = row % texts.length
        const text = texts[at]!
        const cut = place % text.length
        const changed = texts.with(at, text.slice(0, cut) + text.slice(cut + 1))
        expect(concludeLines(exchanged(which, () => ({ texts: changed }))).problems).not.toEqual([])
      }),
      { numRuns: 20 },
    )
    const swapped = exchanged(1, ({ batches }) => ({ batches: batches.toReversed() }))
    expect(concludeLines(swapped).problems).not.toEqual([])
    const opening = operationsOf(lines[1])[lines[1].texts.findIndex((text) => text.includes('"review.opened"'))]!.at
    for (const [at, gone] of batchesOf(lines[1]).entries()) {
      const cut = exchanged(1, (log) => ({
        batches: log.batches.toSpliced(at, 1),
        operations: log.operations.filter((one) => one?.at !== gone.at),
        texts: log.texts.filter((_, index) => log.operations[index]?.at !== gone.at),
      }))
      const { problems, decisions } = concludeLines(cut)
      // The head of a pack has where the log ended, and before the opening a pack shows cards and names alone.
      const isSeen = at === lines[1].batches.length - 1 || (gone.class !== 'card' && gone.at <= opening)
      expect(problems.length > 0 || decisions!.whole > opening || isSeen || `batch ${gone.at}`).toBe(true)
    }
  })

  it('only in that a text is not shown, as one that looks like a secret, is sound, and counts as not shown', () => {
    const at = operationsOf(lines[1]).findIndex(
      ({ noEffect }, index) => noEffect === null && lines[1].texts[index]!.includes('"kind":"review.decided"'),
    )
    const { problems, decisions } = concludeLines(exchanged(1, ({ texts }) => ({ texts: texts.with(at, '') })))
    expect([problems, decisions?.hidden]).toEqual([[], 1])
  })

  it('by hiding a card, or by showing that a decision without effect counts, is not sound', () => {
    for (const which of [0, 1] as const) {
      const hidden = exchanged(which, ({ texts }) => ({
        texts: texts.map((text) => (text.includes('"kind":"card.set"') ? '' : text)),
      }))
      expect(concludeLines(hidden).problems).not.toEqual([])
    }
    for (const [at, one] of operationsOf(lines[1]).entries()) {
      // Whether another review was opened before is not in the pack.
      if (one.noEffect === null || !lines[1].texts[at]!.includes(of.review)) continue
      const counts = exchanged(1, ({ operations }) => ({ operations: operations.with(at, { ...one, noEffect: null }) }))
      expect(concludeLines(counts).problems.length > 0 || `${at} ${lines[1].texts[at]}`).toBe(true)
    }
  })
})
