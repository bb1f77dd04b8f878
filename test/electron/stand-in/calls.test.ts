import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { electronCalls } from './calls.ts'
import { readDeclared } from './declared.ts'
import { EMULATED } from './sentences.ts'

describe('the stand-in for Electron', () => {
  it('follows sentences of the documentation of the installed Electron about the same call', () => {
    const declared = readDeclared()
    const wrong = Object.entries(EMULATED).filter(([call, sentence]) => declared(call)?.includes(sentence) !== true)
    expect(wrong).toEqual([])
  })

  it('emulates every call, property and event of Electron that the application uses', () => {
    const uses = electronCalls()
    expect(uses.length).toBeGreaterThan(60)
    const missing = uses.filter(({ call }) => !call.startsWith('new ') && !Object.hasOwn(EMULATED, call))
    expect(missing).toEqual([])
  })

  it('is documented with every such call beside a test, none missing: npm run e2e -- --all writes it', () => {
    const rows = readFileSync('docs/electron-calls.md', 'utf8').matchAll(
      /^\| `(?<call>[^`]+)` .*\| (?<tests>[^|]+) \|$/gmu,
    )
    const documented = [...rows].map(({ groups }) => groups)
    expect(documented.map((row) => row?.['call'])).toEqual(electronCalls().map(({ call }) => call))
    expect(documented.filter((row) => row?.['tests'] === '**none**')).toEqual([])
  })
})
