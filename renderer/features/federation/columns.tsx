import type { CertificateRow, FederationRow } from '../../../shared/contract/access.ts'
import { lifetimeWords } from '../../../shared/domain/federation/lifetime.ts'
import { findRuleState, reachWords } from '../../../shared/domain/federation/path.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { findingsColumn } from '../../entities/finding-badge.tsx'
import { clientColumn, connectionColumn, projectColumn } from '../../entities/ref-columns.tsx'
import { statusColumn, textColumn, timeColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'
import { certificateLabel, pinLabel, stateLabel } from './labels.ts'

/** The columns of the rules: how much each accepts before what a narrow window has no room for. */
export const FEDERATION_COLUMNS: readonly DataColumn<FederationRow>[] = [
  clientColumn({ ch: 14, sort: 'client' }),
  textColumn('workload', 'Workloads', { ch: 28, grow: 4 }, (row) => capitalize(row.workload)),
  statusColumn('pin', 'Accepts', { ch: 15 }, (row) => pinLabel(row.pin)),
  statusColumn('state', 'State', { ch: 15 }, (row) => stateLabel(findRuleState(row))),
  findingsColumn(),
  textColumn('account', 'Act as', { ch: 14, grow: 1, sort: 'account' }, (row) => accountName(row)),
  textColumn('reaches', 'Reaches', { ch: 17, grow: 1, otherwise: 'Nothing now' }, (row) =>
    row.reaches.length === 0 ? null : capitalize(reachWords(row.reaches)),
  ),
  textColumn('name', 'Rule', { ch: 16, hidden: true, sort: 'name' }, (row) => row.name ?? row.externalId),
  textColumn('lifetime', 'Token lifetime', { ch: 13, hidden: true, sort: 'lifetime' }, (row) =>
    capitalize(lifetimeWords(row.lifetimeSeconds)),
  ),
  textColumn('issuer', 'Issuer', { ch: 24, hidden: true, mono: true }, (row) => row.issuer),
  textColumn('audience', 'Audience', { ch: 20, hidden: true, otherwise: 'Not reported' }, (row) => row.audience),
  textColumn('subject', 'Subject', { ch: 24, hidden: true, mono: true, otherwise: 'Any' }, (row) => row.subject),
  textColumn('scopes', 'Scopes', { ch: 18, hidden: true, otherwise: 'Those of the account' }, (row) => row.scopes),
  connectionColumn({ ch: 16, hidden: true }),
  textColumn('provider', 'Provider', { ch: 11, hidden: true }, (row) => providerName(row.connection.provider)),
  timeColumn(
    'created',
    'Created',
    { sort: 'created', hidden: true, otherwise: 'Not reported' },
    (row) => row.createdAt,
  ),
  textColumn('id', 'Rule id', { ch: 20, hidden: true, mono: true }, (row) => row.externalId),
]

/** The name of the service account as which the workloads of a rule act, else its id. */
export function accountName({ account }: Pick<FederationRow, 'account'>): string {
  return account === null ? '' : account.name?.trim() || account.externalId
}

/** The columns of the certificates at an instant, in milliseconds since the epoch. */
export function certificateColumns(now: number): readonly DataColumn<CertificateRow>[] {
  return [
    textColumn('name', 'Certificate', { ch: 20, grow: 2, sort: 'name' }, (row) => row.name ?? row.externalId),
    clientColumn({ ch: 14, grow: 1, sort: 'client' }),
    projectColumn({ ch: 16, grow: 1 }),
    statusColumn('state', 'State', { ch: 14 }, (row) => certificateLabel(row, now)),
    timeColumn('expires', 'Expires', { sort: 'expires', otherwise: 'Not reported' }, (row) => row.expiresAt),
    timeColumn('valid', 'Valid from', { otherwise: 'Not reported' }, (row) => row.validAt),
    connectionColumn({ ch: 18, grow: 1 }),
    textColumn('id', 'Certificate id', { ch: 22, hidden: true, mono: true }, (row) => row.externalId),
  ]
}
