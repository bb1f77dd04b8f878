import type { Decimal } from '../text/decimal.ts'

/** A cell of FOCUS: amounts and quantities are numbers. */
export type FocusCell = string | Decimal | null

/**
 * The versions of the FinOps Open Cost and Usage Specification (FOCUS) by which charges can be written, oldest first. Data:
 * the column definitions in `specification/columns` of its repository, at the tags v1.0, v1.1 and v1.2; of version 1.3 those in
 * `specification/datasets/cost_and_usage/columns` and its guide for migration; of version 1.4 (June 2026) the presence of columns
 * in `specification/datasets/cost_and_usage/dataset.md` at the tag v1.4. Only the dataset of cost and usage is written.
 */
export const FOCUS_VERSIONS = ['1.0', '1.1', '1.2', '1.3', '1.4'] as const
export type FocusVersion = (typeof FOCUS_VERSIONS)[number]

/** The newest version that is known. */
export const NEWEST_FOCUS: FocusVersion = '1.4'

/** Columns that no row of use may leave empty (their own requirements on nulls, since version 1.0); corrections may. */
const OF_USAGE = ['ConsumedQuantity', 'ConsumedUnit', 'PricingQuantity', 'PricingUnit', 'SkuId']

const split = (text: string): readonly string[] => text.trim().split(/\s+/u)

/** Mandatory columns of every version whose values may not be null. */
const NEVER_NULL = split(`
  BilledCost BillingAccountId BillingCurrency BillingPeriodEnd BillingPeriodStart ChargeCategory ChargePeriodEnd
  ChargePeriodStart ContractedCost EffectiveCost InvoiceIssuerName ListCost ServiceCategory ServiceName`)

/** Mandatory columns of every version that may be null. */
const MAY_BE_NULL = split(`
  BillingAccountName ChargeClass ChargeDescription PricingQuantity PricingUnit`)

/**
 * Who provides a service, mandatory and never null for usage: version 1.3 replaced the two former columns and kept them,
 * version 1.4 removed them.
 */
const FORMER_PROVIDERS = split('ProviderName PublisherName')
const PROVIDERS = split('HostProviderName ServiceProviderName')

const PROVIDERS_OF: Readonly<Record<FocusVersion, readonly string[]>> = {
  '1.0': FORMER_PROVIDERS,
  '1.1': FORMER_PROVIDERS,
  '1.2': FORMER_PROVIDERS,
  '1.3': [...FORMER_PROVIDERS, ...PROVIDERS],
  '1.4': PROVIDERS,
}

/** The conditional and recommended columns of version 1.0, and what each later version added. */
const OTHERS: Readonly<Record<FocusVersion, readonly string[]>> = {
  '1.0': split(`
  AvailabilityZone ChargeFrequency CommitmentDiscountCategory CommitmentDiscountId CommitmentDiscountName
  CommitmentDiscountStatus CommitmentDiscountType ConsumedQuantity ConsumedUnit ContractedUnitPrice ListUnitPrice
  PricingCategory RegionId RegionName ResourceId ResourceName ResourceType SkuId SkuPriceId SubAccountId
  SubAccountName Tags`),
  '1.1': split(`
  CapacityReservationId CapacityReservationStatus CommitmentDiscountQuantity CommitmentDiscountUnit ServiceSubcategory
  SkuMeter SkuPriceDetails`),
  '1.2': split(`
  BillingAccountType InvoiceId PricingCurrency PricingCurrencyContractedUnitPrice PricingCurrencyEffectiveCost
  PricingCurrencyListUnitPrice SubAccountType`),
  '1.3': split(`
  AllocatedMethodDetails AllocatedMethodId AllocatedResourceId AllocatedResourceName AllocatedTags ContractApplied`),
  '1.4': split('CommitmentProgramEligibilityDetails InvoiceDetailId'),
}

interface FocusRules {
  /** Every column of the version. */
  readonly columns: ReadonlySet<string>
  /** Those that a row has to have. */
  readonly mandatory: readonly string[]
  /** Those whose values may not be null. */
  readonly neverNull: ReadonlySet<string>
}

/** The rules of a version for columns. */
export function focusRules(version: FocusVersion): FocusRules {
  const known = FOCUS_VERSIONS.slice(0, FOCUS_VERSIONS.indexOf(version) + 1)
  const neverNull = [...NEVER_NULL, ...PROVIDERS_OF[version]]
  const mandatory = [...neverNull, ...MAY_BE_NULL]
  return {
    columns: new Set([...mandatory, ...known.flatMap((each) => OTHERS[each])]),
    mandatory,
    neverNull: new Set(neverNull),
  }
}

/** A column of our own, as the specification allows. */
const isOwn = (column: string): boolean => column.startsWith('x_')

/** Finds the faults of rows by a version, each a sentence; empty where there is none. */
export function findFocusFaults(
  version: FocusVersion,
  columns: readonly string[],
  rows: Iterable<readonly FocusCell[]>,
): string[] {
  const { columns: known, mandatory, neverNull } = focusRules(version)
  const nulls = new Set<string>()
  for (const row of rows) {
    const isUse = row[columns.indexOf('ChargeCategory')] === 'Usage' && row[columns.indexOf('ChargeClass')] === null
    for (const [n, column] of columns.entries()) {
      if ((neverNull.has(column) || (isUse && OF_USAGE.includes(column))) && (row[n] ?? '') === '') nulls.add(column)
    }
  }
  return [
    ...mandatory.filter((column) => !columns.includes(column)).map((column) => `The column ${column} is missing.`),
    ...columns
      .filter((column) => !known.has(column) && !isOwn(column))
      .map((column) => `The column ${column} is not in FOCUS ${version}.`),
    ...[...nulls].map((column) => `The column ${column} has no value in a row.`),
  ]
}
