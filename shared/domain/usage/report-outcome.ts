interface Report {
  readonly report: string
  readonly state: string
  readonly reason: string | null
}

/** How the usage of a connection was read: why it was skipped, or which of its reports were not read. */
export function describeUsageReading(reports: readonly Report[], skipped: string | null): string {
  if (skipped !== null) return `skipped. ${skipped}`
  const failed = reports.filter((report) => !isUsageRead(report))
  if (failed.length === 0) return 'read'
  const each = failed.map(({ report, state, reason }) => `${report} ${state}${reason === null ? '' : `: ${reason}`}`)
  return `${failed.length === reports.length ? 'not read' : 'read in part'}. ${each.join('; ')}`
}

/** An organization may lack a kind of use; such a report is not missed. */
export function isUsageRead({ state }: Pick<Report, 'state'>): boolean {
  return state === 'complete' || state === 'unavailable'
}
