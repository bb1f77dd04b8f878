import { lifetimeWords } from '../../../shared/domain/federation/lifetime.ts'
import { findRuleState, reachWords } from '../../../shared/domain/federation/path.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { CERTIFICATES, FEDERATION, type CertificateRow, type FederationRow } from '../../../shared/nouns/federation.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { certificateLabel, pinLabel, stateLabel } from './labels.ts'

/** The columns of the rules: how much each accepts before what a narrow window has no room for. */
export const FEDERATION_COLUMNS = toColumns(FEDERATION, {
  workload: (row) => capitalize(row.workload),
  pin: (row) => pinLabel(row.pin),
  state: (row) => stateLabel(findRuleState(row)),
  account: accountName,
  reaches: (row) => (row.reaches.length === 0 ? null : capitalize(reachWords(row.reaches))),
  name: (row) => row.name ?? row.externalId,
  lifetimeSeconds: (row) => capitalize(lifetimeWords(row.lifetimeSeconds)),
})

/** The name of the service account as which the workloads of a rule act, else its id. */
export function accountName({ account }: Pick<FederationRow, 'account'>): string {
  return account === null ? '' : account.name?.trim() || account.externalId
}

/** The columns of the certificates at an instant, in milliseconds since the epoch. */
export function certificateColumns(now: number): readonly DataColumn<CertificateRow>[] {
  return toColumns(CERTIFICATES, { state: (row) => certificateLabel(row, now) })
}
