import { describe, expect, it } from 'vitest'

import { skippedWords } from '../../../renderer/data/skipped.ts'

const KEYLESS = { reason: 'Main has no credential.', noKey: true }
const BUSY = { reason: 'It is syncing already.', noKey: false }

describe('connections that a sync left out', () => {
  it('for want of a key are one sentence, however many they are', () => {
    expect(skippedWords([KEYLESS])).toEqual({ message: '1 connection has no API key' })
    expect(skippedWords(Array.from({ length: 10 }, () => KEYLESS))).toEqual({
      message: '10 connections have no API key',
    })
  })

  it('for another reason have it, once', () => {
    expect(skippedWords([BUSY, BUSY])).toEqual({
      message: '2 connections were not synced',
      hint: 'It is syncing already.',
    })
  })

  it('for both are counted apart', () => {
    expect(skippedWords([BUSY, KEYLESS, KEYLESS]).message).toBe(
      '1 connection was not synced, and 2 connections have no API key',
    )
  })
})
