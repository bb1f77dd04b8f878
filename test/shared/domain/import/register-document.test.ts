import { describe, expect, test } from 'vitest'

import { readRegisterDocument, type Block } from '../../../../shared/domain/import/register-document.ts'

const PEOPLE = ['Person', 'Role', 'Projects', 'Last Review']
const ACCOUNTS = ['Account', 'Purpose', 'Key ID', 'Rotation Due']

let line = 0
const heading = (text: string, depth = 3): Block => ({ kind: 'heading', line: (line += 1), depth, text })
const table = (columns: readonly string[], ...cells: string[]): Block => {
  line += 1
  return { kind: 'table', line, table: { line, columns, rows: [{ line: line + 2, cells }] } }
}

describe('a register', () => {
  test('gives the service accounts to the organization before them', () => {
    const { sections, problems } = readRegisterDocument([
      heading('AI Platform Access Register', 2),
      heading('OpenAI (org-a)'),
      table(PEOPLE, 'Jane'),
      heading('Service Accounts'),
      table(ACCOUNTS, 'prod'),
      heading('anthropic'),
      table(PEOPLE, 'John'),
      heading('Other Cloud (x (y))'),
      table(ACCOUNTS, 'ci'),
      heading('Population'),
      table(['Organization', 'Snapshot'], 'OpenAI (org-a)', '1'),
      heading('Anything', 4),
      table(['Organization', 'Source'], 'OpenAI (org-a)', 'Users'),
    ])
    expect(problems).toEqual([])
    expect(sections.map((s) => [s.provider, s.organizationId, s.people.length, s.serviceAccounts.length])).toEqual([
      ['openai', 'org-a', 1, 1],
      ['anthropic', null, 1, 0],
      ['Other Cloud', 'x (y)', 0, 1],
    ])
  })

  test('joins the sections of one organization', () => {
    const { sections } = readRegisterDocument([
      heading('OpenAI (org-a)'),
      table(PEOPLE, 'Jane'),
      heading('OpenAI (org-b)'),
      table(PEOPLE, 'John'),
      heading('OpenAI (org-a)'),
      table(PEOPLE, 'Alice'),
    ])
    expect(sections.map((s) => [s.organizationId, s.people.length])).toEqual([
      ['org-a', 2],
      ['org-b', 1],
    ])
  })

  test('names the clients that its titles name', () => {
    const { sections } = readRegisterDocument([
      heading('AI Platform Access Register: Acme', 2),
      heading('OpenAI (org-a)'),
      table(PEOPLE, 'Jane'),
      heading('AI Platform Access Register: Beta', 2),
      heading('OpenAI (org-a)'),
      table(PEOPLE, 'John'),
    ])
    expect(sections.map((s) => [s.client, s.people.length])).toEqual([
      ['Acme', 1],
      ['Beta', 1],
    ])
  })

  test('names a missing column, and its place', () => {
    const blocks = [heading('OpenAI (org-a)'), table(['Person', 'Projects', 'Last Review'], 'Jane')]
    const [problem] = readRegisterDocument(blocks).problems
    expect(problem?.line).toBe(line)
    expect(problem?.reason).toContain('no column Role')
    expect(readRegisterDocument([table(PEOPLE, 'Jane')]).problems[0]?.reason).toContain('not below an organization')
    expect(readRegisterDocument([]).problems[0]?.reason).toContain('No organization')
  })

  test('reports columns and tables that are not part of a register, and leaves them out', () => {
    const { sections, problems, notices } = readRegisterDocument([
      table(
        ['Role', 'What it may do'].map((c) => `${c} x`),
        'Owner',
        'Everything',
      ),
      heading('Notes'),
      heading('OpenAI (org-a)'),
      table([...PEOPLE, 'Shoe size'], 'Jane'),
    ])
    expect(problems).toEqual([])
    expect(sections).toHaveLength(1)
    expect(notices.join(' ')).toMatch(/neither people nor service accounts.*“Notes” contains no table.*“Shoe size”/u)
  })

  test('refuses a heading that contains a secret, without repeating it', () => {
    const read = readRegisterDocument([heading('OpenAI (sk-proj-abcdefghijklmnopqrstuvwxyz)'), table(PEOPLE, 'Jane')])
    expect(read.problems.length).toBeGreaterThan(0)
    expect(JSON.stringify(read)).not.toContain('abcdefghij')
  })
})
