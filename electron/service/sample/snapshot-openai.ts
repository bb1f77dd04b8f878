import type { Fact } from '../../../shared/domain/facts.ts'
import type { FederationPlan, ProjectPlan } from './kit/plan.ts'
import { grantFact, type Answer, type Scene } from './reading.ts'
import {
  inviteFacts,
  isArchived,
  keyFacts,
  limitFacts,
  principalsIn,
  projectAnswer,
  standing,
  userFacts,
} from './snapshot.ts'

/** The lists that a sync of an OpenAI organization reads, in its order. */
export function openaiAnswers(scene: Scene): readonly Answer[] {
  const { plan } = scene
  const users = userFacts(scene)
  const invites = inviteFacts(scene)
  return [
    projectAnswer(scene),
    { source: 'users', project: null, facts: users, rows: principalsIn(users) },
    { source: 'invites', project: null, facts: invites, rows: principalsIn(invites) },
    { source: 'admin-keys', project: null, facts: keyFacts(scene, (key) => key.kind === 'admin') },
    { source: 'groups', project: null, facts: groupFacts(scene) },
    // OpenAI reports the organization's id in the ids of the predefined roles; it never reports the name.
    {
      source: 'roles',
      project: null,
      facts: [{ type: 'organization', externalId: plan.organizationId, name: null }],
      rows: 5,
    },
    { source: 'group-users', project: null, facts: membershipFacts(scene) },
    ...federationAnswers(scene),
    { source: 'certificates', project: null, facts: certificateFacts(scene) },
    ...standing(plan.projects, scene).flatMap((project) => projectAnswers(scene, project)),
    { source: 'spend-limits', project: null, facts: limitFacts(scene, 'spend', 'hard', null) },
    { source: 'spend-alerts', project: null, facts: limitFacts(scene, 'spend', 'alert', null) },
  ]
}

function groupFacts(scene: Scene): readonly Fact[] {
  return standing(scene.plan.groups, scene).map((group) => ({
    type: 'principal',
    externalId: scene.id('group_', group.name, 12),
    kind: 'group',
    name: group.name,
    email: null,
    roleRaw: null,
    level: null,
    status: 'active',
    addedAt: scene.instant(group.from, group.name),
    expiresAt: null,
    lastUsedAt: null,
  }))
}

function membershipFacts(scene: Scene): readonly Fact[] {
  const present = new Set(standing(scene.plan.people, scene).map((one) => one.email))
  return standing(scene.plan.groups, scene).flatMap((group) =>
    group.members
      .filter((email) => present.has(email))
      .map((email): Fact => ({
        type: 'membership',
        group: scene.id('group_', group.name, 12),
        member: scene.userId(email),
      })),
  )
}

const GITHUB_ACTIONS = 'https://token.actions.githubusercontent.com'

/** The one identity provider that is registered where there are federation rules, and the rules. */
function federationAnswers(scene: Scene): readonly Answer[] {
  const rules = standing(scene.plan.federation ?? [], scene)
  return [
    { source: 'identity-providers', project: null, facts: [], rows: rules.length === 0 ? 0 : 1 },
    { source: 'federation-rules', project: null, facts: rules.map((rule) => federationFact(scene, rule)) },
  ]
}

function federationFact(scene: Scene, { name, account, subject, from }: FederationPlan): Fact {
  const project = scene.plan.accounts.find((one) => one.name === account)?.project
  return {
    type: 'federation',
    externalId: scene.id('wifr_', name, 12),
    name,
    status: 'active',
    account: scene.accountId(account),
    projects: project === undefined ? null : [scene.projectId(project)],
    reachesOrganization: false,
    level: null,
    issuer: GITHUB_ACTIONS,
    issuerName: 'GitHub Actions',
    issuerStatus: 'active',
    audience: 'https://api.openai.com/v1',
    subject,
    claims: {},
    condition: null,
    scopes: null,
    lifetimeSeconds: null,
    createdAt: scene.instant(from, name),
  }
}

function certificateFacts(scene: Scene): readonly Fact[] {
  return standing(scene.plan.certificates ?? [], scene).map(({ name, from, expires }): Fact => {
    const uploaded = scene.instant(from, name)
    return {
      type: 'certificate',
      externalId: scene.id('cert_', name, 16),
      project: null,
      name,
      active: true,
      validAt: uploaded,
      expiresAt: scene.instant(-expires, name),
      createdAt: uploaded,
    }
  })
}

/** Owner, member and viewer: what every project offers. */
const PREDEFINED_ROLES = 3

/** An archived project still reports its keys, which outlive it, and nothing else. */
function projectAnswers(scene: Scene, plan: ProjectPlan): readonly Answer[] {
  const project = scene.projectId(plan.name)
  const keys: Answer = {
    source: 'project-keys',
    project,
    facts: keyFacts(scene, (key) => key.kind === 'project' && key.project === plan.name),
  }
  if (isArchived(plan, scene)) return [keys]
  const accounts = accountFacts(scene, plan.name)
  const groupRoles = groupRoleFacts(scene, plan.name)
  return [
    { source: 'project-users', project, facts: roleFacts(scene, plan.name) },
    { source: 'project-groups', project, facts: [], rows: groupRoles.length },
    { source: 'project-group-roles', project, facts: groupRoles },
    { source: 'project-service-accounts', project, facts: accounts, rows: principalsIn(accounts) },
    { source: 'project-roles', project, facts: [], rows: PREDEFINED_ROLES },
    { source: 'project-user-roles', project, facts: [] },
    keys,
    { source: 'project-rate-limits', project, facts: limitFacts(scene, 'rate', 'hard', plan.name) },
    { source: 'project-spend-limits', project, facts: limitFacts(scene, 'spend', 'hard', plan.name) },
    { source: 'project-spend-alerts', project, facts: limitFacts(scene, 'spend', 'alert', plan.name) },
  ]
}

function roleFacts(scene: Scene, project: string): readonly Fact[] {
  return standing(scene.plan.people, scene).flatMap((one) => {
    const role = one.projects[project]
    if (role === undefined) return []
    return [
      grantFact(scene, scene.userId(one.email), scene.projectId(project), role, scene.instant(one.from, one.email)),
    ]
  })
}

function groupRoleFacts(scene: Scene, project: string): readonly Fact[] {
  return standing(scene.plan.groups, scene).flatMap((group) => {
    const role = group.projects[project]
    if (role === undefined) return []
    const id = scene.id('group_', group.name, 12)
    return [grantFact(scene, id, scene.projectId(project), role, scene.instant(group.from, group.name))]
  })
}

function accountFacts(scene: Scene, project: string): readonly Fact[] {
  return standing(scene.plan.accounts, scene)
    .filter((account) => account.project === project)
    .flatMap((account): readonly Fact[] => {
      const externalId = scene.accountId(account.name)
      const addedAt = scene.instant(account.from, account.name)
      return [
        {
          type: 'principal',
          externalId,
          kind: 'service-account',
          name: account.name,
          email: null,
          roleRaw: null,
          level: null,
          status: 'active',
          addedAt,
          expiresAt: null,
          lastUsedAt: null,
        },
        grantFact(scene, externalId, scene.projectId(project), account.role, addedAt),
      ]
    })
}
