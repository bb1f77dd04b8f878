import { PROVIDER_IDS, providerFacts } from '../../../shared/domain/providers/providers.ts'

/**
 * What a limit is of, as SQL gives it in the column `limit_of`. A project's limits are kept beside those of its keys and
 * models, and an organization's beside the cap of its usage tier; a question for the limit of a place means neither.
 *
 * Adapters name limits of keys and the cap of a usage tier by ids of their own; the words of other providers (of a file,
 * too) mean nothing of the kind.
 */
const LIMIT_OF = `CASE
  ${PROVIDER_IDS.flatMap((id) => providerFacts(id).limitIds.map(([form, of]) => `WHEN v.external_id LIKE '${form}' AND ${providerIs(id)} THEN '${of}'`)).join('\n  ')}
  WHEN v.model IS NOT NULL THEN 'model'
  WHEN v.project_id IS NOT NULL THEN 'project'
  ELSE 'organization' END`

function providerIs(provider: string): string {
  return `(SELECT provider FROM connection WHERE id = v.connection_id) = '${provider}'`
}

/** All versions of all limits, with what each is of: every statement that asks what a limit says reads this. */
export const LIMITS = `(SELECT v.*, ${LIMIT_OF} AS limit_of FROM limit_version v)`

/** Whether a limit `l` of `LIMITS` holds what an organization or a project as a whole may spend. */
export const SPENDS_PLACE = `l.kind = 'spend' AND l.limit_of IN ('organization', 'project')`

export const OF_MONTH = `l.period IN ('month', 'monthly')`

/** The same of a month. */
export const SPENDS_MONTH = `${SPENDS_PLACE} AND ${OF_MONTH}`
