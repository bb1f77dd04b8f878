import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'

import type { EventRow } from '../../../shared/contract/events.ts'
import { eventWord } from '../../../shared/domain/events/event.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { query } from '../../data/api.ts'
import { ConnectionFact } from '../../entities/connection-fact.tsx'
import { actorName, eventSubjectName } from '../../entities/event-words.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Answer } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'

interface EventPanelProps {
  readonly eventId: number
  readonly onClose: () => void
}

/** One event of a provider's log: who did what to whom, and what the provider recorded with it. */
export function EventPanel({ eventId, onClose }: EventPanelProps): ReactElement {
  const event = useQuery(query.events.get.queryOptions({ input: { eventId } }))
  const row = event.data
  return (
    <SidePanel
      kind="Event"
      title={row === undefined ? 'Event' : eventWord(row.subject.kind, row.act)}
      subtitle={row === undefined ? undefined : <ClientMark client={row.client} />}
      onClose={onClose}
    >
      <Answer of={event} what="the event" rows={6}>
        {(data) => <Details row={data} />}
      </Answer>
    </SidePanel>
  )
}

function Details({ row }: { readonly row: EventRow }): ReactElement {
  const { actor, connection } = row
  const details = Object.entries(row.detail)
  return (
    <>
      <PanelSection title="What was done">
        <Facts>
          <TimeFact name="When" at={row.at} />
          <Fact name="Subject">
            <SubjectLink row={row} />
          </Fact>
          {row.role === null ? null : <Fact name="Role">{visibleText(roleLabel(row.role))}</Fact>}
          {row.project === null ? (
            <TextFact name="Project" text={row.projectExternalId} otherwise="Not reported" mono />
          ) : (
            <Fact name="Project">
              <Link to="/projects" search={{ project: row.project.id }} className="c-link">
                <Named text={row.project.name} />
              </Link>
            </Fact>
          )}
        </Facts>
      </PanelSection>
      <PanelSection title="By whom">
        <Facts>
          <Fact name="Who">
            {actor.personId === null ? (
              <Named text={actorName(row)} otherwise="Not reported" />
            ) : (
              <Link to="/people" search={{ person: actor.personId }} className="c-link">
                <Named text={actorName(row)} otherwise="Not reported" />
              </Link>
            )}
          </Fact>
          <TextFact name="E-mail" text={actor.email} otherwise="Not reported" />
          <TextFact name="Address" text={actor.address} otherwise="Not reported" mono />
          <TextFact name="Program" text={actor.agent} otherwise="Not reported" />
          <TextFact name="Id" text={actor.externalId} otherwise="Not reported" mono />
        </Facts>
      </PanelSection>
      {details.length === 0 ? null : (
        <PanelSection title="What the provider recorded">
          <Facts>
            {details.map(([name, value]) => (
              <TextFact key={name} name={visibleText(name)} text={detailText(value)} mono />
            ))}
          </Facts>
        </PanelSection>
      )}
      <PanelSection title="About">
        <Facts>
          <ConnectionFact connection={connection} />
          <TextFact name="Provider’s word" text={row.type} mono />
          <TextFact name="Event id" text={row.externalId} mono />
        </Facts>
      </PanelSection>
    </>
  )
}

function detailText(value: EventRow['detail'][string]): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** The subject of the event, as a link where the register has it. */
function SubjectLink({ row }: { readonly row: EventRow }): ReactNode {
  const { keyId, personId, projectId } = row.subject
  const name = <Named text={eventSubjectName(row)} otherwise="Not reported" />
  if (keyId !== null) {
    return (
      <Link to="/keys" search={{ key: keyId }} className="c-link">
        {name}
      </Link>
    )
  }
  if (personId !== null) {
    return (
      <Link to="/people" search={{ person: personId }} className="c-link">
        {name}
      </Link>
    )
  }
  if (projectId === null) return name
  return (
    <Link to="/projects" search={{ project: projectId }} className="c-link">
      {name}
    </Link>
  )
}
