import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { visibleText } from '../../../renderer/ui/text.ts'
import { anyString } from '../../any-string.ts'

describe('visible text', () => {
  it('shows line breaks, tabs, controls and direction marks as signs', () => {
    expect(visibleText('a\nb\tc')).toBe('a⏎b⇥c')
    expect(visibleText('x\u0000y\u001b[31m')).toBe('x␀y␛[31m')
    expect(visibleText('invoice\u202Egpj.exe')).toBe('invoice⟨U+202E⟩gpj.exe')
    expect(visibleText('a\u200Bb')).toBe('a⟨U+200B⟩b')
    expect(visibleText('a\u3164b\u{E0041}')).toBe('a⟨U+3164⟩b⟨U+E0041⟩')
  })

  it('leaves ordinary text unchanged: emoji with joiners, Hebrew, accents, markup', () => {
    for (const text of ['👩‍👩‍👧‍👦 family', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 England', 'שלום', 'Ångström', '<b>&amp;</b>', '=HYPERLINK("x")']) {
      expect(visibleText(text)).toBe(text)
    }
  })

  it('removes every control and override character, and is idempotent', () => {
    fc.assert(
      fc.property(anyString(), (text) => {
        const shown = visibleText(text)
        expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
        expect(visibleText(shown)).toBe(shown)
      }),
    )
  })
})
