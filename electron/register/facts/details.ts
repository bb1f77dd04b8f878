import type { DetailFact } from '../../../shared/domain/facts.ts'

/** The current value of a detail, as SQL: a list of texts in JSON; null where the provider reports none. */
export function detailOf(
  kind: DetailFact['kind'],
  of: DetailFact['of'],
  at: { readonly connection: string; readonly externalId: string },
): string {
  return `(SELECT d.value FROM detail_version d WHERE d.connection_id = ${at.connection} AND d.external_id = ${at.externalId}
    AND d.of_kind = '${of}' AND d.kind = '${kind}' AND d.to_sync IS NULL)`
}

/** True if a detail that is a yes or no is reported as yes; null where it is not reported. */
export function isReported(...asked: Parameters<typeof detailOf>): string {
  return `${detailOf(...asked)} = '["yes"]'`
}

/** The columns of the details of a limit `l`. */
export const LIMIT_DETAILS = `${detailOf('recipients', 'limit', { connection: 'l.connection_id', externalId: 'l.external_id' })} AS recipients,
  ${isReported('enforcing', 'limit', { connection: 'l.connection_id', externalId: 'l.external_id' })} AS enforcing`

/** True if a directory of the customer manages a principal `p`. */
export const PROVISIONED = isReported('provisioned', 'principal', {
  connection: 'p.connection_id',
  externalId: 'p.external_id',
})
