import type { DetailFact } from '../../../shared/domain/facts.ts'

/** That a directory of the customer manages a principal, where the provider reports it. */
export function provisionedDetail(externalId: string, isProvisioned: boolean): readonly DetailFact[] {
  return isProvisioned ? [{ type: 'detail', of: 'principal', externalId, kind: 'provisioned', value: ['yes'] }] : []
}
