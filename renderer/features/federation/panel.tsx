import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { FederationRow } from '../../../shared/contract/access.ts'
import { MAX_SLICE } from '../../../shared/contract/common.ts'
import { lifetimeWords } from '../../../shared/domain/federation/lifetime.ts'
import { federationPath, findRuleState } from '../../../shared/domain/federation/path.ts'
import { query } from '../../data/api.ts'
import { ConnectionFact } from '../../entities/connection-fact.tsx'
import { FindingsLink } from '../../entities/finding-badge.tsx'
import { KeyList } from '../../entities/key-list.tsx'
import { RoleMark } from '../../entities/level.tsx'
import { ProviderRecord } from '../../entities/provider-record.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { LongList } from '../../ui/panel/long-list.tsx'
import { Fact, Facts, Nothing, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
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
      <Answer of={rule} what="the federation rule" rows={6}>
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
        <p className="c-prose">{visibleText(`${federationPath(row)}.`)}</p>
      </PanelSection>
      <Reaches reaches={row.reaches} />
      {row.account === null ? null : <KeysOfAccount account={row.account} />}
      <PanelSection title="What a token must contain">
        <Facts>
          <TextFact name="Issuer" text={row.issuer} mono otherwise="Not read" />
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
          <ConnectionFact connection={row.connection} />
          <TimeFact name="Created" at={row.createdAt} otherwise="Not reported" />
          <TextFact name="Id" text={row.externalId} mono />
        </Facts>
      </PanelSection>
    </>
  )
}

type Account = NonNullable<FederationRow['account']>

/** The roles that the workloads have by the rule, the strongest first. */
function Reaches({ reaches }: Pick<FederationRow, 'reaches'>): ReactElement {
  return (
    <PanelSection title="Reaches" count={reaches.length}>
      {reaches.length === 0 ? (
        <Nothing>Nothing now: the rule or its issuer is off, or the account has no role there.</Nothing>
      ) : (
        <LongList items={reaches} getKey={({ role, level, projectId }) => `${role} ${level} ${projectId ?? ''}`}>
          {({ role, level, projectId, project }) => (
            <>
              {projectId === null ? (
                'Organization'
              ) : (
                <Link to="/projects" search={{ project: projectId }} className="c-link">
                  <Named text={project} />
                </Link>
              )}{' '}
              <RoleMark raw={role} level={level} />
            </>
          )}
        </LongList>
      )}
    </PanelSection>
  )
}

/** The keys of the account, which the rule could replace. */
function KeysOfAccount({ account }: { readonly account: Account }): ReactElement {
  const keys = useQuery(query.keys.list.queryOptions({ input: { principal: account.id, limit: MAX_SLICE } }))
  return (
    <PanelSection title="Keys of the account" count={keys.data?.total}>
      <Answer of={keys} what="the keys" rows={2}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <Nothing>No keys: only federation opens this account.</Nothing>
          ) : (
            <KeyList rows={rows} by="place" total={total} />
          )
        }
      </Answer>
    </PanelSection>
  )
}
