import { expect, it } from 'vitest'

import { drillsAgain, drillsDocument } from '../../build/steps/drills-document.mjs'
import { DRILLS } from '../drills/drills.ts'

const results = (status: 'passed' | 'failed') => ({
  notes: [{ name: 'kill-flows', tried: 10_000 }],
  files: [{ name: `/any/${DRILLS['kill-flows'].file}`, assertionResults: [{ status }] }],
})

it('a drill that is run again keeps on its page what was found before', () => {
  const page = drillsDocument({ seed: '1', took: '2.0 s', ...results('failed') })
  expect(page).toContain('over all flows that write | 1 test failed |\n')
  expect(page).toContain('| `fault-calls` | 0 | ')
  const again = drillsAgain(page, ['kill-flows', 'fault-calls'], results('passed'))
  expect(again).toMatch(/\| 1 test failed; run again on \d{4}-\d\d-\d\d: nothing found \|\n/u)
  expect(again).toMatch(/\| `fault-calls` .* \| not run; run again on [\d-]+: not run \|\n/u)
  expect(again.split('\n')).toHaveLength(page.split('\n').length)
})

it('a drill that the page has no row of gets one in its place', () => {
  const page = drillsDocument({ seed: '1', took: '2.0 s', ...results('passed') })
  const isOther = (line: string): boolean => !line.startsWith('| `kill-flows` |')
  const older = page.split('\n').filter(isOther).join('\n')
  const again = drillsAgain(older, ['kill-flows'], results('passed'))
  expect(again).toMatch(/^\| `kill-flows` \| 10,000 \|.*\| run on \d{4}-\d\d-\d\d: nothing found \|$/mu)
  const names = (text: string): readonly (string | undefined)[] =>
    [...text.matchAll(/^\| `([\w-]+)`/gmu)].map(([, name]) => name)
  expect(names(again)).toEqual(names(page))
})
