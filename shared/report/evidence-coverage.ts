import type { ProviderCoverage } from '../contract/coverage.ts'
import { coverageWord } from '../domain/coverage.ts'
import { providerWords } from '../domain/providers/providers.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'
import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'

export const COVERAGE: EvidenceTable = {
  name: 'coverage',
  title: 'Coverage',
  about:
    'Everything that each provider offers, what was read of it at the syncs above, and what may not be concluded where it was not. Costs and usage are those of their last reading. What a provider offers is by the documentation that its first row names.',
  fields: {
    provider: 'Provider',
    organization: 'Organization',
    connection: 'Connection',
    offered: 'Offered',
    state: 'State',
    fetched: 'Rows',
    unknown: 'Not to be concluded',
    reason: 'Why',
    sync: 'Sync',
    readAt: 'Read (UTC)',
    basis: 'Offered by the documentation',
  },
}

/** A record for each thing that a provider offers, by connection. */
export function coverageRecords(coverages: readonly ProviderCoverage[]): EvidenceRecord[] {
  return coverages.flatMap(({ provider, platform, connection, sync, basis, rows }) =>
    rows.map(({ what, state, fetched, unknown, reason }, at) => ({
      provider: said(providerWords(provider, platform)),
      organization: connection?.organizationId ? said(connection.organizationId) : null,
      connection: connection === null ? null : said(connection.label),
      offered: what,
      state: coverageWord(state),
      fetched,
      unknown,
      reason: reason === null ? null : said(reason),
      sync: sync?.id ?? null,
      readAt: utcInstant(sync?.finishedAt ?? null),
      // In the first row of a connection only: it is the same for all of them.
      basis: at === 0 ? basis.join('; ') : null,
    })),
  )
}
