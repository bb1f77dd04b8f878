import type { FederationFilter, FederationRow } from '../../../shared/contract/access.ts'
import { allReachWords, federationPath, findRuleState, RULE_STATES } from '../../../shared/domain/federation/path.ts'
import { PINS } from '../../../shared/domain/federation/workload.ts'
import { CONNECTION_FIELDS } from '../kit/fields.ts'
import type { Field } from '../kit/listing.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { manyOption } from '../kit/options.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { isoTime } from '../kit/text/when.ts'

type Options = Pick<FederationFilter, 'search' | 'state' | 'pin'>

const FEDERATION_FIELDS: readonly Field<FederationRow>[] = [
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS,
  { key: 'provider', json: (row) => row.connection.provider },
  { key: 'externalId', json: (row) => row.externalId },
  { key: 'name', json: (row) => row.name, column: { title: 'Rule', flexible: true } },
  { key: 'status', json: (row) => row.status },
  { key: 'state', json: findRuleState, column: { title: 'State' } },
  { key: 'issuer', json: (row) => row.issuer },
  { key: 'issuerName', json: (row) => row.issuerName },
  { key: 'issuerStatus', json: (row) => row.issuerStatus },
  { key: 'audience', json: (row) => row.audience },
  { key: 'subject', json: (row) => row.subject },
  { key: 'claims', json: (row) => JSON.stringify(row.claims) },
  { key: 'condition', json: (row) => row.condition },
  { key: 'pin', json: (row) => row.pin },
  { key: 'workload', json: (row) => row.workload, column: { title: 'Workloads', flexible: true } },
  { key: 'accountId', json: (row) => row.account?.id ?? null },
  { key: 'accountExternalId', json: (row) => row.account?.externalId ?? null },
  {
    key: 'account',
    json: (row) => row.account?.name ?? null,
    column: { title: 'Act as', flexible: true },
    cell: (row) => shown(row.account?.name ?? row.account?.externalId ?? ''),
  },
  { key: 'path', json: federationPath },
  {
    key: 'reaches',
    json: (row) => allReachWords(row.reaches),
  },
  { key: 'projects', json: (row) => row.projects?.join(', ') ?? null },
  { key: 'scopes', json: (row) => row.scopes, column: { title: 'Scopes', flexible: true, optional: true } },
  { key: 'lifetimeSeconds', json: (row) => row.lifetimeSeconds },
  { key: 'createdAt', json: (row) => isoTime(row.createdAt) },
]

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .summary('list federation rules: which workloads act as a service account without a key')
    .option('--search <text>', 'only rules whose name, workloads, issuer or account it names')
    .addOption(manyOption('--state <state>', 'only this state', RULE_STATES))
    .addOption(manyOption('--pin <pin>', 'only rules that pin their workloads down so far', PINS))
  defineListVerb<FederationRow, Options>(list, act, {
    fields: FEDERATION_FIELDS,
    empty: 'No federation rules.',
    read: (api, asked) => (slice) => api.access.federation({ ...asked, ...slice }),
  })
}
