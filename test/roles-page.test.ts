import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { type JobFunction, RECOMMENDED_ROLE } from '../shared/domain/people/job-function.ts'

/** The person of the page that each job function is. */
const PERSONS: Readonly<Record<JobFunction, string>> = {
  management: 'engineering manager',
  security: 'security',
  building: 'backend developer',
  finance: 'finance',
}

const ROWS = readFileSync(join(import.meta.dirname, '../docs/provider-roles.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))

it.each(Object.entries(PERSONS) as [JobFunction, string][])(
  'the role that a person of %s should have is one that the page on roles has for them',
  (work, person) => {
    const [role = ''] = RECOMMENDED_ROLE[work].split(' ')
    const row = ROWS.find(([, name]) => name === person) ?? []
    expect(row.slice(2).some((cell) => new RegExp(`\\b${role}\\b`, 'u').test(cell))).toBe(true)
  },
)
