import { toDollars } from '../../../shared/domain/text/money.ts'
import { dayText } from '../../../shared/domain/usage/rollups.ts'
import { share } from './kit/draw.ts'
import type { OrganizationPlan } from './kit/plan.ts'
import type { KeyDay } from './usage.ts'

/** The fields of a tracker's record, in the order in which `CLAIM_COLUMNS` names them. */
export const CLAIM_COLUMNS = {
  timestamp: 0,
  requestId: 1,
  feature: 2,
  user: 3,
  model: 4,
  project: 5,
  key: 6,
  input: 7,
  cached: 8,
  output: 9,
  requests: 10,
  cost: 11,
} as const

/** The clients whose own programs keep records, and of how many days. */
const TRACKED: Readonly<Record<string, number>> = {
  'org-acme-corp': 90,
  org_01AcmeCorpLabs: 90,
  org_01HeliotideClinics: 90,
}

/** No one records what research spends. */
const UNTRACKED = 'Research'

/** Its tracker counts retries twice. */
const OVERCOUNTED = 'Analytics'

const FEATURES: Readonly<Record<string, readonly [string, string]>> = {
  ChatBot: ['chat', 'summarization'],
  Analytics: ['report-writing', 'classification'],
  'Product-Prod': ['chat', 'handover'],
  'Product-Dev': ['evaluation', 'chat'],
  'Analytics-Prod': ['classification', 'report-writing'],
  'Analytics-Dev': ['evaluation', 'classification'],
  'Triage-Prod': ['triage', 'translation'],
  'Triage-Dev': ['evaluation', 'triage'],
  'Patient Letters': ['letter-writing', 'translation'],
  Coding: ['medical-coding', 'second-look'],
}

/** Makes an organization's internal records: most of what was billed, by feature, as rows of a record file. */
export function makeClaims(plan: OrganizationPlan, days: readonly KeyDay[]): readonly (readonly string[])[] {
  const tracked = TRACKED[plan.organizationId] ?? 0
  return days
    .filter(({ ago, project }) => ago <= tracked && project !== UNTRACKED)
    .flatMap(({ ago, project, key, bill }) => {
      const seed = `${plan.organizationId}/${key.name}/${ago}/${bill.model ?? ''}`
      const known = project === OVERCOUNTED ? 1.06 : 0.93 + 0.06 * share(`known/${seed}`)
      const first = 0.55 + 0.2 * share(`feature/${seed}`)
      const [main, other] = FEATURES[project] ?? ['chat', 'other']
      const owner = key.owner.is === 'person' ? key.owner.email : ''
      return [[main, known * first] as const, [other, known * (1 - first)] as const].map(([feature, part]) => {
        const count = (value: number): string => String(Math.floor(value * part))
        return [
          dayText(bill.day),
          `sample/${seed}/${feature}`,
          feature,
          owner,
          bill.model ?? '',
          bill.project ?? '',
          bill.key ?? '',
          count(bill.input),
          count(bill.cached),
          count(bill.output),
          count(bill.requests),
          toDollars(Math.floor(bill.cost * part)).toFixed(6),
        ]
      })
    })
}
