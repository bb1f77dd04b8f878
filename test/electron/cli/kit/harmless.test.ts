import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { harmlessTerminal } from '../../../../electron/cli/kit/harmless.ts'
import { makePainter } from '../../../../electron/cli/kit/text/paint.ts'
import { HOSTILE, RAW } from '../../../hostile-register.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'
import { fakeTerminal } from '../fake-terminal.ts'

const text = fc
  .array(fc.oneof(hostileText, fc.constantFrom(...Array.from(HOSTILE))), { maxLength: 6 })
  .map((parts) => parts.join(''))

/** The colours of the terminal itself. */
// oxlint-disable-next-line no-control-regex -- the escape sequences are what is meant
const PAINT = /\u001B\[(?:2|22|31|32|33|39)m/gu

async function printed(colour: boolean, ...texts: readonly string[]): Promise<string> {
  const fake = fakeTerminal({ colour })
  const terminal = harmlessTerminal(fake)
  for (const each of texts) {
    await terminal.out(each)
    await terminal.err(each)
  }
  expect(fake.complained()).toBe(fake.printed())
  return fake.printed()
}

describe('a harmless terminal', () => {
  it('prints no control or invisible character of any text, with colours and without', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (each, colour) => {
        const shown = (await printed(colour, each)).replaceAll(colour ? PAINT : /$^/gu, '').replaceAll('\r\n', '\n')
        expect(shown).not.toMatch(RAW)
      }),
    )
  })

  it('prints ordinary text, line ends of calendars and emoji as they are', async () => {
    const lines = ['plain\ttext\n', 'BEGIN:VCALENDAR\r\n', 'Žofie 山田 👩‍🌾 ❤️\n']
    expect(await printed(false, ...lines)).toBe(lines.join(''))
  })

  it('passes only its own colours where it has colours, and no other escape sequence', async () => {
    const paint = makePainter(true)
    const own = (['green', 'yellow', 'red', 'dim'] as const).map((style) => paint(style, 'x')).join('')
    expect(await printed(true, own)).toBe(own)
    expect(await printed(false, own)).not.toContain('\u001B')
    expect(await printed(true, '\u001B[8mhidden\u001B[2J\u001B]0;title\u0007')).toBe('␛[8mhidden␛[2J␛]0;title␇')
  })

  it('passes bytes of JSON on, with invisible characters escaped', async () => {
    const fake = fakeTerminal()
    await harmlessTerminal(fake).out(Buffer.from(JSON.stringify({ name: 'a\u202Eb', plain: '山' })))
    expect(fake.printed()).toBe(String.raw`{"name":"a\u202eb","plain":"山"}`)
  })
})
