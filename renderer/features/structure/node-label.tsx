import {
  IconBuildingCommunity,
  IconKey,
  IconPlugConnected,
  IconRobot,
  IconStack2,
  IconUser,
  IconUserPlus,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react'
import type { ReactElement, ReactNode } from 'react'

import { providerName } from '../../../shared/domain/providers/providers.ts'
import type { PrincipalKind } from '../../../shared/domain/facts.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { ClientDot } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { pathWords, principalName, principalWord } from '../../entities/access-labels.ts'
import { RotationMark } from '../../entities/key-badges.tsx'
import classes from './structure.module.css'
import type { Thing } from './tree.ts'

/** A line of the tree: kind, name, and details at the end. */
export function NodeLabel({ thing }: { readonly thing: Thing }): ReactElement {
  switch (thing.kind) {
    case 'client':
      return (
        <Line
          mark={<ClientDot colour={thing.client.colour} />}
          name={<strong>{<Named text={thing.client.name} />}</strong>}
          aside={plural(thing.connections, 'connection')}
          icon={IconBuildingCommunity}
        />
      )
    case 'connection':
      return <ConnectionLine connection={thing.connection} />
    case 'project':
      return <ProjectLine project={thing.project} />
    case 'key':
      return (
        <Line
          icon={IconKey}
          name={<Named text={thing.key.name} otherwise="No name" />}
          aside={<RotationMark rotation={thing.key.rotation} />}
        />
      )
    case 'principal':
      return <PrincipalLine thing={thing} />
    case 'note':
      return <span className="c-quiet">{NOTES[thing.note]}</span>
    default:
      return thing satisfies never
  }
}

const NOTES = {
  loading: 'Reading…',
  failed: 'Could not be read. Close and reopen it.',
  nothing: 'No keys and no people.',
} as const

interface LineProps {
  readonly icon: TablerIcon
  readonly mark?: ReactNode
  readonly name: ReactNode
  readonly note?: ReactNode
  readonly aside: ReactNode
}

function Line({ icon: Icon, mark, name, note, aside }: LineProps): ReactElement {
  return (
    <>
      {mark ?? <Icon size={15} stroke={1.7} aria-hidden className={classes['icon']} />}
      <span className={classes['name']}>{name}</span>
      {note}
      <span className={classes['aside']}>{aside}</span>
    </>
  )
}

function ConnectionLine({ connection }: Pick<Extract<Thing, { kind: 'connection' }>, 'connection'>): ReactElement {
  const { label, provider, organizationName, people, keys, projects } = connection
  return (
    <Line
      icon={IconPlugConnected}
      name={<Named text={label} />}
      note={
        <span className={classes['note']}>
          <Named
            text={[providerName(provider), organizationName ?? connection.organizationId].filter(Boolean).join(' · ')}
          />
        </span>
      }
      aside={[plural(projects.length, 'project'), plural(people, 'person', 'people'), plural(keys, 'key')].join(' · ')}
    />
  )
}

function ProjectLine({ project }: Pick<Extract<Thing, { kind: 'project' }>, 'project'>): ReactElement {
  const accounts = project.serviceAccounts > 0 ? [plural(project.serviceAccounts, 'service account')] : []
  return (
    <Line
      icon={IconStack2}
      name={<Named text={project.name} otherwise="No name" />}
      note={
        <>
          {project.isDefault ? <span className={classes['note']}>default</span> : null}
          {project.status === 'active' ? null : (
            <Status tone="quiet" plain>
              <Named text={project.status === 'archived' ? 'Archived' : project.status} />
            </Status>
          )}
        </>
      }
      aside={[plural(project.people, 'person', 'people'), ...accounts, plural(project.keys, 'key')].join(' · ')}
    />
  )
}

const PRINCIPAL_ICONS: Readonly<Record<PrincipalKind, TablerIcon>> = {
  user: IconUser,
  'service-account': IconRobot,
  group: IconUsersGroup,
  invite: IconUserPlus,
}

function PrincipalLine({ thing }: { readonly thing: Extract<Thing, { kind: 'principal' }> }): ReactElement {
  const { row, more } = thing
  const { principal } = row
  return (
    <Line
      icon={PRINCIPAL_ICONS[principal.kind]}
      name={<Named text={principalName(principal)} />}
      note={principal.kind === 'user' ? null : <span className={classes['note']}>{principalWord(principal.kind)}</span>}
      aside={
        <bdi>
          {visibleText(`${roleLabel(row.roleRaw)} · ${pathWords(row)}`)}
          {more === 0 ? '' : ` · ${plural(more, 'more way')}`}
        </bdi>
      }
    />
  )
}
