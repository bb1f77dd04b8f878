import { describe, expect, it } from 'vitest'

import {
  clientChange,
  clientInput,
  clientProblems,
  NEW_CLIENT,
} from '../../../../renderer/features/clients/client-values.ts'
import { clientContract } from '../../../../shared/contract/clients.ts'

const add = clientContract.add['~orpc'].inputSchema!

describe('the form of a client', () => {
  it('accepts domains separated by commas, spaces or semicolons, each once and in lower case', () => {
    const values = { ...NEW_CLIENT, name: ' Acme ', domains: 'ACME.example, acme.test;acme.example\n b.example ' }
    expect(clientProblems(values)).toEqual({})
    expect(clientInput(values)).toMatchObject({ name: 'Acme', domains: ['acme.example', 'acme.test', 'b.example'] })
  })

  it('reports a wrong domain, an invalid colour, and a missing name', () => {
    const problems = clientProblems({ ...NEW_CLIENT, name: ' ', colour: 'red', domains: 'a.example x@y' })
    expect(problems.domains).toContain('x@y')
    expect(Object.keys(problems).sort()).toEqual(['colour', 'domains', 'name'])
  })

  it('changes the fields alone that a person changed, so that what another device wrote meanwhile stays', () => {
    const shown = { ...NEW_CLIENT, name: 'Acme', domains: 'acme.example', notes: 'Old' }
    expect(clientChange(shown, shown)).toEqual({})
    expect(clientChange(shown, { ...shown, domains: ' ACME.example ' })).toEqual({})
    expect(clientChange(shown, { ...shown, notes: '', domains: '' })).toEqual({ notes: '', domains: [] })
  })

  it('gives valid input to the contract', () => {
    for (const colour of ['', '#AABBCC']) {
      const values = { ...NEW_CLIENT, name: 'Acme', colour, domains: 'acme.example' }
      expect(clientProblems(values)).toEqual({})
      expect(add.safeParse(clientInput(values)).success).toBe(true)
    }
  })
})
