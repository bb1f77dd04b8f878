/** How pressing a finding is, most pressing first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const

export type Severity = (typeof SEVERITIES)[number]

/** Sort key: 0 is the most pressing. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}
