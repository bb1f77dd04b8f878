import { describe, expect, it } from 'vitest'

import { describeCompleteness, notReadFirst } from '../../../renderer/entities/completeness.ts'
import { SOURCE_STATES } from '../../../shared/domain/source.ts'

const sources = (...states: readonly string[]): { readonly state: string }[] => states.map((state) => ({ state }))

describe('completeness', () => {
  it('counts a source that is not offered apart from those that were read', () => {
    expect(describeCompleteness(sources('complete', 'unavailable'))).toEqual({
      tone: 'good',
      text: '1 source read, 1 not offered',
    })
  })

  it('shows no tick where a list was not read to its end', () => {
    expect(describeCompleteness(sources('complete', 'denied', 'failed', 'unavailable'))).toEqual({
      tone: 'warn',
      text: '1 of 3 sources read, 1 not offered',
    })
  })

  it('shows no tick where no list was read, for whichever reason', () => {
    expect(describeCompleteness([])).toEqual({ tone: 'quiet', text: 'Nothing read' })
    expect(describeCompleteness(sources('unavailable'))).toEqual({ tone: 'quiet', text: 'Nothing read, 1 not offered' })
    expect(describeCompleteness(sources('never-read'))).toEqual({ tone: 'warn', text: 'Nothing read' })
  })

  it('shows a tick for two sources only where one was read to its end and the other was read or is not offered', () => {
    for (const a of SOURCE_STATES) {
      for (const b of SOURCE_STATES) {
        const isWhole =
          [a, b].includes('complete') && [a, b].every((one) => one === 'complete' || one === 'unavailable')
        expect(describeCompleteness(sources(a, b)).tone === 'good', `${a}, ${b}`).toBe(isWhole)
      }
    }
  })
})

it('sources that were not read come first and those that are not offered last, otherwise in their order', () => {
  const states = ['complete', 'failed', 'unavailable', 'denied', 'readable']
  expect(notReadFirst(sources(...states)).map(({ state }) => state)).toEqual([
    'failed',
    'denied',
    'complete',
    'readable',
    'unavailable',
  ])
})
