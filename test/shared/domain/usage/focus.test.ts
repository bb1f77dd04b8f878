import { describe, expect, it } from 'vitest'

import { type FocusCharge, focusColumns, focusRow } from '../../../../shared/domain/usage/focus.ts'
import {
  type FocusCell,
  findFocusFaults,
  FOCUS_VERSIONS,
  focusRules,
  NEWEST_FOCUS,
} from '../../../../shared/domain/usage/focus-versions.ts'

const charge: FocusCharge = {
  day: 20_400,
  client: 'Acme',
  provider: 'openai',
  organizationId: null,
  organization: 'Acme on OpenAI',
  project: null,
  key: null,
  model: null,
  environment: null,
  team: null,
  readDays: [{ from: 20_393, to: 20_423 }],
  item: null,
  quantity: 1,
  unit: 'Charges',
  requests: 0,
  cost: 0,
  costNano: 0,
  estimate: 0,
}

describe('FOCUS', () => {
  it.each(FOCUS_VERSIONS)(
    '%s has every mandatory column, none that the version lacks, and no null where none may be',
    (version) => {
      const columns = focusColumns(version)
      expect(findFocusFaults(version, columns, [focusRow(charge, columns)])).toEqual([])
      expect(focusRules(version).mandatory.every((column) => (columns as readonly string[]).includes(column))).toBe(
        true,
      )
    },
  )

  it('has the column for the kind of service since 1.1 only', () => {
    expect(focusColumns('1.0')).not.toContain('ServiceSubcategory')
    expect(focusColumns('1.1')).toContain('ServiceSubcategory')
    expect(FOCUS_VERSIONS.at(-1)).toBe(NEWEST_FOCUS)
  })

  it('names the provider by the columns of 1.3, beside the former ones there and in place of them in 1.4', () => {
    const providers = (version: (typeof FOCUS_VERSIONS)[number]): Record<string, FocusCell> => {
      const columns = focusColumns(version)
      const row = focusRow(charge, columns)
      return Object.fromEntries(
        columns.flatMap((column, at) =>
          /(?:Provider|Publisher)Name$/u.test(column) ? [[column, row[at] ?? null]] : [],
        ),
      )
    }
    const former = { ProviderName: 'OpenAI', PublisherName: 'OpenAI' }
    const named = { HostProviderName: 'OpenAI', ServiceProviderName: 'OpenAI' }
    expect(providers('1.2')).toEqual(former)
    expect(providers('1.3')).toEqual({ ...former, ...named })
    expect(providers('1.4')).toEqual(named)
    const columns = focusColumns('1.3')
    expect(findFocusFaults('1.4', columns, [focusRow(charge, columns)])).toEqual([
      'The column ProviderName is not in FOCUS 1.4.',
      'The column PublisherName is not in FOCUS 1.4.',
    ])
  })

  it('lists the columns of its own after those of the specification, which are in the order of the alphabet', () => {
    const columns = focusColumns(NEWEST_FOCUS)
    const own = columns.filter((column) => column.startsWith('x_'))
    const ofSpecification = columns.filter((column) => !column.startsWith('x_'))
    expect(columns).toEqual([...ofSpecification.toSorted(), ...own.toSorted()])
  })

  it('names what is missing, unknown or empty', () => {
    const columns = focusColumns('1.2').filter((column) => column !== 'ListCost')
    const row = focusRow({ ...charge, organization: '' }, columns)
    expect(findFocusFaults('1.2', [...columns, 'InvoiceTo'], [[...row, 'x']])).toEqual([
      'The column ListCost is missing.',
      'The column InvoiceTo is not in FOCUS 1.2.',
      'The column BillingAccountId has no value in a row.',
    ])
  })

  it('has the numbers of columns of the specification', () => {
    expect(FOCUS_VERSIONS.map((version) => focusRules(version).columns.size)).toEqual([43, 50, 57, 65, 65])
    expect(FOCUS_VERSIONS.map((version) => focusRules(version).mandatory.length)).toEqual([21, 21, 21, 23, 21])
  })
})
