import { IconBuilding, IconKey, IconStack2, IconUsersGroup } from '@tabler/icons-react'
import type { DragEvent, ReactElement, ReactNode } from 'react'

import { sameName } from '../../../shared/domain/text/names.ts'
import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { visibleText } from '../../ui/text.ts'
import { type PlanPartRef, isSame } from './chosen.ts'
import type { Marks, MarkOf } from './marks.ts'
import { changeProject, moveKey } from './edit.ts'
import classes from './plans.module.css'
import { Status, type Tone } from '../../ui/status.tsx'

interface PlanTreeProps {
  readonly plan: Plan
  readonly marks: Marks
  readonly chosen: PlanPartRef | null
  readonly choose: (chosen: PlanPartRef) => void
  readonly edit: (change: (plan: Plan) => Plan) => void
}

const DRAGGED = 'application/x-castellan-plan'

/**
 * A plan as a tree: organizations, their teams, the teams' projects, and the projects' keys. A project is dragged onto
 * a team, a key onto a project; the form beside it does the same without a mouse.
 */
export function PlanTree(props: PlanTreeProps): ReactElement {
  const { plan, marks } = props
  return (
    <ul className={classes['tree']} aria-label="Structure of the plan">
      {plan.organizations.map((organization, at) => {
        const own = plan.projects.filter((project) => sameName(project.organization, organization.name))
        const teams = plan.teams.filter((team) => own.some(({ team: of }) => of !== null && sameName(of, team.name)))
        const others = plan.teams.filter((team) => !teams.includes(team) && at === 0 && !hasProjects(plan, team.name))
        return (
          <li key={organization.name}>
            <Line
              {...props}
              of={{ kind: 'organization', at }}
              icon={<IconBuilding size={14} aria-hidden />}
              name={organization.name}
              about={providerName(organization.provider)}
              mark={marks.organization(organization.name)}
              onDrop={({ kind, at: project }) =>
                kind === 'project'
                  ? (now) => changeProject(now, project, { organization: organization.name, team: null })
                  : null
              }
            />
            <ul>
              {[...teams, ...others].map((team) => (
                <TeamBranch key={team.name} {...props} organization={organization.name} team={team.name} />
              ))}
              <Projects {...props} organization={organization.name} team={null} />
            </ul>
          </li>
        )
      })}
    </ul>
  )
}

function hasProjects(plan: Plan, team: string): boolean {
  return plan.projects.some(({ team: of }) => of !== null && sameName(of, team))
}

interface BranchProps extends PlanTreeProps {
  readonly organization: string
}

function TeamBranch(props: BranchProps & { readonly team: string }): ReactElement {
  const { organization, plan, team } = props
  return (
    <li>
      <Line
        {...props}
        of={{ kind: 'team', at: plan.teams.findIndex(({ name }) => name === team) }}
        icon={<IconUsersGroup size={14} aria-hidden />}
        name={team}
        about="Team"
        mark={null}
        onDrop={({ kind, at }) => (kind === 'project' ? (now) => changeProject(now, at, { organization, team }) : null)}
      />
      <ul>
        <Projects {...props} />
      </ul>
    </li>
  )
}

function Projects(props: BranchProps & { readonly team: string | null }): ReactElement {
  const { marks, organization, plan, team } = props
  return (
    <>
      {plan.projects.map((project, at) =>
        sameName(project.organization, organization) && sameTeam(project.team, team) ? (
          <li key={project.name}>
            <Line
              {...props}
              of={{ kind: 'project', at }}
              icon={<IconStack2 size={14} aria-hidden />}
              name={project.name}
              about={project.environments.join(', ')}
              mark={marks.project(organization, project.name)}
              onDrop={(dragged) =>
                dragged.kind === 'key' ? (now) => moveKey(now, dragged.project, dragged.at, at) : null
              }
            />
            <ul>
              {project.keys.map((key, index) => (
                <li key={key.name}>
                  <Line
                    {...props}
                    of={{ kind: 'key', project: at, at: index }}
                    icon={<IconKey size={14} aria-hidden />}
                    name={key.name}
                    about={key.purpose}
                    mark={marks.key(organization, key.name)}
                    onDrop={() => null}
                  />
                </li>
              ))}
            </ul>
          </li>
        ) : null,
      )}
    </>
  )
}

function sameTeam(a: string | null, b: string | null): boolean {
  return a === null || b === null ? a === b : sameName(a, b)
}

interface LineProps extends PlanTreeProps {
  readonly of: PlanPartRef
  readonly icon: ReactNode
  readonly name: string
  readonly about: string
  readonly mark: ReturnType<Marks['project']>
  /** The effect of dropping something here; null where it cannot be dropped. */
  readonly onDrop: (dragged: PlanPartRef) => ((plan: Plan) => Plan) | null
}

function Line({ about, choose, chosen, edit, icon, mark, name, of, onDrop }: LineProps): ReactElement {
  const drop = (event: DragEvent): void => {
    const dragged = findDragged(event)
    const change = dragged === null ? null : onDrop(dragged)
    if (change === null) return
    event.preventDefault()
    event.stopPropagation()
    edit(change)
  }
  return (
    <button
      type="button"
      className={classes['line']}
      aria-pressed={isSame(chosen, of)}
      draggable={of.kind === 'project' || of.kind === 'key'}
      onClick={() => choose(of)}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, JSON.stringify(of))}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(DRAGGED)) event.preventDefault()
      }}
      onDrop={drop}
    >
      {icon}
      <span>{visibleText(name) || 'No name'}</span>
      <span className="c-quiet">{visibleText(about)}</span>
      {mark === null ? null : <Mark mark={mark} />}
    </button>
  )
}

function findDragged(event: DragEvent): PlanPartRef | null {
  try {
    return JSON.parse(event.dataTransfer.getData(DRAGGED)) as PlanPartRef
  } catch {
    return null
  }
}

const WORDS: Readonly<Record<MarkOf, { readonly tone: Tone; readonly word: string }>> = {
  planned: { tone: 'good', word: 'As planned' },
  missing: { tone: 'bad', word: 'Missing' },
  different: { tone: 'warn', word: 'Differs' },
}

/** How a part of a plan compares with reality: icon, word and colour. */
function Mark({ mark }: { readonly mark: MarkOf }): ReactElement {
  const { tone, word } = WORDS[mark]
  return <Status tone={tone}>{word}</Status>
}
