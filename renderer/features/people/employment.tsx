import type { ReactElement } from 'react'

import type { EmploymentView } from '../../../shared/contract/people.ts'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts } from '../../ui/panel/panel-section.tsx'
import { Status } from '../../ui/status.tsx'
import { When, WhenDay } from '../../ui/when.tsx'
import { employmentWord } from './words.ts'

/** What personnel says of a person; only what it does say. */
export function Employment({ employment }: { readonly employment: EmploymentView }): ReactElement {
  const { tone, word } = employmentWord(employment)
  const { jobTitle, department, manager, externalId, startsOn, endsOn, departureToldAt } = employment
  return (
    <Facts>
      <Fact name="Status">
        <Status tone={tone} plain>
          {word}
        </Status>
        {employment.contractor ? ' · Contractor' : null}
      </Fact>
      {jobTitle === null ? null : (
        <Fact name="Job title">
          <Named text={jobTitle} />
        </Fact>
      )}
      {department === null ? null : (
        <Fact name="Department">
          <Named text={department} />
        </Fact>
      )}
      {manager === null ? null : (
        <Fact name="Manager">
          <Named text={manager} />
        </Fact>
      )}
      {externalId === null ? null : (
        <Fact name="Employee number">
          <Named text={externalId} mono />
        </Fact>
      )}
      {startsOn === null ? null : (
        <Fact name="First day">
          <WhenDay day={startsOn} />
        </Fact>
      )}
      {endsOn === null ? null : (
        <Fact name="Last day">
          <WhenDay day={endsOn} />
        </Fact>
      )}
      {departureToldAt === null ? null : (
        <Fact name="Departure told">
          <When at={departureToldAt} />
        </Fact>
      )}
      <Fact name="Source">
        <Named text={employment.source} />
        {', '}
        <When at={employment.toldAt} />
      </Fact>
    </Facts>
  )
}
