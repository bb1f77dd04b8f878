import { arch, cpus, platform } from 'node:os'

import { DRILLS } from '../../test/drills/drills.ts'

const COUNT = new Intl.NumberFormat('en')

/**
 * `docs/drills.md`: what a whole run of the drills tried and found. `notes` say how much each tried, `files` are the results
 * of the test runner.
 */
export function drillsDocument({ seed, took, notes, files }) {
  const rows = Object.entries(DRILLS).map(([name, { file, what }]) => {
    const count = notes.filter((note) => note.name === name).reduce((sum, { tried }) => sum + tried, 0)
    const result = files.find((each) => each.name.endsWith(file))
    const tests = result?.assertionResults ?? []
    const failed = tests.filter(({ status }) => status === 'failed').length
    const passed = tests.filter(({ status }) => status === 'passed').length
    const end = passed + failed === 0 ? 'not run' : failed === 0 ? 'nothing found' : `${failed} tests failed`
    return { name, what, file, count, end }
  })
  const sumOf = (pattern) => rows.filter(({ name }) => pattern.test(name)).reduce((sum, { count }) => sum + count, 0)
  return [
    '# Drills',
    '',
    'What tries one thing many times: kills, faults, tampering, inputs of any kind. `npm test` runs a sample of each,',
    '`npm run drills` the whole, and writes this page. The same again: `npm run drills -- --seed ' + seed + '`.',
    '',
    `Run on ${new Date().toISOString().slice(0, 10)} in ${took}, as an ordinary user, on ${platform()} ${arch()} with ` +
      `${cpus().length} processors and Node ${process.versions.node}, by seed ${seed}.`,
    '',
    `- ${COUNT.format(sumOf(/^kill-/u))} kills, ${COUNT.format(sumOf(/^fault-/u))} faults of calls to the system, the keychain and providers`,
    `- ${COUNT.format(sumOf(/^(?:fuzz|read|hostile|router|mcp|markdown|calendars|round)/u))} inputs to parsers and operations`,
    `- ${COUNT.format(sumOf(/^tamper-/u))} tamperings`,
    '',
    '| Drill | Tried | What | Found |',
    '| --- | ---: | --- | --- |',
    ...rows.map(({ name, count, what, end }) => `| \`${name}\` | ${COUNT.format(count)} | ${what} | ${end} |`),
    '',
  ].join('\n')
}
