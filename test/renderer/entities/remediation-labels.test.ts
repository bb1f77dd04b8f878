import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'

import {
  aboutState,
  canWithdraw,
  effectWord,
  getIds,
  isOpenRemediation,
  listed,
  previewSummary,
  readOnlyConnections,
  remediationStateWord,
  shownWord,
  sortPreview,
} from '../../../renderer/entities/remediation-labels.ts'
import { StateMark } from '../../../renderer/features/remediation/state-badge.tsx'
import type { RemediationPreview } from '../../../shared/contract/remediation.ts'
import { REMEDIATION_STATES } from '../../../shared/domain/remediation/remediation.ts'
import { toRemediation } from '../features/remediation/remediations.ts'

type Previewed = RemediationPreview['remediations'][number]

const call = { method: 'DELETE', url: 'https://provider.example/v1/organization/users/u1', body: null, says: 'Remove.' }

function previewed(remediationId: number, change: Partial<Previewed>): Previewed {
  return {
    row: toRemediation({ remediationId }),
    calls: [call],
    impact: null,
    byHand: null,
    readOnlySteps: null,
    obstacle: null,
    approvalObstacle: null,
    ...change,
  }
}

describe('the states of a change', () => {
  it('each have their own word and the next step', () => {
    const words = REMEDIATION_STATES.map((state) => remediationStateWord(state).word)
    expect(new Set(words).size).toBe(REMEDIATION_STATES.length)
    for (const state of REMEDIATION_STATES) expect(aboutState({ state, action: 'key-delete' })).toMatch(/\.$/u)
  })

  it('name a sync as the next step only for what a sync shows, also on the badge', () => {
    for (const state of REMEDIATION_STATES) {
      for (const action of ['key-delete', 'member-sign-out'] as const) {
        const about = aboutState({ state, action })
        expect(/\bSync\b/u.test(about)).toBe(state === 'unsure' && action === 'key-delete')
        const badge = renderToStaticMarkup(createElement(StateMark, { row: { state, action } }))
        expect(badge).toContain(`title="${about}"`)
      }
    }
  })

  it('a change that is being sent, or was sent and answered, cannot be cancelled', () => {
    expect(REMEDIATION_STATES.filter(canWithdraw)).toEqual(['waiting', 'by-hand', 'unsure'])
    expect(REMEDIATION_STATES.filter((state) => !isOpenRemediation(state))).toEqual(['done', 'failed', 'withdrawn'])
  })
})

it('the connections of the calls are named, up to a limit', () => {
  expect(listed(['A'])).toBe('A')
  expect(listed(['A', 'B'])).toBe('A and B')
  expect(listed(['A', 'B', 'C', 'D'])).toBe('A, B, C and D')
  expect(listed(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C, D and 1 other connection')
  expect(listed(['A', 'B', 'C', 'D', 'E', 'F'])).toBe('A, B, C, D and 2 other connections')
})

describe('the verification by a sync', () => {
  it('is shown after a later sync, except while a new key awaits deployment', () => {
    expect(shownWord({ action: 'key-delete', state: 'done', shown: null })).toBeNull()
    expect(shownWord({ action: 'key-delete', state: 'done', shown: true })).toMatchObject({
      tone: 'good',
      word: 'Verified',
    })
    expect(shownWord({ action: 'key-delete', state: 'done', shown: false })).toMatchObject({
      tone: 'bad',
      word: 'Not verified',
    })
    expect(shownWord({ action: 'member-sign-out', state: 'done', shown: null })).toMatchObject({
      word: 'Not verifiable',
    })
    expect(shownWord({ action: 'member-sign-out', state: 'failed', shown: null })).toBeNull()
    expect(shownWord({ action: 'key-delete', state: 'deploying', shown: true })).toBeNull()
    expect(shownWord({ action: 'key-delete', state: 'failed', shown: false })).toBeNull()
    expect(shownWord({ action: 'key-delete', state: 'failed', shown: true })).toMatchObject({ tone: 'good' })
  })
})

describe('the groups of a preview', () => {
  it('counts only the calls that would be sent', () => {
    const sorted = sortPreview([
      previewed(1, { calls: [call, call] }),
      previewed(2, { obstacle: 'The connection is read-only.' }),
      previewed(3, { calls: [], byHand: 'Open the console.' }),
      previewed(4, {}),
    ])
    expect(sorted.calls).toBe(3)
    expect(getIds(sorted.sends)).toEqual([1, 4])
    expect(getIds(sorted.blocked)).toEqual([2])
    expect(getIds(sorted.byHand)).toEqual([3])
  })

  it('sends neither manual nor blocked changes', () => {
    const sorted = sortPreview([previewed(1, { calls: [], byHand: 'Open the console.', obstacle: 'It was removed.' })])
    expect(sorted).toMatchObject({ sends: [], byHand: [], calls: 0 })
    expect(getIds(sorted.blocked)).toEqual([1])
  })
})

describe('the summary of a preview', () => {
  it('counts what is ready, blocked, manual and done, and leaves out zeros', () => {
    const words = previewSummary([
      previewed(1, {}),
      previewed(2, {}),
      previewed(3, { obstacle: 'It is read-only.', readOnlySteps: 'Open the console.' }),
      previewed(4, { calls: [], byHand: 'Open the console.' }),
      previewed(5, { row: toRemediation({ remediationId: 5, state: 'done' }), obstacle: 'It has ended: done.' }),
    ])
    expect(words.map(({ text }) => text)).toEqual(['2 ready', '1 blocked', '1 manual', '1 done'])
    expect(previewSummary([previewed(1, {})])).toEqual([{ tone: 'info', text: '1 ready' }])
  })

  it('names the connections that block changes only because they are read-only', () => {
    const blocked = { obstacle: 'It is read-only.', readOnlySteps: 'Open the console.' }
    const connections = readOnlyConnections([
      previewed(1, blocked),
      previewed(2, blocked),
      previewed(3, { obstacle: 'x' }),
    ])
    expect(connections.map(({ count }) => count)).toEqual([2])
  })
})

describe('the effect of a removal', () => {
  it('is never shown as good, and a key that a person can go on using is the danger', () => {
    expect(effectWord({ kind: 'key', effect: 'stays' }, 'person')).toMatchObject({
      tone: 'bad',
      word: 'Remains active',
    })
    expect(effectWord({ kind: 'key', effect: 'stays' }, 'key')).toMatchObject({ tone: 'quiet', word: 'Unaffected' })
    for (const subject of ['person', 'principal', 'key', 'project'] as const) {
      for (const kind of ['key', 'access', 'invite', 'member'] as const) {
        for (const effect of ['dies', 'stays', 'unknown'] as const) {
          expect(effectWord({ kind, effect }, subject).tone).not.toBe('good')
        }
      }
    }
  })
})
