import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { INVISIBLE, plainJson } from '../../../../../shared/domain/text/visible-text.ts'
import { shown, shownJsonBytes } from '../../../../../electron/cli/kit/text/shown.ts'
import { anyString } from '../../../../any-string.ts'

import { HOSTILE, RAW } from '../../../../hostile-register.ts'

const HIDDEN_OR_CONTROL = new RegExp(`${RAW.source}|[\\t\\n]`, 'u')

/** Texts that are rich in what has to be made visible. */
const hostile = fc
  .array(
    fc.oneof(
      anyString(),
      fc.constantFrom(
        '\u202e',
        '\u200b',
        '\u2066',
        '\x1b[31m',
        '\n',
        '\x07',
        '\x9b',
        '\x7f',
        '…',
        'é',
        '\ufeff',
        '\u2029',
        ...Array.from(HOSTILE),
      ),
    ),
  )
  .map((parts) => parts.join(''))

describe('shown', () => {
  it('leaves ordinary text alone, in every script', () => {
    for (const text of ['Jane Smith', 'Zoë', '山田 花子', 'فاطمة', 'team-👩‍🌾-share']) expect(shown(text)).toBe(text)
  })

  it('makes line breaks, escape sequences and bidi marks visible', () => {
    expect(shown('Marta\nKowalczyk')).toBe('Marta␊Kowalczyk')
    expect(shown('\x1b[31mred')).toBe('␛[31mred')
    expect(shown('invoice\u202Egnp.exe')).toBe('invoice<U+202E>gnp.exe')
    expect(shown('a\tb\rc')).toBe('a␉b␍c')
  })

  it('leaves nothing that acts on a terminal, whatever the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(shown(text)).not.toMatch(HIDDEN_OR_CONTROL)
      }),
    )
  })
})

describe('JSON for a terminal', () => {
  it('is the same document without a character that acts or hides', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = plainJson(JSON.stringify({ text }))
        expect(JSON.parse(json)).toEqual({ text })
        expect(json).not.toMatch(HIDDEN_OR_CONTROL)
      }),
    )
  })

  it('does the same with bytes', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = JSON.stringify({ text: text.toWellFormed() })
        expect(Buffer.from(shownJsonBytes(Buffer.from(json))).toString('utf8')).toBe(plainJson(json))
      }),
      { numRuns: 500 },
    )
  })

  it.each([...INVISIBLE, '\x7f', '\x80', '\x9b', '\x9f'])('finds %j in bytes', (character) => {
    const json = JSON.stringify(`a${character}b`)
    expect(Buffer.from(shownJsonBytes(Buffer.from(json))).toString('utf8')).not.toContain(character)
  })

  it('passes ordinary bytes on unchanged', () => {
    const bytes = Buffer.from(JSON.stringify({ hint: 'sk-proj-…x9Qa', name: 'Žofie 山田 🦊' }))
    expect(shownJsonBytes(bytes)).toBe(bytes)
  })
})
