import { describe, expect, it } from 'vitest'

import {
  ageInDays,
  ageWords,
  basisWords,
  dueWords,
  keyWord,
  lastUseText,
} from '../../../renderer/entities/key-labels.ts'
import type { KeyRow } from '../../../shared/contract/keys.ts'
import { addDays, computeStart } from '../../../shared/domain/day.ts'

const BORN = '2026-02-01'

function rotation(change: Partial<KeyRow['rotation']>): KeyRow['rotation'] {
  return {
    dueOn: addDays(BORN, 90),
    basis: 'production-policy',
    state: 'ok',
    daysLeft: 10,
    lastRotatedOn: null,
    snoozedUntil: null,
    nextReminderOn: null,
    ...change,
  }
}

const key = (change: Partial<KeyRow['rotation']>, createdAt: number | null = computeStart(BORN)) => ({
  createdAt,
  rotation: rotation(change),
})

describe('why a key is due', () => {
  it('names the days and the policy', () => {
    expect(basisWords(key({}))).toBe('90 days, production policy')
    expect(basisWords(key({ basis: 'admin-policy' }))).toBe('90 days, admin key policy')
    expect(basisWords(key({ basis: 'key-interval', dueOn: addDays(BORN, 1) }))).toBe('1 day, set for this key')
  })

  it('counts from the last rotation when there is one', () => {
    const lastRotatedOn = addDays(BORN, 40)
    expect(basisWords(key({ lastRotatedOn, dueOn: addDays(lastRotatedOn, 180), basis: 'other-policy' }))).toBe(
      '180 days, general policy',
    )
  })

  it('names a set day, an expiry or an unknown creation date', () => {
    expect(basisWords(key({ basis: 'date' }))).toBe('Day set for this key')
    expect(basisWords(key({ basis: 'expiry' }))).toBe('Expires at the provider on that day')
    expect(basisWords(key({ basis: 'unknown', dueOn: null }, null))).toBe('Creation date unknown')
    expect(basisWords(key({ basis: 'a word of tomorrow' }))).toBe('Creation date unknown')
  })
})

describe('the labels of a key', () => {
  it('distinguish "never" from "not reported"', () => {
    expect(lastUseText({ state: 'never' })).toBe('Never')
    expect(lastUseText({ state: 'not-reported' })).toBe('Not reported')
    expect(lastUseText({ state: 'known', at: computeStart(BORN) })).toContain('2026')
    expect(lastUseText({ state: 'before', at: computeStart('2026-01-01') })).toBe('Before 1 Jan 2026')
  })

  it('name the tool that made a key for its owner, and why it has no due date', () => {
    expect(keyWord({ kind: 'project', tool: 'Claude Code', vendor: null })).toBe('Claude Code key')
    expect(keyWord({ kind: 'project', tool: null, vendor: null })).toBe('Project key')
    expect(keyWord({ kind: 'project', tool: null, vendor: 'openai' })).toBe('Deposited OpenAI key')
    expect(keyWord({ kind: 'project', tool: null, vendor: 'amazon-bedrock' })).toBe('Deposited amazon-bedrock key')
    expect(basisWords(key({ basis: 'tool', dueOn: null }))).toContain('Ends with its owner')
  })

  it('give the age in whole days, and none without a creation date', () => {
    expect(ageInDays({ createdAt: computeStart(BORN) + 5 }, addDays(BORN, 400))).toBe(400)
    expect(ageInDays({ createdAt: computeStart(BORN) }, addDays(BORN, -1))).toBe(0)
    expect(ageWords(ageInDays({ createdAt: null }, BORN))).toBe('Unknown')
    expect(ageWords(1234)).toBe('1,234 d')
  })

  it('give the distance to the due date', () => {
    expect([-12, -1, 0, 1, null].map((days) => dueWords(days))).toEqual([
      '12 days overdue',
      '1 day overdue',
      'today',
      'in 1 day',
      'no due date',
    ])
  })
})
