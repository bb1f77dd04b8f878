import { providerFacts, type ProviderId } from '../providers/providers.ts'
import type { RemediationAction } from '../remediation/remediation.ts'
import { isPrivileged } from '../role.ts'
import type { Change, Difference } from './drift-difference.ts'
import type { Drift } from './drift.ts'
import { roleFor } from './drift-roles.ts'

/** A change at a provider that makes reality match the plan. */
export interface Step {
  /** The difference that it resolves. */
  readonly key: string
  readonly connectionId: number
  readonly action: RemediationAction
  readonly subject: { readonly kind: 'connection' | 'project' | 'principal'; readonly id: number }
  readonly values: StepValues
  /** It takes something away: it runs only when a person names it. */
  readonly takesAway: boolean
}

/** As remediation items have them; projects are named, since they may not exist yet. */
export interface StepValues {
  readonly role?: string
  readonly name?: string
  readonly amountMicros?: number
  readonly projectId?: number
  readonly email?: string
  readonly project?: string
  readonly projects?: readonly { readonly name: string; readonly role: string }[]
}

/** The kinds of change in the order of their dependencies. */
const ORDER: readonly Change['kind'][] = [
  'rename-project',
  'project',
  'limit',
  'key',
  'person',
  'role',
  'member-role',
  'member',
  'leave-project',
  'leave',
]

/**
 * The steps that make reality match the plan, in the order in which they depend on each other: a project before its
 * members. Things that are not in the plan are never taken away automatically.
 */
export function listSteps({ organizations, differences }: Drift): Step[] {
  const providers = new Map<number | null, ProviderId>(
    organizations.flatMap(({ real }) => (real === null ? [] : [[real.connectionId, real.provider] as const])),
  )
  return differences
    .flatMap((found) => {
      const provider = providers.get(found.connectionId)
      return provider === undefined || found.connectionId === null || found.change === null
        ? []
        : [getStep(found, found.change, found.connectionId, provider)]
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ step }) => step)
}

function getStep(
  { key }: Difference,
  change: Change,
  connectionId: number,
  provider: ProviderId,
): { readonly step: Step; readonly rank: number } {
  const at = { kind: 'connection', id: connectionId } as const
  const takesAway = change.kind === 'leave' || change.kind === 'leave-project'
  return {
    rank: ORDER.indexOf(change.kind),
    step: { key, connectionId, takesAway, ...carriedOut(change, at, provider) },
  }
}

type StepContent = Pick<Step, 'action' | 'subject' | 'values'>

/** The step for a change; `at` is its organization. */
const CARRY: {
  readonly [K in Change['kind']]: (change: ChangeOf<K>, at: Step['subject'], by: ProviderId) => StepContent
} = {
  project: ({ name }, at) => ({ action: 'project-create', subject: at, values: { name } }),
  'rename-project': ({ projectId, name }) => ({
    action: 'project-rename',
    subject: { kind: 'project', id: projectId },
    values: { name },
  }),
  person: (change, at, by) => ({ action: 'invite', subject: at, values: invited(change, by) }),
  role: ({ principalId, level }, _, by) => ({
    action: 'member-role',
    subject: principal(principalId),
    values: { role: roleFor(by, 'organization', level).raw },
  }),
  member: ({ principalId, project, level }, _, by) => ({
    action: 'project-member-add',
    subject: principal(principalId),
    values: { role: roleFor(by, 'project', level).raw, project },
  }),
  'member-role': ({ principalId, projectId, level }, _, by) => ({
    action: 'project-member-role',
    subject: principal(principalId),
    values: { role: roleFor(by, 'project', level).raw, projectId },
  }),
  'leave-project': ({ principalId, projectId }) => ({
    action: 'project-member-remove',
    subject: principal(principalId),
    values: { projectId },
  }),
  leave: ({ principalId, isInvite }) => ({
    action: isInvite ? 'invite-delete' : 'member-remove',
    subject: principal(principalId),
    values: {},
  }),
  key: ({ name, project, accountId }, at) => ({
    action: accountId === null ? 'service-account-create' : 'key-create',
    subject: accountId === null ? at : principal(accountId),
    values: { name, project },
  }),
  limit: ({ project, enforcement, amount }, at) => ({
    action: enforcement === 'hard' ? 'limit-set' : 'alert-set',
    subject: at,
    values: { amountMicros: amount, ...(project === null ? {} : { project }) },
  }),
}

type ChangeOf<K extends Change['kind']> = Extract<Change, { readonly kind: K }>

function carriedOut<K extends Change['kind']>(change: ChangeOf<K>, at: Step['subject'], by: ProviderId): StepContent {
  const carry: (change: ChangeOf<K>, at: Step['subject'], by: ProviderId) => StepContent = CARRY[change.kind]
  return carry(change, at, by)
}

function principal(id: number): Step['subject'] {
  return { kind: 'principal', id }
}

/**
 * An invite names its projects, also when there are none. It accepts ordinary and strong roles only (OpenAI), or no
 * project at all (Anthropic): the others are given once it is accepted.
 */
function invited(change: Extract<Change, { readonly kind: 'person' }>, provider: ProviderId): StepValues {
  const projects = providerFacts(provider).invitesIntoProjects
    ? change.projects
        .filter(({ level }) => isPrivileged(level) || level === 'member' || level === 'other')
        .map(({ name, level }) => ({ name, role: roleFor(provider, 'project', level).raw }))
    : []
  return { email: change.email, role: roleFor(provider, 'organization', change.level).raw, projects }
}
