import type { ReactElement } from 'react'

import type { EmploymentView } from '../../../shared/contract/people.ts'
import { Named } from '../../ui/named.tsx'
import { DayFact, Fact, Facts, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { Status } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import { employmentWord } from './labels.ts'

/** The HR data of a person; fields without data are left out. */
export function Employment({ employment }: { readonly employment: EmploymentView }): ReactElement {
  const { tone, word } = employmentWord(employment)
  const { jobTitle, department, manager, externalId, startsOn, endsOn, departureReportedAt } = employment
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
      <Fact name="Source">
        <Named text={employment.source} />
        {', '}
        <When at={employment.reportedAt} />
      </Fact>
    </Facts>
  )
}
