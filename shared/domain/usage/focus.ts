import { type Decimal, toDecimal } from '../text/decimal.ts'
import { type FocusCell, focusRules, type FocusVersion } from './focus-versions.ts'
import type { FocusLine } from './focus-lines.ts'
import { dayText } from './rollups.ts'
import { monthSpan } from './forecast.ts'
import type { ReadDays } from './read-days.ts'
import { providerName } from '../providers/providers.ts'

/** The charge of one organization on one day for one line item of one model through one key of one project. */
export interface FocusCharge extends FocusLine {
  readonly day: number
  readonly client: string
  readonly provider: string
  readonly organizationId: string | null
  readonly organization: string
  /** The provider's ids, and the last names known; null if it did not report one. */
  readonly project: { readonly id: string; readonly name: string | null } | null
  readonly key: { readonly id: string; readonly name: string | null } | null
  readonly model: string | null
  readonly environment: string | null
  readonly team: string | null
  /** The days of the period of the file that were read of the organization. */
  readonly readDays: ReadDays
}

/**
 * The columns, by the FinOps Open Cost and Usage Specification (FOCUS) in its known versions; those that begin with `x_`
 * are our own, as the specification allows. See docs/usage-reports.md.
 */
const FOCUS_COLUMNS = [
  'BilledCost',
  'BillingAccountId',
  'BillingAccountName',
  'BillingCurrency',
  'BillingPeriodEnd',
  'BillingPeriodStart',
  'ChargeCategory',
  'ChargeClass',
  'ChargeDescription',
  'ChargeFrequency',
  'ChargePeriodEnd',
  'ChargePeriodStart',
  'ConsumedQuantity',
  'ConsumedUnit',
  'ContractedCost',
  'EffectiveCost',
  'HostProviderName',
  'InvoiceIssuerName',
  'ListCost',
  'PricingQuantity',
  'PricingUnit',
  'ProviderName',
  'PublisherName',
  'ResourceId',
  'ResourceName',
  'ResourceType',
  'ServiceCategory',
  'ServiceName',
  'ServiceProviderName',
  'ServiceSubcategory',
  'SkuId',
  'SubAccountId',
  'SubAccountName',
  'Tags',
  'x_Client',
  'x_EstimatedCost',
  'x_ReadDays',
  'x_Requests',
] as const

type FocusColumn = (typeof FOCUS_COLUMNS)[number]

/** The columns of a version, in the order of the file. */
export function focusColumns(version: FocusVersion): readonly FocusColumn[] {
  const { columns } = focusRules(version)
  return FOCUS_COLUMNS.filter((column) => columns.has(column) || column.startsWith('x_'))
}

const midnight = (day: number): string => `${dayText(day)}T00:00:00Z`

/**
 * A row of FOCUS with some of its columns. The billed amount is the only known cost, so all four costs are the same; an estimate is in a column
 * of its own and in none of them. Sums of `BilledCost` are exactly what was billed.
 */
export function focusRow(charge: FocusCharge, columns: readonly FocusColumn[]): readonly FocusCell[] {
  const { start, end } = monthSpan(charge.day)
  const cost = exactCost(charge)
  const provider = providerName(charge.provider)
  const { item, model } = charge
  // The sign decides: a provider takes money back, and nothing was consumed for it.
  const isCredit = cost.units < 0n
  const quantity = isCredit ? null : toDecimal(charge.quantity, 0)
  const unit = isCredit ? null : charge.unit
  const row: Readonly<Record<FocusColumn, FocusCell>> = {
    BilledCost: cost,
    BillingAccountId: charge.organizationId ?? charge.organization,
    BillingAccountName: charge.organization,
    BillingCurrency: 'USD',
    BillingPeriodEnd: midnight(end),
    BillingPeriodStart: midnight(start),
    ChargeCategory: isCredit ? 'Credit' : 'Usage',
    ChargeClass: CORRECTION.test(item ?? '') ? 'Correction' : null,
    ChargeDescription: `${isCredit ? 'Credit for' : 'Use of'} ${model ?? provider}${item === null ? '' : `: ${item}`}`,
    ChargeFrequency: isCredit ? 'One-Time' : 'Usage-Based',
    ChargePeriodEnd: midnight(charge.day + 1),
    ChargePeriodStart: midnight(charge.day),
    ConsumedQuantity: quantity,
    ConsumedUnit: unit,
    ContractedCost: cost,
    EffectiveCost: cost,
    // No provider names who hosts it, so that the specification takes the provider.
    HostProviderName: provider,
    InvoiceIssuerName: provider,
    ListCost: cost,
    PricingQuantity: quantity,
    PricingUnit: unit,
    ProviderName: provider,
    PublisherName: provider,
    ResourceId: charge.key?.id ?? null,
    ResourceName: charge.key?.name ?? null,
    ResourceType: charge.key === null ? null : 'API key',
    ServiceCategory: 'AI and Machine Learning',
    ServiceName: `${provider} API`,
    ServiceProviderName: provider,
    ServiceSubcategory: 'Generative AI',
    SkuId: isCredit ? null : (item ?? model ?? `${provider} API`),
    SubAccountId: charge.project?.id ?? null,
    SubAccountName: charge.project?.name ?? null,
    Tags: toTags(charge),
    x_Client: charge.client,
    x_EstimatedCost: toDecimal(charge.estimate, 6, 2),
    x_ReadDays: charge.readDays.map(({ from, to }) => `${dayText(from)}/${dayText(to - 1)}`).join(' '),
    x_Requests: toDecimal(charge.requests, 0),
  }
  return columns.map((column) => row[column])
}

/** Words of a line item by which a provider corrects an earlier bill. */
const CORRECTION = /\b(?:correction|adjustment)s?\b/iu

/** Dollars to the last nano-USD: `0.92`, `-0.0000004`. */
function exactCost({ cost, costNano }: FocusLine): Decimal {
  return toDecimal(BigInt(cost) * 1000n + BigInt(costNano), 9, 2)
}

function toTags({ environment, team }: FocusCharge): string | null {
  const tags = { ...(environment === null ? {} : { environment }), ...(team === null ? {} : { team }) }
  return Object.keys(tags).length === 0 ? null : JSON.stringify(tags)
}
