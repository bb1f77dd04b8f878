import type {
  AccessReading,
  HeldProject,
  HeldRole,
  KeyReading,
  OrganizationReading,
  PrincipalReading,
  ProjectReading,
} from '../../../shared/report/register-reading.ts'

export function organizationReading(over: Partial<OrganizationReading> = {}): OrganizationReading {
  return {
    client: { slug: 'acme-corp', name: 'Acme Corp' },
    provider: 'openai',
    platform: null,
    organizationId: 'org-acme-corp',
    label: 'Acme Corp OpenAI',
    principals: [],
    keys: [],
    roster: [],
    snapshot: null,
    sources: [],
    ...over,
  }
}

export function principalReading(name: string, over: Partial<PrincipalReading> = {}): PrincipalReading {
  return {
    externalId: `user-${name}`,
    kind: 'user',
    name,
    email: null,
    roleRaw: 'reader',
    level: 'reader',
    status: 'active',
    isFromFile: false,
    addedAt: null,
    expiresAt: null,
    lastUsedAt: null,
    lastReviewedOn: null,
    isReviewOverdue: false,
    organizationRole: null,
    reachesAll: null,
    projects: [],
    access: [],
    ...over,
  }
}

export function projectReading(name: string, over: Partial<ProjectReading> = {}): ProjectReading {
  return { name, externalId: `proj_${name}`, status: 'active', ...over }
}

/** A project with a role; `reader`, the role of principals on the organization, unless given. */
export function heldProject(project: string | ProjectReading, over: Partial<HeldRole> = {}): HeldProject {
  return {
    project: typeof project === 'string' ? projectReading(project) : project,
    role: { roleRaw: 'reader', level: 'reader', group: null, ...over },
  }
}

export function accessReading(project: string | ProjectReading, over: Partial<AccessReading> = {}): AccessReading {
  return {
    project: typeof project === 'string' ? projectReading(project) : project,
    roleRaw: 'member',
    level: 'member',
    via: 'direct',
    viaName: null,
    grantedAt: null,
    state: 'effective',
    ...over,
  }
}

export function keyReading(name: string, over: Partial<KeyReading> = {}): KeyReading {
  return {
    externalId: `key_${name}`,
    tool: null,
    permissions: null,
    vendor: null,
    kind: 'project',
    endState: over.expiresAt === undefined || over.expiresAt === null ? 'none' : 'known',
    name,
    hint: 'sk-proj-…abcd',
    status: 'active',
    project: null,
    ownerState: 'none',
    ownerKind: null,
    ownerName: null,
    ownerEmail: null,
    ownerExternalId: null,
    isOwnerRemoved: false,
    createdAt: null,
    lastUse: { state: 'never' },
    expiresAt: null,
    environment: null,
    team: null,
    purpose: null,
    contact: null,
    dueOn: null,
    ...over,
  }
}

/** The original example register, as it is read after its import. */
export function acmeCorp(): OrganizationReading {
  const person = (name: string, roleRaw: string, over: Partial<PrincipalReading> = {}): PrincipalReading =>
    principalReading(name, { roleRaw, isFromFile: true, lastReviewedOn: '2025-01-01', ...over })
  const account = (name: string): PrincipalReading =>
    principalReading(name, { externalId: `svc-${name}`, kind: 'service-account', roleRaw: null, isFromFile: true })
  const key = (of: string, externalId: string, purpose: string): KeyReading =>
    keyReading(of, {
      externalId,
      purpose,
      ownerState: 'known',
      ownerKind: 'service-account',
      ownerExternalId: `svc-${of}`,
      ownerName: of,
      dueOn: '2025-02-15',
    })
  return organizationReading({
    principals: [
      person('Bob Analyst', 'Reader'),
      person('Alice Dev', 'Member', {
        projects: ['ChatBot', 'Analytics'].map((name) => heldProject(name, { roleRaw: 'Member', level: 'member' })),
        access: [accessReading('ChatBot'), accessReading('Analytics')],
      }),
      person('John Doe', 'Admin', { reachesAll: 'owner' }),
      person('Jane Smith', 'Owner', { reachesAll: 'owner' }),
      account('ci-testing'),
      account('prod-backend'),
    ],
    keys: [key('ci-testing', 'sk-proj-yyy', 'GitHub Actions'), key('prod-backend', 'sk-proj-xxx', 'Production API')],
  })
}
