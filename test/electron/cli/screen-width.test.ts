import { beforeAll, describe, expect, it } from 'vitest'

import { computeWidth } from '../../../electron/cli/kit/text/width.ts'
import { putSample } from '../../sample-profile.ts'
import { newCastellan } from './castellan.ts'
import { commandTree, listArguments } from './commands.ts'

const castellan = newCastellan()

beforeAll(async () => {
  await putSample(castellan.profile)
})

/** Commands that print tables beside sentences. */
const SHEETS = ['show', 'policy show', 'team status', 'remediation preview']

/** Commands that print a table of what there is; what they print otherwise is documents, code and sentences. */
const LISTS = (await commandTree())
  .filter(({ path, command }) => SHEETS.includes(path) || command.options.some(({ long }) => long === '--columns'))
  .map(({ path }) => path)

const given = listArguments({ file: import.meta.filename, folder: import.meta.dirname })

describe('a table on a screen of 80 columns', () => {
  it.each(LISTS)('of %s has no line that is wider', async (command) => {
    const argv = given(command).argv.map((word) => (word === 'acme' ? 'acme-corp' : word))
    const { out } = await castellan.runWith({ columns: 80 }, ...command.split(' '), ...argv)
    // Cells are separated by at least two spaces; a sentence below the table, or instead of one, is wrapped by the
    // terminal.
    expect(out.split('\n').filter((line) => computeWidth(line) > 80 && line.includes('  '))).toEqual([])
  })

  it('of remediation preview has no line that is wider where it shows a change', async () => {
    const added = await castellan.run('remediation', 'add', '--key', '115', '--pick', '1', '--json')
    const id = added.json()[0]?.['remediationId']
    const whole = await castellan.run('remediation', 'preview', String(id))
    const { out } = await castellan.runWith({ columns: 80 }, 'remediation', 'preview', String(id))
    expect(whole.out.split('\n').some((line) => computeWidth(line) > 80 && line.includes('  '))).toBe(true)
    expect(out.split('\n').filter((line) => computeWidth(line) > 80 && line.includes('  '))).toEqual([])
    // Breaking lines loses no word.
    expect(out.replaceAll(/\s/gu, '')).toBe(whole.out.replaceAll(/\s/gu, ''))
  })

  it.each([
    'key list',
    'person list',
    'project list',
    'finding list',
    'due',
    'access list',
    'review list',
    'budget list',
    'connection list',
  ])('of %s shows the number that other commands take, and the whole slug', async (command) => {
    const { out } = await castellan.runWith({ columns: 80 }, ...command.split(' '))
    const [head = '', ...rows] = out.trimEnd().split('\n')
    if (rows.length === 0) return
    expect(head.trim().split(/\s{2,}/u)[0]).toMatch(/^(?:ID|Review|Severity)$/u)
    expect(rows.some((row) => row.includes('acme-corp') || row.includes('heliotide-clinics'))).toBe(true)
  })
})
