import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { ItemFacts as Frozen } from '../../../shared/contract/reviews.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { Named } from '../../ui/named.tsx'
import { DayFact, Fact, Facts, Nothing, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { RoleMark } from '../../entities/level.tsx'
import { pathWords, projectWord } from '../../entities/access-labels.ts'
import { severityWord } from '../../entities/finding-labels.ts'
import { LastUseMark } from '../../entities/key-badges.tsx'
import { KeyFacts } from './key-facts.tsx'
import classes from './reviews.module.css'
import { costWords, subjectWord } from '../../entities/review-labels.ts'

/** The facts of an item at the time its review was opened. */
export function ItemFacts({ facts }: { readonly facts: Frozen }): ReactElement {
  return (
    <>
      <PanelSection title="Findings" count={facts.findings.length}>
        <Findings facts={facts} />
      </PanelSection>
      <PanelSection title="Access">
        <Access facts={facts} />
      </PanelSection>
      {facts.key === null ? null : <KeyFacts facts={facts.key} />}
      <PanelSection title="Use">
        <Facts>
          <Fact name="Last used">
            <LastUseMark use={facts.lastUse} />
          </Fact>
          <Fact name="Cost, 30 days">
            {facts.cost30Micros === null ? (
              <span className="c-quiet">Not recorded</span>
            ) : (
              costWords(facts.cost30Micros)
            )}
          </Fact>
        </Facts>
      </PanelSection>
      {facts.principal === null ? null : <Holder facts={facts} principal={facts.principal} />}
    </>
  )
}

function Findings({ facts }: { readonly facts: Frozen }): ReactElement {
  if (facts.findings.length === 0) return <Nothing>No findings when the review was opened.</Nothing>
  return (
    <ul className={classes['findings']}>
      {facts.findings.map((finding) => (
        <li key={`${finding.rule} ${finding.says}`}>
          <Status tone={severityWord(finding.severity).tone} plain>
            {severityWord(finding.severity).word}
          </Status>
          <span>
            <strong>{finding.title}</strong>
            <span className="c-sub">{visibleText(finding.says)}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Access({ facts }: { readonly facts: Frozen }): ReactElement {
  const { connection, project, roleNow, roleBefore, paths } = facts
  return (
    <Facts>
      <Fact name="Where">
        {project === null ? (
          <>The whole organization</>
        ) : (
          <>
            <Link to="/projects" search={{ project: project.id }}>
              <Named text={project.name} />
            </Link>{' '}
            <span className="c-quiet">{projectWord(connection.provider)}</span>
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
      <Fact name="Connection">
        <Named text={connection.label} /> <span className="c-quiet">{providerName(connection.provider)}</span>
      </Fact>
      {roleNow === null ? null : (
        <>
          <Fact name="Role now">
            <RoleMark {...roleNow} />
          </Fact>
          <Fact name="At last review">
            {roleBefore === null ? (
              <span className="c-quiet">Not reviewed before</span>
            ) : roleBefore.raw === roleNow.raw ? (
              <span className="c-quiet">Unchanged</span>
            ) : (
              <RoleMark {...roleBefore} />
            )}
          </Fact>
        </>
      )}
      {paths.length === 0 ? null : (
        <Fact name={paths.length === 1 ? 'Path' : `Paths (${paths.length})`}>
          <ul className="c-list">
            {paths.map((path) => (
              <li key={`${path.via} ${path.name ?? ''} ${path.role.raw}`}>
                <Named text={pathWords({ via: path.via, viaName: path.name })} />
                <span className="c-quiet">{`: ${visibleText(roleLabel(path.role.raw))}`}</span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <TimeFact name="Since" at={facts.grantedAt} otherwise="Not known" />
    </Facts>
  )
}

interface HolderProps {
  readonly facts: Frozen
  readonly principal: NonNullable<Frozen['principal']>
}

function Holder({ facts, principal }: HolderProps): ReactElement {
  const { personId, employment } = facts
  const name = <Named text={principal.name ?? principal.email} otherwise="No name" />
  return (
    <PanelSection title="Who">
      <Facts>
        <Fact name={subjectWord({ principal, key: null })}>
          {personId === null ? (
            name
          ) : (
            <Link to="/people" search={{ person: personId }}>
              {name}
            </Link>
          )}
          {principal.status === 'active' ? null : (
            <span className="c-quiet">
              {' · '}
              <Named text={principal.status} />
            </span>
          )}
        </Fact>
        <TextFact name="E-mail" text={principal.email} otherwise="None" />
        <TextFact name="Provider id" text={principal.externalId} mono />
        {employment === null ? (
          <Fact name="Employment">
            <span className="c-quiet">No HR data</span>
          </Fact>
        ) : (
          <>
            <Fact name="Employment">
              <Named text={employment.status} />
              {employment.contractor ? <span className="c-quiet"> · contractor</span> : null}
            </Fact>
            <Fact name="Job">
              <Named text={employment.jobTitle} otherwise="Not reported" />
              {employment.department === null ? null : (
                <span className="c-quiet">{` · ${visibleText(employment.department)}`}</span>
              )}
            </Fact>
            <TextFact name="Manager" text={employment.manager} otherwise="Not reported" />
            <DayFact name="Ends" day={employment.endsOn} show="day" otherwise="No end date" />
            <TextFact name="Reported by" text={employment.source} />
          </>
        )}
      </Facts>
    </PanelSection>
  )
}
