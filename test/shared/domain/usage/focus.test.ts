import { describe, expect, it } from 'vitest'

import { type FocusCharge, focusColumns, focusRow } from '../../../../shared/domain/usage/focus.ts'
import {
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
  tokens: 0,
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
    expect(FOCUS_VERSIONS.map((version) => focusRules(version).columns.size)).toEqual([43, 50, 57])
    expect(focusRules('1.2').mandatory).toHaveLength(21)
  })
})
