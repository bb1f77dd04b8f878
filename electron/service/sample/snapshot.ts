import { DAY_MS } from '../../../shared/domain/day.ts'
import type { Fact, KeyFact, LastUse, Enforcement } from '../../../shared/domain/facts.ts'
import { getLevel } from '../../../shared/domain/providers/roles.ts'
import { MICRO_PER_USD } from '../../../shared/domain/text/money.ts'
import { letters } from './kit/draw.ts'
import { standsOn, type InvitePlan, type KeyPlan, type OrganizationPlan, type ProjectPlan } from './kit/plan.ts'
import { grantFact, ownership, personWith, type Answer, type Scene } from './reading.ts'

/** The facts that both providers report alike. */

/** Rows of a list that names principals, each with its grants. */
export function principalsIn(facts: readonly Fact[]): number {
  return facts.filter((fact) => fact.type === 'principal').length
}

export function standing<T extends { readonly from: number; readonly until?: number }>(
  things: readonly T[],
  scene: Scene,
): readonly T[] {
  return things.filter((thing) => standsOn(thing, scene.day))
}

export function isArchived(project: ProjectPlan, scene: Scene): boolean {
  return project.archived !== undefined && project.archived >= scene.day
}

/** All projects. Of an archived one little more is read, which the sync has to record. */
export function projectAnswer(scene: Scene): Answer {
  const archived = standing(scene.plan.projects, scene).filter((project) => isArchived(project, scene)).length
  const reason = 'An archived project: only its keys are read.'
  return {
    source: 'projects',
    project: null,
    facts: projectFacts(scene),
    excluded: archived === 0 ? [] : [{ count: archived, reason }],
  }
}

function projectFacts(scene: Scene): readonly Fact[] {
  return standing(scene.plan.projects, scene).map((project) => {
    const archived = isArchived(project, scene) ? project.archived : undefined
    return {
      type: 'project',
      externalId: scene.projectId(project.name),
      name: project.name,
      status: archived === undefined ? 'active' : 'archived',
      isDefault: project.isDefault ?? false,
      createdAt: scene.instant(project.from, project.name),
      archivedAt: archived === undefined ? null : scene.instant(archived, project.name),
      residency: project.residency ?? null,
    }
  })
}

/** Members with their organization role. */
export function userFacts(scene: Scene): readonly Fact[] {
  return standing(scene.plan.people, scene).flatMap((one): readonly Fact[] => {
    const role = one.formerRole && one.formerRole.until < scene.day ? one.formerRole.role : one.role
    const externalId = scene.userId(one.email)
    const addedAt = scene.instant(one.from, one.email)
    return [
      {
        type: 'principal',
        externalId,
        kind: 'user',
        name: one.name,
        email: one.email,
        roleRaw: role,
        level: getLevel(scene.plan.provider, 'organization', role),
        status: 'active',
        addedAt,
        expiresAt: null,
        lastUsedAt: scene.plan.provider === 'openai' ? scene.seenUse(one.lastUsed, one.email) : null,
      },
      grantFact(scene, externalId, null, role, addedAt, one.everywhere),
    ]
  })
}

export function inviteFacts(scene: Scene): readonly Fact[] {
  return standing(scene.plan.invites, scene).flatMap((invite): readonly Fact[] => {
    const { provider } = scene.plan
    const externalId = scene.id(provider === 'openai' ? 'invite-' : 'invite_01', invite.email, 16)
    const sentAt = scene.instant(invite.from, invite.email)
    const expiresAt = sentAt + invite.validDays * DAY_MS
    const pending = expiresAt >= scene.at
    return [
      {
        type: 'principal',
        externalId,
        kind: 'invite',
        name: null,
        email: invite.email,
        roleRaw: invite.role,
        level: getLevel(provider, 'organization', invite.role),
        status: pending ? 'pending' : 'expired',
        addedAt: sentAt,
        expiresAt,
        lastUsedAt: null,
      },
      // Only an invite that can still be accepted gives future access.
      ...(pending ? invitedTo(scene, invite, externalId) : []),
    ]
  })
}

function invitedTo(scene: Scene, invite: InvitePlan, externalId: string): readonly Fact[] {
  const projects = Object.entries(invite.projects).map(([project, role]) =>
    grantFact(scene, externalId, scene.projectId(project), role, null),
  )
  return [grantFact(scene, externalId, null, invite.role, null), ...projects]
}

function lastUse(scene: Scene, plan: KeyPlan): LastUse {
  if (scene.plan.provider !== 'openai') return { state: 'not-reported' }
  const at = scene.seenUse(plan.lastUsed, `use/${plan.name}`)
  if (at === null) return { state: 'never' }
  // A key made this morning is not used before it is made.
  return { state: 'known', at: Math.max(at, scene.instant(plan.from, plan.name)) }
}

export function keyId(organization: OrganizationPlan, scene: Scene, plan: KeyPlan): string {
  const prefix = organization.provider === 'openai' ? 'key_' : 'apikey_01'
  return scene.id(prefix, `${plan.project ?? ''}/${plan.name}/${plan.from}`, 16)
}

function findHint(plan: KeyPlan, externalId: string, provider: string): string | null {
  if (plan.hint !== undefined) return plan.hint
  const end = letters(`hint/${externalId}`, 4)
  if (provider === 'openai') return plan.kind === 'admin' ? `sk-admin-…${end}` : `sk-proj-…${end}`
  return `sk-ant-api03-…${end}`
}

/** The access of a project key's owner to its project; people who left the organization have none. */
function ownerAccess(scene: Scene, plan: KeyPlan): 'active' | 'inactive' | null {
  if (scene.plan.provider !== 'openai' || plan.kind !== 'project') return null
  if (plan.owner.is === 'account') return 'active'
  if (plan.owner.is !== 'person') return null
  const owner = personWith(scene.plan, plan.owner.email)
  const reaches =
    owner !== undefined &&
    standsOn(owner, scene.day) &&
    (owner.role === 'owner' ||
      owner.everywhere !== undefined ||
      owner.projects[plan.project ?? ''] !== undefined ||
      isInGroup(scene, owner.email, plan.project))
  return reaches ? 'active' : 'inactive'
}

function isInGroup(scene: Scene, email: string, project: string | null): boolean {
  return standing(scene.plan.groups, scene).some(
    (group) => group.members.includes(email) && group.projects[project ?? ''] !== undefined,
  )
}

export function keyFact(scene: Scene, plan: KeyPlan): KeyFact {
  const externalId = keyId(scene.plan, scene, plan)
  const openai = scene.plan.provider === 'openai'
  return {
    type: 'key',
    externalId,
    kind: plan.kind,
    name: plan.name,
    hint: findHint(plan, externalId, scene.plan.provider),
    status: plan.status ?? 'active',
    project: plan.project === null ? null : scene.projectId(plan.project),
    ...ownership(scene, plan.owner),
    ownerAccess: openai ? ownerAccess(scene, plan) : null,
    createdAt: scene.instant(plan.from, plan.name),
    lastUse: lastUse(scene, plan),
    expiresAt: plan.expires === undefined ? null : scene.instant(-plan.expires, plan.name),
  }
}

export function keyFacts(scene: Scene, of: (plan: KeyPlan) => boolean): readonly KeyFact[] {
  return standing(scene.plan.keys, scene)
    .filter(of)
    .map((plan) => keyFact(scene, plan))
}

export function limitFacts(
  scene: Scene,
  kind: 'spend' | 'rate',
  enforcement: Enforcement,
  project: string | null,
): readonly Fact[] {
  return scene.plan.limits
    .filter((limit) => limit.kind === kind && limit.enforcement === enforcement && limit.project === project)
    .map((limit) => {
      const of = project === null ? 'org' : scene.projectId(project)
      const former = limit.formerAmount
      const amount = former && former.until < scene.day ? former.amount : limit.amount
      const what = limit.model === undefined ? '' : `:${limit.model}:${limit.metric}`
      return {
        type: 'limit',
        externalId: `${enforcement === 'alert' ? 'alert' : kind}:${of}${what}`,
        project: project === null ? null : scene.projectId(project),
        kind,
        enforcement,
        metric: limit.metric,
        model: limit.model ?? null,
        amount: limit.metric === 'usd' ? amount * MICRO_PER_USD : amount,
        period: limit.period,
      }
    })
}
