import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { electronCalls } from '../../test/electron/stand-in/calls.ts'
import { formatSystems } from '../../test/electron/stand-in/declared.ts'
import { EMULATED } from '../../test/electron/stand-in/sentences.ts'
import { say } from '../say.mjs'

const WINDOWS = 'on Windows only, whose paths cannot be emulated'

/** Calls that no test here may be able to reach, and why. */
const UNREACHED = {
  'App.enableSandbox': 'by an ordinary user only: root’s processes have no sandbox',
  'App.getAppMetrics': 'by an ordinary user on Windows and macOS only',
  'WebContents.getOSProcessId': 'by an ordinary user only: root’s pages have no sandbox',
  'App.setAppUserModelId': WINDOWS,
  'App.setToastActivatorCLSID': WINDOWS,
  "BrowserWindow 'session-end'": WINDOWS,
}

/** The folder in which the stand-in's processes record the calls of each test, one line of JSON each. */
export function callsFile(root) {
  return join(root, '.cache/test/electron-calls.jsonl')
}

/** Writes `docs/electron-calls.md`: the calls of our source beside the tests that exercised them. */
export function writeCallsDocument(root) {
  const uses = electronCalls()
  const tests = testsOfCalls(root)
  const untested = uses.filter(({ call }) => !tests.has(call) && UNREACHED[call] === undefined)
  writeFileSync(join(root, 'docs/electron-calls.md'), callsDocument(uses, tests))
  say(`docs/electron-calls.md lists ${uses.length} calls, ${untested.length} of them not exercised by a test`)
}

/** The titles of the tests by call. */
function testsOfCalls(root) {
  const file = callsFile(root)
  const tests = new Map()
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
  for (const { test, calls } of lines.map((line) => JSON.parse(line))) {
    for (const call of calls) tests.set(call, (tests.get(call) ?? new Set()).add(test))
  }
  return tests
}

function callsDocument(uses, tests) {
  const cell = (text) => text.replaceAll('|', String.raw`\|`)
  const rows = uses.map(({ call, files }) => {
    const titles = [...(tests.get(call) ?? [])].filter((title) => title !== '').toSorted((a, b) => a.localeCompare(b))
    // The most specific test of a call exercises the fewest others; one title is enough to find it.
    const shown =
      titles.length === 0
        ? (UNREACHED[call] ?? '**none**')
        : `${titles[0]}${titles.length > 1 ? ` (and ${titles.length - 1} more)` : ''}`
    return `| \`${call}\` | ${formatSystems(call)} | ${files.map((file) => `\`${file.replace('electron/', '')}\``).join(', ')} | ${cell(EMULATED[call] ?? '')} | ${cell(shown)} |`
  })
  return [
    "# Electron's calls",
    '',
    'Every call, property and event of Electron that the application uses, found by the compiler in `electron/`. The stand-in',
    "(`test/electron/stand-in/`) emulates each by the sentence of Electron's documentation that is given here, and refuses it on a",
    "system that Electron's types do not name for it; the named tests exercise it. `npm run e2e -- --all` writes this page.",
    '',
    '| Call | Systems | Used in `electron/` | Electron’s documentation | Exercised by |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
