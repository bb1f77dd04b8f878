import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { KeyDetail, KeyRow } from '../../../shared/contract/keys.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { ConnectionFact } from '../../entities/connection-fact.tsx'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { Status } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import { projectWord } from '../../entities/access-labels.ts'
import { ImpactLink } from '../../entities/impact-link.tsx'
import { AgeMark, LastUseMark, OwnerMark } from '../../entities/key-badges.tsx'
import { endText } from '../../entities/key-labels.ts'

/** The owner of a key, where it works, its age and its last use. */
export function KeyAbout({ detail }: { readonly detail: KeyDetail }): ReactElement {
  const { row, firstSeen } = detail
  const { connection, project } = row
  const isWorkspace = row.holder === 'workspace'
  return (
    <>
      <PanelSection title="Owner">
        <Facts>
          {isWorkspace ? (
            <Fact name="Owner">Workspace</Fact>
          ) : (
            <Fact name="Owner">
              <Owner row={row} />
            </Fact>
          )}
          {isWorkspace && row.owner.state === 'known' ? (
            <Fact name="Made by">
              <Owner row={row} />
            </Fact>
          ) : null}
          {row.owner.state === 'known' ? (
            <>
              <TextFact name="E-mail" text={row.owner.email} otherwise="Not known" />
              <Fact name="Still there">
                <Present present={row.owner.present} />
              </Fact>
              <Fact name="Project access">
                <ProjectAccess access={row.owner.access} />
              </Fact>
            </>
          ) : null}
        </Facts>
      </PanelSection>
      <PanelSection title="Key" actions={<ImpactLink kind="key" id={row.keyId} name={row.name} />}>
        <Facts>
          <Fact name={capitalize(projectWord(connection.provider))}>
            {project === null ? (
              <span className="c-quiet">The whole organization</span>
            ) : (
              <>
                <Link to="/projects" search={{ project: project.id }} className="c-link">
                  <Named text={project.name} />
                </Link>
                {project.status === 'active' ? null : (
                  <>
                    {' '}
                    <Status tone="quiet" plain>
                      <Named text={project.status} />
                    </Status>
                  </>
                )}
              </>
            )}
          </Fact>
          <ConnectionFact connection={connection} />
          <Fact name="Age">
            <AgeMark row={row} long />
          </Fact>
          <TimeFact name="Created" at={row.createdAt} otherwise="Not known" />
          <Fact name="Last used">
            <LastUseMark use={row.lastUse} />
          </Fact>
          <TimeFact name="Expires" at={row.expiresAt} otherwise={endText(row.endState)} />
          <TextFact name="Key ending" text={row.hint} mono otherwise="Not shown" />
          <TextFact name="Key id" text={row.externalId} mono />
          <Fact name="First seen">
            <When at={firstSeen.at} /> <span className="c-quiet">{`in sync ${firstSeen.syncId}`}</span>
          </Fact>
        </Facts>
      </PanelSection>
    </>
  )
}

function Owner({ row }: { readonly row: KeyRow }): ReactElement {
  const { owner } = row
  const kind = owner.kind === 'service-account' ? <span className="c-quiet"> service account</span> : null
  if (owner.personId === null) {
    return (
      <>
        {row.holder === 'workspace' ? (
          <Named text={owner.name ?? owner.email} otherwise="No name" />
        ) : (
          <OwnerMark row={row} />
        )}
        {kind}
      </>
    )
  }
  return (
    <>
      <Link to="/people" search={{ person: owner.personId }} className="c-link">
        <Named text={owner.name ?? owner.email} otherwise="No name" />
      </Link>
      {kind}
    </>
  )
}

function Present({ present }: { readonly present: boolean | null }): ReactElement {
  if (present === null) return <span className="c-quiet">Not known</span>
  return present ? (
    <Status tone="good" plain>
      Present
    </Status>
  ) : (
    <Status tone="bad" plain title="No longer in the connection: remove the key, or give it another owner">
      Removed
    </Status>
  )
}

function ProjectAccess({ access }: { readonly access: KeyRow['owner']['access'] }): ReactElement {
  if (access === null) return <span className="c-quiet">Not reported</span>
  return access === 'active' ? (
    <Status tone="good" plain>
      Active
    </Status>
  ) : (
    <Status tone="warn" plain title="The owner has no access to the project any more; the key may still work">
      Inactive
    </Status>
  )
}
