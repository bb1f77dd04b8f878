import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import type { OperationKind, Right } from '../../../shared/decisions/kind.ts'
import { ALL_OPERATIONS } from '../../../shared/decisions/operations.ts'
import { toTable } from '../../to-table.ts'

const PAGE = join(import.meta.dirname, '../../../docs/decisions/0021-operations.md')

function describeRight({ decisions, facts, agency, onFacts }: Right): string {
  const roles = [
    ...(decisions === undefined ? [] : [decisions]),
    ...(facts === undefined ? [] : [`for readings: ${facts}`]),
    ...(agency === undefined ? [] : [`for the agency: ${agency}`]),
  ]
  return `${roles.join('; ')}${onFacts === true ? ', after readings' : ''}`
}

function toRow([kind, own]: [string, OperationKind]): readonly string[] {
  const team = 'stays' in own ? ['not exchanged', 'none'] : [describeRight(own.right), own.conflict]
  return [`\`${kind}\``, team[0] ?? '', own.areas.join(', '), team[1] ?? '']
}

it('decision 21 has the kinds of shared/decisions; run this file with `--update` to write them', async () => {
  const page = readFileSync(PAGE, 'utf8')
  const table = /\| kind +\| right[^\n]*\n(?:\|[^\n]*\n)+/u
  expect(page).toMatch(table)
  const rows = Object.entries<OperationKind>(ALL_OPERATIONS).map(toRow)
  const written = toTable([['kind', 'right in a team', 'areas', 'conflict'], ...rows])
  await expect(page.replace(table, () => `${written}\n`)).toMatchFileSnapshot(PAGE)
})
