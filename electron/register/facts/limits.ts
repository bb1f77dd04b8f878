import { PROVIDER_IDS, providerFacts } from '../../../shared/domain/providers/providers.ts'

/**
 * The subject of a limit, as the column `limit_of` in SQL. A project's limits are stored beside those of its keys and
 * models, and an organization's beside the cap of its usage tier; the limit of a project or organization means none of
 * these.
 *
 * Adapters mark limits of keys and the cap of a usage tier by specific ids; ids of other providers or files have no
 * such meaning.
 */
const LIMIT_OF = `CASE
  ${PROVIDER_IDS.flatMap((id) => providerFacts(id).limitIds.map(([form, of]) => `WHEN v.external_id LIKE '${form}' AND ${providerIs(id)} THEN '${of}'`)).join('\n  ')}
  WHEN v.model IS NOT NULL THEN 'model'
  WHEN v.project_id IS NOT NULL THEN 'project'
  ELSE 'organization' END`

function providerIs(provider: string): string {
  return `(SELECT provider FROM connection WHERE id = v.connection_id) = '${provider}'`
}

/** All versions of all limits, with what each applies to. Every statement about the meaning of a limit reads this. */
export const LIMITS = `(SELECT v.*, ${LIMIT_OF} AS limit_of FROM limit_version v)`

/** True if a limit `l` of `LIMITS` caps the spend of a whole organization or project. */
export const SPENDS_PLACE = `l.kind = 'spend' AND l.limit_of IN ('organization', 'project')`

export const OF_MONTH = `l.period IN ('month', 'monthly')`

/** True if a limit `l` caps the spend of such a place for a month. */
export const SPENDS_MONTH = `${SPENDS_PLACE} AND ${OF_MONTH}`
