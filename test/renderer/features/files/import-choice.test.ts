import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  fieldChoices,
  kindOfFile,
  NO_CHOICE,
  remapped,
  toImportInput,
} from '../../../../renderer/features/files/import-choice.ts'
import { IMPORT_FIELDS, IMPORT_KINDS } from '../../../../shared/contract/files.ts'

describe('correcting the columns', () => {
  it('never lets two columns fill one field', () => {
    const column = fc.constantFrom('A', 'B', 'C')
    const field = fc.option(fc.constantFrom('name', 'email', 'role'))
    fc.assert(
      fc.property(fc.array(fc.tuple(column, field), { minLength: 1 }), (steps) => {
        let mapping: Record<string, string | null> = { A: null, B: null, C: null }
        for (const [name, value] of steps) mapping = remapped(mapping, name, value)
        const filled = Object.values(mapping).filter((value) => value !== null)
        expect(new Set(filled).size).toBe(filled.length)
        const [name, value] = steps.at(-1)!
        expect(mapping[name]).toBe(value)
      }),
    )
  })

  it('changes a copy', () => {
    const mapping = { Mail: 'email', Name: null }
    expect(remapped(mapping, 'Name', 'email')).toEqual({ Mail: null, Name: 'email' })
    expect(mapping).toEqual({ Mail: 'email', Name: null })
  })
})

describe('what is checked and imported', () => {
  const file = { name: 'keys.csv', content: new Uint8Array([1]) }
  const toInput = (choice: Partial<typeof NO_CHOICE>) =>
    toImportInput({ ...NO_CHOICE, file, ...choice }, { Key: 'name' })

  it('of keys in CSV has the connection and the corrections', () => {
    expect(toInput({ client: 'acme', kind: 'keys', connection: '7' })).toEqual({
      client: 'acme',
      kind: 'keys',
      fileName: 'keys.csv',
      content: file.content,
      provider: 'openai',
      complete: false,
      mapping: { Key: 'name' },
      connection: 7,
    })
  })

  it('has neither for a register, which is a complete list unless its reader chooses otherwise', () => {
    const input = toInput({ client: 'acme', connection: '7' })
    expect(input).toMatchObject({ kind: 'register', complete: true })
    expect(input).not.toHaveProperty('connection')
    expect(input).not.toHaveProperty('mapping')
    expect(toInput({ client: 'acme', complete: false })).toMatchObject({ complete: false })
  })

  it('waits for a client and a file', () => {
    expect([toInput({}), toInput({ client: 'acme', file: null })]).toEqual([null, null])
  })
})

it('the kind is guessed from the name of the file, otherwise the choice is kept', () => {
  expect(kindOfFile('REGISTER.MD')).toBe('register')
  expect(kindOfFile('service accounts.csv')).toBe('service-accounts')
  expect(kindOfFile('api-keys.csv')).toBe('keys')
  expect(kindOfFile('users.tsv')).toBe('people')
  expect(kindOfFile('export.csv')).toBeNull()
})

it('every field of the contract is offered with a label', () => {
  for (const kind of IMPORT_KINDS) {
    const choices = fieldChoices(kind)
    expect(choices.map(({ value }) => value)).toEqual(kind === 'register' ? [] : [...IMPORT_FIELDS[kind]])
    expect(choices.every(({ value, label }) => label !== '' && label !== value)).toBe(true)
  }
})
