/**
 * The requirements of FOCUS that a row of costs and usage of an AI provider can break, as sentences of the specification with what decides
 * them. Source: `specification/columns` and `specification/attributes` of FOCUS_Spec at the tag v1.2; versions 1.3 and 1.4 kept them and
 * changed which columns name the provider. It shares no code with what writes the file.
 */
export type FocusRow = Readonly<Record<string, string>>

/** `violate` makes a row that breaks the requirement from one that does not. */
export interface Requirement {
  readonly sentence: string
  readonly holds: (row: FocusRow) => boolean
  readonly violate: (row: FocusRow) => FocusRow
}

const NUMBER = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:E-?\d+)?$/u
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u

const NUMERIC = [
  'BilledCost',
  'EffectiveCost',
  'ContractedCost',
  'ListCost',
  'PricingQuantity',
  'ConsumedQuantity',
  'x_EstimatedCost',
  'x_Requests',
] as const
const COSTS = ['EffectiveCost', 'ContractedCost', 'ListCost'] as const
const INSTANTS = ['BillingPeriodStart', 'BillingPeriodEnd', 'ChargePeriodStart', 'ChargePeriodEnd'] as const
const NOT_NULL = [
  'BilledCost',
  ...COSTS,
  ...INSTANTS,
  'BillingAccountId',
  'BillingCurrency',
  'ChargeCategory',
  'ChargeFrequency',
  'InvoiceIssuerName',
  'ServiceCategory',
  'ServiceName',
]
const CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment']

const at = (row: FocusRow, column: string): string => row[column] ?? ''
const isNull = (row: FocusRow, column: string): boolean => at(row, column) === ''
const isUse = (row: FocusRow): boolean => at(row, 'ChargeCategory') === 'Usage' && isNull(row, 'ChargeClass')
const set =
  (values: FocusRow) =>
  (row: FocusRow): FocusRow => ({ ...row, ...values })
const USE = { ChargeCategory: 'Usage', ChargeClass: '' }

export const REQUIREMENTS: readonly Requirement[] = [
  ...NUMERIC.map((column): Requirement => ({
    sentence: `${column}: numeric values MUST be an integer, a decimal or in E notation, without qualifiers, commas or a positive sign`,
    holds: (row) => isNull(row, column) || NUMBER.test(at(row, column)),
    violate: set({ [column]: "'-5.00" }),
  })),
  ...NOT_NULL.map((column): Requirement => ({
    sentence: `${column} MUST NOT be null`,
    holds: (row) => !isNull(row, column),
    violate: set({ [column]: '' }),
  })),
  ...INSTANTS.map((column): Requirement => ({
    sentence: `${column} MUST be in UTC, as YYYY-MM-DDTHH:mm:ssZ`,
    holds: (row) => INSTANT.test(at(row, column)),
    violate: set({ [column]: '2026-10-01' }),
  })),
  {
    sentence:
      'ChargePeriodEnd MUST be the exclusive end bound of a period that begins with ChargePeriodStart, within the billing period',
    holds: (row) =>
      at(row, 'BillingPeriodStart') <= at(row, 'ChargePeriodStart') &&
      at(row, 'ChargePeriodStart') < at(row, 'ChargePeriodEnd') &&
      at(row, 'ChargePeriodEnd') <= at(row, 'BillingPeriodEnd'),
    violate: (row) => ({ ...row, ChargePeriodEnd: at(row, 'ChargePeriodStart') }),
  },
  {
    sentence: 'ChargeCategory MUST be one of the allowed values',
    holds: (row) => CATEGORIES.includes(at(row, 'ChargeCategory')),
    violate: set({ ChargeCategory: 'Refund' }),
  },
  {
    sentence: 'ChargeClass MUST be "Correction" when it is not null',
    holds: (row) => isNull(row, 'ChargeClass') || at(row, 'ChargeClass') === 'Correction',
    violate: set({ ChargeClass: 'Credit' }),
  },
  {
    sentence: 'ChargeFrequency MUST be one of the allowed values',
    holds: (row) => ['One-Time', 'Recurring', 'Usage-Based'].includes(at(row, 'ChargeFrequency')),
    violate: set({ ChargeFrequency: 'Daily' }),
  },
  {
    sentence: 'BillingCurrency MUST be a code of ISO 4217',
    holds: (row) => /^[A-Z]{3}$/u.test(at(row, 'BillingCurrency')),
    violate: set({ BillingCurrency: '$' }),
  },
  ...['PricingQuantity', 'ConsumedQuantity', 'SkuId'].map((column): Requirement => ({
    sentence: `${column} MUST NOT be null when ChargeCategory is "Usage" and ChargeClass is not "Correction"`,
    holds: (row) => !isUse(row) || !isNull(row, column),
    violate: set({ ...USE, [column]: '' }),
  })),
  {
    sentence: 'ConsumedQuantity MUST be null when ChargeCategory is not "Usage"',
    holds: (row) => at(row, 'ChargeCategory') === 'Usage' || isNull(row, 'ConsumedQuantity'),
    violate: set({ ChargeCategory: 'Credit', ConsumedQuantity: '1' }),
  },
  ...['Pricing', 'Consumed'].map((of): Requirement => ({
    sentence: `${of}Unit MUST be null when ${of}Quantity is null, and MUST NOT be null when it is not`,
    holds: (row) => isNull(row, `${of}Unit`) === isNull(row, `${of}Quantity`),
    violate: set({ ...USE, [`${of}Quantity`]: '1', [`${of}Unit`]: '' }),
  })),
  ...['Pricing', 'Consumed'].map((of): Requirement => ({
    sentence: `${of}Unit SHOULD be a capitalized plural of a countable noun (UnitFormat)`,
    holds: (row) => isNull(row, `${of}Unit`) || /^[A-Z][a-z]+s$/u.test(at(row, `${of}Unit`)),
    violate: set({ [`${of}Unit`]: 'token' }),
  })),
  ...COSTS.map((column): Requirement => ({
    sentence: `${column} of a charge without a unit price and unrelated to other charges MUST match BilledCost`,
    holds: (row) => at(row, column) === at(row, 'BilledCost'),
    violate: set({ [column]: '0.123456' }),
  })),
  {
    sentence: 'columns MUST NOT use placeholders such as "Not Applicable" or 0 to represent a null',
    holds: (row) =>
      !Object.values(row).some((cell) => /^(?:not applicable|n\/a|null|none|unknown)$/iu.test(cell)) &&
      !['PricingQuantity', 'ConsumedQuantity'].some((column) => Number(row[column] ?? 1) === 0 && !isNull(row, column)),
    violate: set({ SubAccountName: 'Not Applicable' }),
  },
  {
    sentence: 'ResourceName and ResourceType MUST be null when ResourceId is null',
    holds: (row) => !isNull(row, 'ResourceId') || (isNull(row, 'ResourceName') && isNull(row, 'ResourceType')),
    violate: set({ ResourceId: '', ResourceType: 'API key' }),
  },
  {
    sentence: 'Tags MUST be null or an object in JSON of keys with values (KeyValueFormat)',
    holds: (row) => isNull(row, 'Tags') || /^\{".*\}$/u.test(at(row, 'Tags')),
    violate: set({ Tags: 'environment=production' }),
  },
  {
    sentence: 'a charge below zero is granted by the provider (ChargeCategory), not consumed',
    holds: (row) => !at(row, 'BilledCost').startsWith('-') || at(row, 'ChargeCategory') !== 'Usage',
    violate: set({ ...USE, BilledCost: '-1.00', EffectiveCost: '-1.00', ContractedCost: '-1.00', ListCost: '-1.00' }),
  },
]
