import { describe, expect, it } from 'vitest'

import { jobFunction } from '../../../../shared/domain/people/job-function.ts'

describe('a job title', () => {
  it.each([
    ['Backend Developer', 'building'],
    ['Senior Data Scientist', 'building'],
    ['Research Engineer', 'building'],
    ['Finance Manager', 'finance'],
    ['Head of Accounting', 'finance'],
    ['CFO', 'finance'],
    ['Financial Analyst', 'finance'],
    ['Financial Software Engineer', 'building'],
    ['Engineering Manager', 'management'],
    ['VP Engineering', 'management'],
    ['CTO', 'management'],
    ['Security Engineer', 'security'],
    ['Account Executive', null],
    ['Business Development Representative', null],
    ['Copywriter', null],
    ['', null],
  ])('%s: %s', (title, work) => {
    expect(jobFunction(title)).toBe(work)
  })
})
