import { Group } from '@mantine/core'
import type { ReactElement } from 'react'

import type { PersonDetail, EmploymentView } from '../../../shared/contract/people.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { Named } from '../../ui/named.tsx'
import { LongList } from '../../ui/panel/long-list.tsx'
import { Nothing, PanelSection, DayFact, Fact, Facts, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { LevelMark } from '../../entities/level.tsx'
import { RecommendationSection } from '../../entities/recommendation-section.tsx'
import { ImpactLink } from '../../entities/impact-link.tsx'
import { FindingsLink } from '../../entities/finding-badge.tsx'
import { KeyList } from '../../entities/key-list.tsx'
import { RemoveAccess } from '../../entities/remediation-flow.tsx'
import { ProviderRecord } from '../../entities/provider-record.tsx'
import { RestrictionsAbout } from '../../entities/restrictions-about.tsx'
import { ReviewsAbout } from '../../entities/reviews-about.tsx'
import { Identity } from './identity.tsx'
import { Leaving } from './leaving.tsx'
import { Membership } from './membership.tsx'
import { Departed } from './status-badge.tsx'
import { personStatus, employmentWord } from './labels.ts'
import { When } from '../../ui/when.tsx'

interface PersonPanelProps {
  readonly personId: number
  readonly onClose: () => void
}

/** Everything known about a person in scope. */
export function PersonPanel({ personId, onClose }: PersonPanelProps): ReactElement {
  const { client } = useScope()
  const person = useQuery(query.people.get.queryOptions({ input: { personId, client } }))
  const row = person.data?.row
  return (
    <SidePanel
      kind="Person"
      title={row === undefined ? 'Person' : <Named text={row.name} otherwise="No name" />}
      subtitle={row === undefined ? undefined : <Named text={row.email} otherwise="No e-mail known" />}
      marks={row === undefined ? undefined : <Marks row={row} />}
      onClose={onClose}
    >
      <Answer of={person} what="the person" rows={6}>
        {(data) => <Details detail={data} />}
      </Answer>
    </SidePanel>
  )
}

function Marks({ row }: { readonly row: PersonDetail['row'] }): ReactElement {
  const { tone, word } = personStatus(row.status)
  return (
    <>
      {row.departed ? <Departed status={row.status} /> : null}
      <Status tone={tone}>{word}</Status>
      <LevelMark level={row.level} plain={false} />
      {row.external ? (
        <Status tone="warn" title="The address is outside every domain of the clients and the agency">
          External
        </Status>
      ) : null}
      <FindingsLink findings={row.findings} search={{ person: row.personId }} />
    </>
  )
}

function Details({ detail }: { readonly detail: PersonDetail }): ReactElement {
  const { client } = useScope()
  const name = visibleText(detail.row.name === '' ? (detail.row.email ?? '') : detail.row.name)
  const standing = detail.memberships.filter((membership) => membership.removedAt === null)
  const removed = detail.memberships.filter((membership) => membership.removedAt !== null)
  return (
    <>
      {standing.length === 0 && detail.keys.length === 0 ? null : (
        <Group gap={6} mt={12} mb={4}>
          <RemoveAccess
            personId={detail.row.personId}
            name={name}
            variant={detail.row.departed ? 'filled' : 'default'}
          />
        </Group>
      )}
      <PanelSection
        title="Access"
        count={standing.length}
        actions={<ImpactLink kind="person" id={detail.row.personId} name={detail.row.name} />}
      >
        {standing.length === 0 ? <Nothing>No current access.</Nothing> : null}
        <LongList items={standing} getKey={(membership) => membership.principalId} step={20}>
          {(membership) => (
            <Membership
              membership={membership}
              access={detail.access.filter((row) => row.principal.id === membership.principalId)}
            />
          )}
        </LongList>
      </PanelSection>
      <RecommendationSection personId={detail.row.personId} />
      <ProviderRecord about={{ person: detail.row.personId }} client={client} />
      <RestrictionsAbout about={{ person: detail.row.personId, client }} />
      <ReviewsAbout about={{ personId: detail.row.personId, client }} />
      <PanelSection title="Employment">
        {detail.employment === null ? (
          <Nothing>Not in an HR import.</Nothing>
        ) : (
          <Employment employment={detail.employment} />
        )}
        <Leaving personId={detail.row.personId} name={name} employment={detail.employment} />
      </PanelSection>
      <Identity detail={detail} />
      <PanelSection title="Personal keys" count={detail.keys.length}>
        {detail.keys.length === 0 ? <Nothing>No personal keys.</Nothing> : <KeyList rows={detail.keys} by="place" />}
      </PanelSection>
      {removed.length === 0 ? null : (
        <PanelSection title="Removed accounts" count={removed.length}>
          <LongList items={removed} getKey={(membership) => membership.principalId} step={20}>
            {(membership) => <Membership membership={membership} access={[]} />}
          </LongList>
        </PanelSection>
      )}
      <PanelSection title="Also known as">
        {detail.aliases.length === 0 ? (
          <Nothing>No other address.</Nothing>
        ) : (
          <LongList items={detail.aliases} getKey={(alias) => alias}>
            {(alias) => <Named text={alias} />}
          </LongList>
        )}
      </PanelSection>
    </>
  )
}

/** The HR data of a person; fields without data are left out. */
function Employment({ employment }: { readonly employment: EmploymentView }): ReactElement {
  const { tone, word } = employmentWord(employment)
  const { jobTitle, department, manager, externalId, startsOn, endsOn, departureReportedAt, mark } = employment
  return (
    <Facts>
      <Fact name="Status">
        <Status tone={tone} plain>
          {word}
        </Status>
        {employment.contractor ? ' · Contractor' : null}
      </Fact>
      {jobTitle === null ? null : <TextFact name="Job title" text={jobTitle} />}
      {department === null ? null : <TextFact name="Department" text={department} />}
      {manager === null ? null : <TextFact name="Manager" text={manager} />}
      {externalId === null ? null : <TextFact name="Employee number" text={externalId} mono />}
      {startsOn === null ? null : <DayFact name="First day" day={startsOn} />}
      {endsOn === null ? null : <DayFact name="Last day" day={endsOn} />}
      {departureReportedAt === null ? null : <TimeFact name="Departure reported" at={departureReportedAt} />}
      {mark === null ? null : <TextFact name="Marked as leaving" text={`${mark.reason} · by ${mark.by}`} />}
      <Fact name="Source">
        <Named text={employment.source} />
        {', '}
        <When at={employment.reportedAt} />
      </Fact>
    </Facts>
  )
}
