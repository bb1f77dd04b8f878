/**
 * The versions of the FinOps Open Cost and Usage Specification (FOCUS) by which charges can be written, oldest first. Data:
 * the column definitions in `specification/columns` of its repository, at the tags v1.0, v1.1 and v1.2.
 */
export const FOCUS_VERSIONS = ['1.0', '1.1', '1.2'] as const
export type FocusVersion = (typeof FOCUS_VERSIONS)[number]

/** The newest version that is known. */
export const NEWEST_FOCUS: FocusVersion = '1.2'

const split = (text: string): readonly string[] => text.trim().split(/\s+/u)

/** Mandatory columns, the same in all of these versions, of which no value may be null. */
const NEVER_NULL = split(`
  BilledCost BillingAccountId BillingCurrency BillingPeriodEnd BillingPeriodStart ChargeCategory ChargePeriodEnd
  ChargePeriodStart ContractedCost EffectiveCost InvoiceIssuerName ListCost ProviderName PublisherName ServiceCategory
  ServiceName`)

/** Mandatory columns that may be null. */
const MAY_BE_NULL = split(`
  BillingAccountName ChargeClass ChargeDescription PricingQuantity PricingUnit`)

/** The other columns of version 1.0, and what each later version added. */
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
}

interface FocusRules {
  /** Every column of the version. */
  readonly columns: ReadonlySet<string>
  /** Those that a row has to have. */
  readonly mandatory: readonly string[]
  /** Those of which no value may be null. */
  readonly neverNull: ReadonlySet<string>
}

/** What a version asks of columns. */
export function focusRules(version: FocusVersion): FocusRules {
  const known = FOCUS_VERSIONS.slice(0, FOCUS_VERSIONS.indexOf(version) + 1)
  const mandatory = [...NEVER_NULL, ...MAY_BE_NULL]
  return {
    columns: new Set([...mandatory, ...known.flatMap((each) => OTHERS[each])]),
    mandatory,
    neverNull: new Set(NEVER_NULL),
  }
}

/** A column of our own, as the specification allows. */
const isOwn = (column: string): boolean => column.startsWith('x_')

/** What is wrong with rows by a version, each a sentence; empty when nothing is. */
export function findFocusFaults(
  version: FocusVersion,
  columns: readonly string[],
  rows: Iterable<readonly (string | null)[]>,
): string[] {
  const { columns: known, mandatory, neverNull } = focusRules(version)
  const nulls = new Set<string>()
  for (const row of rows) {
    for (const [n, column] of columns.entries()) {
      if (neverNull.has(column) && (row[n] ?? '') === '') nulls.add(column)
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
