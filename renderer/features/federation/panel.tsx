import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { FederationRow } from '../../../shared/contract/access.ts'
import { MAX_SLICE } from '../../../shared/contract/common.ts'
import { lifetimeWords } from '../../../shared/domain/federation/lifetime.ts'
import { federationPath, findRuleState } from '../../../shared/domain/federation/path.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { query } from '../../data/api.ts'
import { AccessList } from '../../entities/access-list.tsx'
import { FindingsLink } from '../../entities/finding-badge.tsx'
import { KeyList } from '../../entities/key-list.tsx'
import { ProviderRecord } from '../../entities/provider-record.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts, Nothing, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { pinLabel, stateLabel } from './labels.ts'

interface FederationPanelProps {
  readonly federationId: number
  readonly onClose: () => void
}

/** Everything known about a federation rule: who acts as whom, with which roles, and the keys that are beside it. */
export function FederationPanel({ federationId, onClose }: FederationPanelProps): ReactElement {
  const rule = useQuery(query.access.federationRule.queryOptions({ input: { federationId } }))
  const row = rule.data
  return (
    <SidePanel
      kind="Federation rule"
      title={row === undefined ? 'Federation rule' : <Named text={row.name} otherwise={row.externalId} />}
      subtitle={row === undefined ? undefined : <ClientMark client={row.client} />}
      marks={row === undefined ? undefined : <Marks row={row} />}
      onClose={onClose}
    >
      <Answer of={rule} what="the federation rule" rows={6} keep>
        {(data) => <Details row={data} />}
      </Answer>
    </SidePanel>
  )
}

function Marks({ row }: { readonly row: FederationRow }): ReactElement {
  const [state, pin] = [stateLabel(findRuleState(row)), pinLabel(row.pin)]
  return (
    <>
      <Status tone={state.tone}>{state.word}</Status>
      <Status tone={pin.tone}>{pin.word}</Status>
      {row.account === null ? null : (
        <FindingsLink findings={row.findings} search={{ kind: ['principal'], subject: row.account.id }} />
      )}
    </>
  )
}

function Details({ row }: { readonly row: FederationRow }): ReactElement {
  return (
    <>
      <PanelSection title="Path">
        <p>{visibleText(`${federationPath(row)}.`)}</p>
      </PanelSection>
      {row.account === null ? null : <OfAccount account={row.account} workload={row.workload} />}
      <PanelSection title="What a token must contain">
        <Facts>
          <TextFact name="Issuer" text={row.issuer} mono />
          <TextFact name="Audience" text={row.audience} otherwise="Not reported" mono />
          <TextFact name="Subject" text={row.subject} otherwise="Any" mono />
          {Object.entries(row.claims)
            .filter(([name]) => name !== 'sub')
            .map(([name, value]) => (
              <TextFact key={name} name={visibleText(name)} text={value} mono />
            ))}
          {row.condition === null ? null : <TextFact name="Condition" text={row.condition} mono />}
        </Facts>
      </PanelSection>
      <ProviderRecord about={{ rule: row.federationId }} />
      <PanelSection title="About">
        <Facts>
          <Fact name="Token lifetime">{lifetimeWords(row.lifetimeSeconds)}</Fact>
          <TextFact name="Scopes" text={row.scopes} otherwise="Those of the account" />
          <TextFact name="Issuer name" text={row.issuerName} otherwise="Not reported" />
          <Fact name="Connection">
            <Link to="/connections" search={{ connection: row.connection.id }} className="c-link">
              <Named text={row.connection.label} />
            </Link>{' '}
            <span className="c-quiet">{providerName(row.connection.provider)}</span>
          </Fact>
          <TimeFact name="Created" at={row.createdAt} otherwise="Not reported" />
          <TextFact name="Id" text={row.externalId} mono />
        </Facts>
      </PanelSection>
    </>
  )
}

interface OfAccountProps {
  readonly account: NonNullable<FederationRow['account']>
  readonly workload: string
}

/** The roles that the workloads have as the account, and the account's keys, which federation could replace. */
function OfAccount({ account, workload }: OfAccountProps): ReactElement {
  const access = useQuery(
    query.access.list.queryOptions({ input: { principal: account.id, sort: { by: 'level' }, limit: MAX_SLICE } }),
  )
  const keys = useQuery(query.keys.list.queryOptions({ input: { principal: account.id, limit: MAX_SLICE } }))
  return (
    <>
      <PanelSection title="Reaches">
        <Answer of={access} what="the access" rows={2} keep>
          {({ rows }) => {
            const own = rows.filter(({ via, viaName }) => via === 'federation' && viaName === workload)
            return own.length === 0 ? (
              <Nothing>Nothing now: the rule or its issuer is off, or the account has no role there.</Nothing>
            ) : (
              <AccessList rows={own} by="where" />
            )
          }}
        </Answer>
      </PanelSection>
      <PanelSection title="Keys of the account">
        <Answer of={keys} what="the keys" rows={2} keep>
          {({ rows }) =>
            rows.length === 0 ? (
              <Nothing>No keys: only federation opens this account.</Nothing>
            ) : (
              <KeyList rows={rows} by="place" />
            )
          }
        </Answer>
      </PanelSection>
    </>
  )
}
