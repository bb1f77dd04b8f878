import { Button, Group, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { PROVIDER_IDS, providerName } from '../../../shared/domain/providers/providers.ts'
import { Nothing } from '../../ui/panel/panel-section.tsx'
import { visibleText } from '../../ui/text.ts'
import type { PlanPartRef } from './chosen.ts'
import {
  addKey,
  addProject,
  changeKey,
  changeOrganization,
  changeProject,
  changeTeam,
  moveKey,
  removeKey,
  removeOrganization,
  removeProject,
  removeTeam,
} from './edit.ts'
import { LimitField } from './limit-field.tsx'

interface PartFormProps {
  readonly plan: Plan
  readonly chosen: PlanPartRef
  readonly choose: (chosen: PlanPartRef | null) => void
  readonly edit: (change: (plan: Plan) => Plan) => void
}

/** The fields of the selected part. Its parent is a field too, so that dragging is optional. */
export function PartForm(props: PartFormProps): ReactElement {
  const { chosen } = props
  if (chosen.kind === 'organization') return <OrganizationForm {...props} at={chosen.at} />
  if (chosen.kind === 'team') return <TeamForm {...props} at={chosen.at} />
  if (chosen.kind === 'project') return <ProjectForm {...props} at={chosen.at} />
  return <KeyForm {...props} project={chosen.project} at={chosen.at} />
}

type At = PartFormProps & { readonly at: number }

const options = (names: readonly string[]): { value: string; label: string }[] =>
  [...new Set(names)].filter((name) => name !== '').map((name) => ({ value: name, label: visibleText(name) }))

function Gone(): ReactElement {
  return <Nothing>It is no longer in the plan.</Nothing>
}

interface FootProps {
  /** Parts that can be added to it; left out when there are none. */
  readonly adds?: string
  readonly add?: () => void
  readonly what: string
  readonly remove: () => void
}

/** Actions on the whole part. */
function Foot({ add, adds, remove, what }: FootProps): ReactElement {
  return (
    <Group justify="space-between">
      {adds === undefined ? (
        <span />
      ) : (
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          {adds}
        </Button>
      )}
      <Button variant="subtle" color="red" leftSection={<IconTrash size={14} aria-hidden />} onClick={remove}>
        {`Remove the ${what}`}
      </Button>
    </Group>
  )
}

function OrganizationForm({ at, choose, edit, plan }: At): ReactElement {
  const of = plan.organizations[at]
  if (of === undefined) return <Gone />
  const set = (change: Partial<typeof of>): void => edit((now) => changeOrganization(now, at, change))
  return (
    <div className="c-form">
      <TextInput label="Organization" value={of.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <Select
        label="Provider"
        data={PROVIDER_IDS.map((id) => ({ value: id, label: providerName(id) }))}
        value={of.provider}
        allowDeselect={false}
        onChange={(value) => set({ provider: PROVIDER_IDS.find((id) => id === value) ?? of.provider })}
      />
      <TextInput
        label="Reason for separation"
        placeholder="Separate billing, a legal entity, …"
        value={of.reason ?? ''}
        onChange={(event) => set({ reason: event.currentTarget.value || null })}
      />
      <LimitField limit={of.limit} onChange={(limit) => set({ limit })} />
      <Foot
        adds="Add project"
        add={() => {
          edit((now) => addProject(now, of.name, null))
          choose({ kind: 'project', at: plan.projects.length })
        }}
        what="organization and its projects"
        remove={() => {
          choose(null)
          edit((now) => removeOrganization(now, at))
        }}
      />
    </div>
  )
}

function TeamForm({ at, choose, edit, plan }: At): ReactElement {
  const of = plan.teams[at]
  if (of === undefined) return <Gone />
  return (
    <div className="c-form">
      <TextInput
        label="Team"
        value={of.name}
        onChange={({ currentTarget: { value } }) => edit((now) => changeTeam(now, at, { name: value }))}
      />
      <TextInput
        label="Lead"
        description="Gets its weekly report"
        value={of.lead ?? ''}
        onChange={({ currentTarget: { value } }) => edit((now) => changeTeam(now, at, { lead: value || null }))}
      />
      <Foot
        adds="Add project"
        add={() => {
          edit((now) => addProject(now, now.organizations[0]?.name ?? '', of.name))
          choose({ kind: 'project', at: plan.projects.length })
        }}
        what="team"
        remove={() => {
          choose(null)
          edit((now) => removeTeam(now, at))
        }}
      />
    </div>
  )
}

function ProjectForm({ at, choose, edit, plan }: At): ReactElement {
  const of = plan.projects[at]
  if (of === undefined) return <Gone />
  const set = (change: Partial<typeof of>): void => edit((now) => changeProject(now, at, change))
  return (
    <div className="c-form">
      <TextInput label="Project" value={of.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <Select
        label="In the organization"
        data={options([...plan.organizations.map(({ name }) => name), of.organization])}
        value={of.organization}
        allowDeselect={false}
        onChange={(value) => set({ organization: value ?? of.organization })}
      />
      <Select
        label="Of the team"
        placeholder="Shared by all"
        clearable
        data={options([...plan.teams.map(({ name }) => name), of.team ?? ''])}
        value={of.team}
        onChange={(team) => set({ team })}
      />
      <TextInput
        label="Application"
        value={of.application ?? ''}
        onChange={(event) => set({ application: event.currentTarget.value || null })}
      />
      <MultiSelect
        label="Environments"
        data={options([...plan.environments, ...of.environments])}
        value={[...of.environments]}
        onChange={(environments) => set({ environments })}
      />
      <LimitField limit={of.limit} onChange={(limit) => set({ limit })} />
      <Foot
        adds="Add key"
        add={() => {
          edit((now) => addKey(now, at))
          choose({ kind: 'key', project: at, at: of.keys.length })
        }}
        what="project"
        remove={() => {
          choose(null)
          edit((now) => removeProject(now, at))
        }}
      />
    </div>
  )
}

function KeyForm({ at, choose, edit, plan, project }: At & { readonly project: number }): ReactElement {
  const of = plan.projects[project]?.keys[at]
  if (of === undefined) return <Gone />
  const set = (change: Partial<typeof of>): void => edit((now) => changeKey(now, project, at, change))
  return (
    <div className="c-form">
      <TextInput label="Key" value={of.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <Select
        label="In the project"
        data={plan.projects.map((one, index) => ({ value: String(index), label: visibleText(one.name) }))}
        value={String(project)}
        allowDeselect={false}
        onChange={(value) => {
          const to = Number(value)
          edit((now) => moveKey(now, project, at, to))
          choose({ kind: 'key', project: to, at: plan.projects[to]?.keys.length ?? 0 })
        }}
      />
      <Select
        label="Environment"
        clearable
        data={options([...plan.environments, of.environment ?? ''])}
        value={of.environment}
        onChange={(environment) => set({ environment })}
      />
      <TextInput label="Purpose" value={of.purpose} onChange={(event) => set({ purpose: event.currentTarget.value })} />
      <NumberInput
        label="Rotate every (days)"
        placeholder="As in the policy"
        value={of.rotationDays ?? ''}
        min={1}
        max={3650}
        onChange={(value) => set({ rotationDays: value === '' ? null : Math.trunc(Number(value)) })}
      />
      <Foot
        what="key"
        remove={() => {
          choose(null)
          edit((now) => removeKey(now, project, at))
        }}
      />
    </div>
  )
}
