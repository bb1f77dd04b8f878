import type { Cost } from './cost.ts'
import { focusRules, type FocusVersion } from './focus-versions.ts'
import { millionthsText } from './invoice.ts'
import { dayText } from './rollups.ts'
import { monthSpan } from './forecast.ts'
import { providerName } from '../providers/providers.ts'

/** The charge of one organization on one day for one model through one key of one project. */
export interface FocusCharge extends Cost {
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
  readonly tokens: number
  readonly requests: number
  /** Micro-USD. */
  readonly estimate: number
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
export function focusRow(charge: FocusCharge, columns: readonly FocusColumn[]): readonly (string | null)[] {
  const { start, end } = monthSpan(charge.day)
  const cost = exactText(charge)
  const provider = providerName(charge.provider)
  const quantity = charge.tokens > 0 ? String(charge.tokens) : null
  const unit = quantity === null ? null : 'Tokens'
  const row: Readonly<Record<FocusColumn, string | null>> = {
    BilledCost: cost,
    BillingAccountId: charge.organizationId ?? charge.organization,
    BillingAccountName: charge.organization,
    BillingCurrency: 'USD',
    BillingPeriodEnd: midnight(end),
    BillingPeriodStart: midnight(start),
    ChargeCategory: 'Usage',
    ChargeClass: null,
    ChargeDescription: charge.model === null ? `Use of ${provider}` : `Use of ${charge.model}`,
    ChargeFrequency: 'Usage-Based',
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
    SkuId: charge.model,
    SubAccountId: charge.project?.id ?? null,
    SubAccountName: charge.project?.name ?? null,
    Tags: toTags(charge),
    x_Client: charge.client,
    x_EstimatedCost: millionthsText(charge.estimate),
    x_Requests: String(charge.requests),
  }
  return columns.map((column) => row[column])
}

const NANO_DIGITS = 9

/** Dollars to the last nano-USD: `0.92`, `-0.0000004`. */
function exactText({ cost, costNano }: Cost): string {
  if (costNano === 0) return millionthsText(cost)
  const nano = BigInt(cost) * 1000n + BigInt(costNano)
  const digits = String(nano < 0n ? -nano : nano).padStart(NANO_DIGITS + 1, '0')
  return `${nano < 0n ? '-' : ''}${digits.slice(0, -NANO_DIGITS)}.${digits.slice(-NANO_DIGITS).replace(/0+$/u, '')}`
}

function toTags({ environment, team }: FocusCharge): string | null {
  const tags = { ...(environment === null ? {} : { environment }), ...(team === null ? {} : { team }) }
  return Object.keys(tags).length === 0 ? null : JSON.stringify(tags)
}
