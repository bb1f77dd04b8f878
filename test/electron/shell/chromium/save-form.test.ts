import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { answerToForm, formPage } from '../../../../electron/shell/chromium/save-form.ts'

const FILE = { suggestedName: 'register.md', extension: 'md' }
const FOLDER = { suggestedName: '', extension: '', folder: true }

function folder(): string {
  const at = mkdtempSync(join(tmpdir(), 'castellan-form-'))
  mkdirSync(join(at, 'inner'))
  writeFileSync(join(at, 'there.md'), 'there')
  symlinkSync('nowhere', join(at, 'dangling.md'))
  return at
}

describe('the form that asks where to save', () => {
  it.each([
    ['a relative path', () => 'register.md', 'Write the full path, from the root.', false],
    ['a path with a NUL character', (at: string) => join(at, 'a\0b'), 'Write the full path, from the root.', false],
    ['a missing folder', (at: string) => join(at, 'none', 'a.md'), /^This folder does not exist/u, false],
    ['a name that is too long', (at: string) => join(at, 'n'.repeat(300)), /Write a shorter one/u, false],
    ['a folder', (at: string) => join(at, 'inner'), /^This is a folder/u, false],
    ['a file that is there', (at: string) => join(at, 'there.md'), /already exists/u, true],
    ['a link that leads nowhere', (at: string) => join(at, 'dangling.md'), /already exists/u, true],
  ])('is shown again for %s', (_what, pathIn, problem, offersReplacing) => {
    const path = pathIn(folder())
    expect(answerToForm(FILE, new URLSearchParams({ path }))).toEqual({
      path,
      problem: expect.stringMatching(problem) as string,
      offersReplacing,
    })
  })

  it('is an answer for a new file, a folder, a file agreed to be replaced, and Cancel', () => {
    const at = folder()
    const path = join(at, 'there.md')
    const send = (question: typeof FILE, fields: Record<string, string>) =>
      answerToForm(question, new URLSearchParams(fields))
    expect(send(FILE, { path: join(at, 'new.md') })).toEqual({ outcome: 'chosen', path: join(at, 'new.md') })
    expect(send(FILE, { path, replace: path })).toEqual({ outcome: 'chosen', path })
    expect(send(FILE, { path, replace: join(at, 'other.md') })).toMatchObject({ offersReplacing: true })
    expect(send(FOLDER, { path: at })).toEqual({ outcome: 'chosen', path: at })
    expect(send(FILE, { path, cancel: '1' })).toEqual({ outcome: 'cancelled' })
  })

  it('shows what was typed as text', () => {
    const path = '/tmp/"><script>alert(1)</script>&\'.md'
    const page = formPage(FILE, { path, problem: '<b>', offersReplacing: true }, 'nonce')
    expect(page).not.toMatch(/<script|<b>|&'/u)
    expect(page.match(/&lt;script&gt;/gu)).toHaveLength(2)
  })
})
