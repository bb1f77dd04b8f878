import { arch, cpus, platform } from 'node:os'

import { DRILLS } from '../../test/drills/drills.ts'

const COUNT = new Intl.NumberFormat('en')

/** The cases and results of each drill. `notes` are the numbers of cases, `files` the results of the test runner. */
function toRows({ notes, files }) {
  return Object.entries(DRILLS).map(([name, { file, what, whole }]) => {
    const tests = files
      .filter((each) => (file.endsWith('/') ? each.name.includes(`/${file}`) : each.name.endsWith(file)))
      .flatMap(({ assertionResults }) => assertionResults)
    const own = notes.filter((note) => note.name === name)
    const failed = tests.filter(({ status }) => status === 'failed').length
    const passed = tests.filter(({ status }) => status === 'passed').length
    const end =
      passed + failed === 0
        ? 'not run'
        : failed === 0
          ? 'nothing found'
          : `${failed} ${failed === 1 ? 'test' : 'tests'} failed`
    // A thing in all files reports no numbers: each of its cases is tried as often as the drill states.
    const count = file.endsWith('/') && tests.length > 0 ? whole : own.reduce((sum, { tried }) => sum + tried, 0)
    return { name, what, count, end }
  })
}

function formatRow({ name, count, what, end }) {
  return `| \`${name}\` | ${COUNT.format(count)} | ${what} | ${end} |`
}

const today = () => new Date().toISOString().slice(0, 10)

/**
 * The page after some drills were run again in full: each of their rows has the earlier and the present result. One that the page
 * has no row of gets one after the row of the drill before it.
 */
export function drillsAgain(page, names, results) {
  const lines = page.split('\n')
  for (const [place, row] of toRows(results).entries()) {
    if (!names.includes(row.name)) continue
    const end = `run again on ${today()}: ${row.end}`
    const at = findRow(lines, row.name)
    const [, before] = /\| ([^|]*) \|$/u.exec(lines[at] ?? '') ?? []
    if (at >= 0) lines[at] = formatRow({ ...row, end: `${before}; ${end}` })
    else lines.splice(findPlace(lines, place), 0, formatRow({ ...row, end: `run on ${today()}: ${row.end}` }))
  }
  return lines.join('\n')
}

function findRow(lines, name) {
  return lines.findIndex((line) => line.startsWith(`| \`${name}\` |`))
}

/** Where the row of the drill at a place of the list belongs: after the last one before it that the page has. */
function findPlace(lines, place) {
  const rows = Object.keys(DRILLS).map((name) => findRow(lines, name))
  return (rows.slice(0, place).findLast((at) => at >= 0) ?? lines.findIndex((line) => line.startsWith('| ---'))) + 1
}

/** `docs/drills.md`: what a whole run of the drills tried and found. */
export function drillsDocument({ seed, took, ...results }) {
  const rows = toRows(results)
  const computeSum = (pattern) =>
    rows.filter(({ name }) => pattern.test(name)).reduce((sum, { count }) => sum + count, 0)
  return [
    '# Drills',
    '',
    'What tries one thing many times: kills, faults, tampering, inputs of any kind. `npm test` runs a sample of each,',
    '`npm run drills` the whole, and writes this page. The same again: `npm run drills -- --seed ' + seed + '`.',
    '',
    `Run on ${today()} in ${took}, as an ordinary user, on ${platform()} ${arch()} with ` +
      `${cpus().length} processors and Node ${process.versions.node}, by seed ${seed}.`,
    '',
    `- ${COUNT.format(computeSum(/^kill-/u))} kills, ${COUNT.format(computeSum(/^fault-/u))} faults of calls to the system, the keychain and providers`,
    `- ${COUNT.format(computeSum(/^(?:fuzz|read|hostile|router|mcp|markdown|calendars|round)/u))} inputs to parsers and operations`,
    `- ${COUNT.format(computeSum(/^tamper-/u))} tamperings`,
    '',
    '| Drill | Tried | What | Found |',
    '| --- | ---: | --- | --- |',
    ...rows.map(formatRow),
    '',
  ].join('\n')
}
