import { describe, expect, it } from 'vitest'

import { sampleAgency } from '../../../../electron/service/sample/agency.ts'
import { addDays } from '../../../../shared/domain/day.ts'
import { isDeparted } from '../../../../shared/domain/people/employment.ts'

const TODAY = '2026-03-01'

const { employment, clients } = sampleAgency(TODAY)

describe('the HR files of the sample agency', () => {
  it('name most people once, each in one file, by an address and a number of their own', () => {
    // Each of the 88 people, none of whom is an outsider without a contract, and a guest at each of two clients.
    expect(employment).toHaveLength(90)
    expect(new Set(employment.map((one) => one.email)).size).toBe(employment.length)
    expect(new Set(employment.map((one) => one.externalId)).size).toBe(employment.length)
    const slugs = new Set(clients.map((client) => `${client.slug}-personnel.csv`))
    expect(employment.every((one) => slugs.has(one.source))).toBe(true)
  })

  it('contain one person who has left, one who will leave, one on leave, and contractors', () => {
    const departed = employment.filter((one) => isDeparted(one, TODAY))
    expect(departed.map((one) => one.name).toSorted()).toEqual(['Darius Wendt'])
    const going = employment.filter((one) => !one.contractor && one.endsOn !== null && one.endsOn >= TODAY)
    expect(going.map((one) => [one.name, one.endsOn])).toEqual([['Oluwaseun Adebayo', addDays(TODAY, 20)]])
    expect(employment.filter((one) => one.status === 'leave').map((one) => one.name)).toEqual(['Ewa Nowicka'])
    expect(employment.filter((one) => one.contractor).map((one) => one.name)).toEqual([
      'Søren Aabye',
      'Chiara Monteverdi-Rossi',
      'Kwame Asante-Boateng',
    ])
  })
})
