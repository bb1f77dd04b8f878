import { ActionIcon, Button, Checkbox, MultiSelect, Select, Table, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'

import { projectRef } from '../../../shared/domain/plans/project-ref.ts'
import type { Plan, PlannedPerson } from '../../../shared/domain/plans/plan.ts'
import { LEVELS, type RoleScope } from '../../../shared/domain/role.ts'
import { visibleText } from '../../ui/text.ts'
import { RoleTable, WhichRole } from '../../entities/role-table.tsx'
import { JobRoles } from './job-roles.tsx'
import { PersonPreview } from './person-preview.tsx'
import { addJob, addPerson, changeJob, changePerson, removeJob, removePerson } from './edit.ts'
import { ACTIONS, SmallTable } from '../../ui/table/small-table.tsx'

const SCOPES: readonly RoleScope[] = ['organization', 'project']

interface PeopleTabProps {
  readonly plan: Plan
  readonly edit: (change: (plan: Plan) => Plan) => void
}

/** The access of each job, and the people who have it. */
export function PeopleTab({ edit, plan, planId }: PeopleTabProps & { readonly planId: number }): ReactElement {
  return (
    <>
      <Jobs plan={plan} edit={edit} />
      <People plan={plan} edit={edit} planId={planId} />
    </>
  )
}

function Jobs({ edit, plan }: PeopleTabProps): ReactElement {
  const projects = [...new Set(plan.projects.map((project) => projectRef(plan, project)))]
  const providers = [...new Set(plan.organizations.map(({ provider }) => provider))]
  return (
    <section className="c-card" aria-labelledby="jobs">
      <header className="c-card-head">
        <h2 className="c-card-title" id="jobs">
          Roles by job
        </h2>
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => edit(addJob)}>
          Add job
        </Button>
      </header>
      <SmallTable
        id="jobs-of-a-plan"
        minWidth={960}
        headings={['Job', 'Role', 'At the providers', 'Every project', 'Projects', ACTIONS]}
      >
        {plan.jobs.map((job, at) => {
          const name = visibleText(job.name)
          const held = job.projects === 'all' ? [] : [...job.projects]
          return (
            // oxlint-disable-next-line react/no-array-index-key -- a job is identified by its position while its name is typed
            <Table.Tr key={at}>
              <Table.Td>
                <TextInput
                  aria-label={`Name of job ${at + 1}`}
                  value={job.name}
                  onChange={({ currentTarget: { value } }) => edit((now) => changeJob(now, at, { name: value }))}
                />
              </Table.Td>
              <Table.Td>
                <Select
                  aria-label={`Role of ${name}`}
                  data={[...LEVELS]}
                  value={job.level}
                  allowDeselect={false}
                  w={120}
                  onChange={(value) =>
                    edit((now) => changeJob(now, at, { level: LEVELS.find((one) => one === value) ?? job.level }))
                  }
                />
              </Table.Td>
              <Table.Td>
                <JobRoles plan={plan} job={job} />
              </Table.Td>
              <Table.Td>
                <Checkbox
                  aria-label={`${name}: every project`}
                  checked={job.projects === 'all'}
                  onChange={({ currentTarget: { checked } }) =>
                    edit((now) => changeJob(now, at, { projects: checked ? 'all' : [] }))
                  }
                />
              </Table.Td>
              <Table.Td>
                {job.projects === 'all' ? (
                  <span className="c-quiet">All, including new</span>
                ) : (
                  <MultiSelect
                    aria-label={`Projects of ${name}`}
                    placeholder={held.length === 0 ? 'None' : undefined}
                    data={[...new Set([...projects, ...held])]}
                    value={held}
                    searchable
                    onChange={(chosen) => edit((now) => changeJob(now, at, { projects: chosen }))}
                  />
                )}
              </Table.Td>
              <Table.Td className="c-row-actions">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Remove the job ${name}`}
                  onClick={() => edit((now) => removeJob(now, at))}
                >
                  <IconTrash size={15} aria-hidden />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          )
        })}
      </SmallTable>
      <div className="c-form">
        {providers.flatMap((provider) =>
          SCOPES.map((scope) => <RoleTable key={`${provider} ${scope}`} provider={provider} scope={scope} />),
        )}
        <WhichRole />
      </div>
    </section>
  )
}

function People({ edit, plan, planId }: PeopleTabProps & { readonly planId: number }): ReactElement {
  const [shown, setShown] = useState<PlannedPerson | null>(null)
  const jobs = plan.jobs.map(({ name }) => name)
  return (
    <section className="c-card" aria-labelledby="people">
      <header className="c-card-head">
        <h2 className="c-card-title" id="people">
          People
        </h2>
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => edit(addPerson)}>
          Add person
        </Button>
      </header>
      {plan.people.length === 0 ? (
        <p className="c-prose">
          No people in the plan yet. When the plan is applied, its people are invited, or get the access of their job.
        </p>
      ) : (
        <SmallTable id="people-of-a-plan" minWidth={640} headings={['Name', 'E-mail', 'Job', ACTIONS]}>
          {plan.people.map((person, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- a person is identified by their position while they are typed
            <Table.Tr key={at}>
              <Table.Td>
                <TextInput
                  aria-label={`Name of person ${at + 1}`}
                  value={person.name}
                  onChange={({ currentTarget: { value } }) => edit((now) => changePerson(now, at, { name: value }))}
                />
              </Table.Td>
              <Table.Td>
                <TextInput
                  aria-label={`E-mail of person ${at + 1}`}
                  value={person.email}
                  onChange={({ currentTarget: { value } }) => edit((now) => changePerson(now, at, { email: value }))}
                />
              </Table.Td>
              <Table.Td>
                <Select
                  aria-label={`Job of person ${at + 1}`}
                  data={[...new Set([...jobs, person.job])].filter((name) => name !== '')}
                  value={person.job === '' ? null : person.job}
                  onChange={(job) => edit((now) => changePerson(now, at, { job: job ?? '' }))}
                />
              </Table.Td>
              <Table.Td className="c-row-actions">
                <Button
                  size="compact-xs"
                  variant="subtle"
                  disabled={!isWhole(person)}
                  aria-label={`Access changes of person ${at + 1}`}
                  onClick={() => setShown(person)}
                >
                  Access changes
                </Button>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Remove person ${at + 1}`}
                  onClick={() => edit((now) => removePerson(now, at))}
                >
                  <IconTrash size={15} aria-hidden />
                </ActionIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </SmallTable>
      )}
      <PersonPreview planId={planId} person={shown} close={() => setShown(null)} />
    </section>
  )
}

/** True if a person is complete enough to be checked against the provider's rules. */
function isWhole({ email, job, name }: PlannedPerson): boolean {
  return name.trim() !== '' && job !== '' && /^\S+@\S+\.\S+$/u.test(email)
}
