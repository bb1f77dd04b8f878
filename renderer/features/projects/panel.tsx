import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { query } from '../../data/api.ts'
import { ConnectionFact } from '../../entities/connection-fact.tsx'
import { ProviderRecord } from '../../entities/provider-record.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { Facts, Nothing, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { AccessList } from '../../entities/access-list.tsx'
import { projectWord } from '../../entities/access-labels.ts'
import { ImpactLink } from '../../entities/impact-link.tsx'
import { RestrictionsAbout } from '../../entities/restrictions-about.tsx'
import { FindingsLink } from '../../entities/finding-badge.tsx'
import { KeyList } from '../../entities/key-list.tsx'
import type { LimitRow } from '../../../shared/contract/projects.ts'
import { LongList } from '../../ui/panel/long-list.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { enforcementWord, limitWords, recipientsWord, STOPPING } from '../../entities/project-labels.ts'

type Detail = Outputs['projects']['get']

interface ProjectPanelProps {
  readonly projectId: number
  readonly onClose: () => void
}

/** Everything known about a project: people and paths, its keys, its limits. */
export function ProjectPanel({ projectId, onClose }: ProjectPanelProps): ReactElement {
  const project = useQuery(query.projects.get.queryOptions({ input: { projectId } }))
  const row = project.data?.row
  const word = row === undefined ? 'project' : projectWord(row.connection.provider)
  return (
    <SidePanel
      kind={capitalize(word)}
      title={row === undefined ? 'Project' : <Named text={row.name} otherwise="No name" />}
      subtitle={row === undefined ? undefined : <ClientMark client={row.client} />}
      marks={row === undefined ? undefined : <Marks row={row} />}
      onClose={onClose}
    >
      <Answer of={project} what="the project" rows={6}>
        {(data) => <Details detail={data} />}
      </Answer>
    </SidePanel>
  )
}

function Marks({ row }: { readonly row: Detail['row'] }): ReactElement {
  return (
    <>
      {row.status === 'active' ? <Status tone="good">Active</Status> : <Status tone="quiet">Archived</Status>}
      {row.isDefault ? <Status tone="info">Default</Status> : null}
      <FindingsLink findings={row.findings} search={{ kind: ['project'], subject: row.projectId }} />
    </>
  )
}

function Details({ detail }: { readonly detail: Detail }): ReactElement {
  const { row, access, keys, limits } = detail
  const people = access.filter(({ principal }) => principal.kind === 'user' || principal.kind === 'invite')
  const others = access.filter(({ principal }) => principal.kind !== 'user' && principal.kind !== 'invite')
  return (
    <>
      <PanelSection title="People" count={new Set(people.map(({ principal }) => principal.id)).size}>
        {people.length === 0 ? <Nothing>No people.</Nothing> : null}
        <AccessList rows={people} by="who" />
      </PanelSection>
      <PanelSection
        title="Service accounts and groups"
        count={new Set(others.map(({ principal }) => principal.id)).size}
      >
        {others.length === 0 ? <Nothing>None.</Nothing> : null}
        <AccessList rows={others} by="who" />
      </PanelSection>
      <PanelSection
        title="Keys"
        count={keys.length}
        actions={<ImpactLink kind="project" id={row.projectId} name={row.name} />}
      >
        {keys.length === 0 ? <Nothing>No keys.</Nothing> : <KeyList rows={keys} by="owner" />}
      </PanelSection>
      <PanelSection title="Limits" count={limits.length}>
        {limits.length === 0 ? <Nothing>No limits, or none could be read.</Nothing> : <LimitList rows={limits} />}
      </PanelSection>
      <RestrictionsAbout about={{ project: row.projectId }} />
      <ProviderRecord about={{ project: row.projectId }} />
      <PanelSection
        title="About"
        actions={
          <ButtonLink to="/snippets" search={{ project: row.projectId }} size="compact-xs" variant="default">
            Snippets
          </ButtonLink>
        }
      >
        <Facts>
          <ConnectionFact connection={row.connection} />
          <TimeFact name="Created" at={row.createdAt} otherwise="Not known" />
          {row.archivedAt === null ? null : <TimeFact name="Archived" at={row.archivedAt} />}
          <TextFact name="Residency" text={row.residency} otherwise="Not reported" />
          {row.tags.length === 0 ? null : <TextFact name="Tags" text={row.tags.join(', ')} />}
          <TextFact name="Id" text={row.externalId} mono />
        </Facts>
      </PanelSection>
    </>
  )
}

/** Limits in a panel: amount, model, and effect. */
function LimitList({ rows }: { readonly rows: readonly LimitRow[] }): ReactElement {
  return (
    <LongList items={rows} getKey={(row) => row.id}>
      {(row) => (
        <div className="c-line">
          <span className="c-tabular">{visibleText(limitWords(row))}</span>
          <Status tone={row.enforcement === 'hard' ? 'warn' : 'info'} plain>
            {row.enforcing === true ? STOPPING : enforcementWord(row.enforcement)}
          </Status>
          <span className="c-whole">
            {row.kind === 'spend' ? 'Spend' : 'Rate'}
            {row.model === null ? null : (
              <>
                {' · '}
                <Named text={row.model} />
              </>
            )}
            {row.project === null ? ' · whole organization' : null}
            {row.recipients === null ? null : visibleText(` · ${recipientsWord(row.recipients)}`)}
          </span>
        </div>
      )}
    </LongList>
  )
}
