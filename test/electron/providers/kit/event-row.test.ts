import { expect, it } from 'vitest'

import { eventDetail, eventText } from '../../../../electron/providers/kit/event-row.ts'

const BODY = 'q7Wm2ZpL9xKd4RtVb6NcYh3JfSg8UaEe1o'

it.each([60, 100, 115, 119, 280, 299])(
  'a token of a log that begins at character %i leaves no part, wherever the text is shortened',
  (at) => {
    const text = `${'a note '.repeat(60).slice(0, at - 1)} ${['hf', BODY].join('_')} and more`
    const kept = JSON.stringify([eventText(text), eventDetail({ note: text, list: [text] }, new Set(['note', 'list']))])
    expect(kept).not.toContain(BODY.slice(0, 4))
  },
)

it('a text of a log without tokens is kept up to its limit', () => {
  const text = 'a note '.repeat(60)
  expect(eventText(text)).toBe(text.slice(0, 300))
  expect(eventDetail({ note: text }, new Set(['note']))).toEqual({ note: text.slice(0, 120) })
})
