import { z } from 'zod'

import { policySchema } from '../contract/policy.ts'
import { type ReportSettings, reportSettings } from '../contract/reports.ts'
import { changeOverride, type PolicyOverride } from '../domain/policy.ts'
import { PLAIN_TERMS } from '../domain/usage/invoice.ts'
import { decisionsOn } from './fold.ts'
import { OPERATOR } from './kind.ts'

/** Operations on how the agency works: its policy. */
export const SETTINGS_OPERATIONS = {
  /**
   * Of the agency, the values that change; null: back to the defaults. Of a client, the values that change and, in `cleared`, those
   * that follow the agency's policy again; without `cleared`, all of its values; null: none.
   */
  'policy.changed': {
    words: 'Policy changed',
    areas: ['policy', 'rotation', 'usage'],
    right: { decisions: 'lead', agency: 'owner' },
    conflict: 'ask',
    body: z.strictObject({
      v: z.literal(1),
      values: z.strictObject(policySchema.partial().shape).nullable(),
      cleared: z.array(policySchema.keyof()).exactOptional(),
    }),
  },
} as const

export interface StoredPolicy {
  /** Slug; null: of the agency. */
  readonly client: string | null
  readonly values: PolicyOverride
}

export const POLICIES = decisionsOn<StoredPolicy, typeof SETTINGS_OPERATIONS>({
  table: 'policy',
  key: { of: ({ client }) => client ?? '', in: ({ client }) => client ?? '' },
  folds: {
    'policy.changed': (known, { client, body: { values: given, cleared } }) => {
      const values = given as PolicyOverride | null
      if (values === null) return null
      if (client === null) return { client, values: { ...known?.values, ...values } }
      const changed = cleared === undefined ? values : changeOverride(known?.values ?? null, { values, cleared })
      return changed && { client, values: changed }
    },
  },
})

/** Operations on the usage reports of a client. */
export const REPORT_OPERATIONS = {
  /** The settings of the usage reports of a client that change. A currency comes with its rate. */
  'report.set': {
    words: 'Usage reports set up',
    areas: ['usage'],
    right: OPERATOR,
    conflict: 'ask',
    body: z.strictObject({ v: z.literal(1), ...reportSettings.partial().shape }),
  },
} as const

/** The settings of a client before any were set. */
export const NO_REPORTS: ReportSettings = {
  ...PLAIN_TERMS,
  weekly: false,
  monthly: false,
  invoice: false,
  weeklyTo: [],
  monthlyTo: [],
}

export interface StoredReports extends ReportSettings {
  /** Slug. */
  readonly client: string
  readonly set_at: number
  readonly set_by: string
}

export const REPORTS = decisionsOn<StoredReports, typeof REPORT_OPERATIONS>({
  table: 'report_setting',
  key: { of: ({ client }) => client ?? '', in: ({ client }) => client },
  folds: {
    'report.set': (known, { client, at, operator, body }) => {
      const { v: _, ...given } = body
      const settings = { ...NO_REPORTS, ...known, ...(given as Partial<ReportSettings>) }
      return { ...settings, client: client ?? '', set_at: at, set_by: operator }
    },
  },
})
