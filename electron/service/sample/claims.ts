import { toDollars } from '../../../shared/domain/text/money.ts'
import { dayText } from '../../../shared/domain/usage/rollups.ts'
import type { OrganizationDescription } from './client.ts'
import { share } from './draw.ts'
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

/** Of how many days the programs of a client that keep records have them. */
const TRACKED = 90

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
export function makeClaims(
  { keepsRecords, now, label }: OrganizationDescription,
  days: readonly KeyDay[],
): readonly (readonly string[])[] {
  const emails = new Map(now?.principals?.map(({ id, email }) => [id, email]))
  return days
    .filter(({ ago, project }) => keepsRecords && ago <= TRACKED && project !== UNTRACKED)
    .flatMap(({ ago, project, key, bill }) => {
      const seed = `${label}/${key.name}/${ago}/${bill.model ?? ''}`
      const known = project === OVERCOUNTED ? 1.06 : 0.93 + 0.06 * share(`known/${seed}`)
      const first = 0.55 + 0.2 * share(`feature/${seed}`)
      const [main, other] = FEATURES[project] ?? ['chat', 'other']
      return [[main, known * first] as const, [other, known * (1 - first)] as const].map(([feature, part]) => {
        const count = (value: number): string => String(Math.floor(value * part))
        return [
          dayText(bill.day),
          `sample/${seed}/${feature}`,
          feature,
          emails.get(key.owner ?? '') ?? '',
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
