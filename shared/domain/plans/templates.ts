import { DEFAULT_PROVIDER } from '../providers/providers.ts'
import type { Plan, PlannedJob, PlannedKey, PlannedOrganization, PlannedProject } from './plan.ts'
import { RULES } from './rules.ts'
import { emptyPlan } from './standard.ts'

export const PLAN_TEMPLATES = ['exercise', 'agency', 'empty'] as const
export type PlanTemplate = (typeof PLAN_TEMPLATES)[number]

/** A plan from a template. `company` names it; each template has a default name. */
export function planFromTemplate(template: PlanTemplate, company?: string): Plan {
  if (template === 'exercise') return exercise(company ?? 'Acme Corp')
  return template === 'agency' ? agency(company ?? 'Agency') : emptyPlan(company ?? 'Company')
}

function key(name: string, environment: string | null, purpose: string): PlannedKey {
  return { name, environment, purpose, rotationDays: null }
}

function job(name: string, level: PlannedJob['level'], projects: PlannedJob['projects'], note?: string): PlannedJob {
  return { name, level, projects, note: note ?? null }
}

/** A medium-sized company: a customer-facing chatbot, analytics and research; development, staging and production. */
function exercise(company: string): Plan {
  const project = (
    name: string,
    team: string,
    application: string | null,
    environments: readonly string[],
    keys: readonly PlannedKey[],
  ): PlannedProject => ({ name, organization: company, team, application, environments, limit: null, keys })
  return {
    ...emptyPlan(company),
    teams: [
      { name: 'Product', lead: null },
      { name: 'Analytics', lead: null },
      { name: 'Research', lead: null },
    ],
    projects: [
      project(
        'Product-Prod',
        'Product',
        'chatbot',
        ['prod'],
        [key('prod-chatbot-backend', 'prod', 'backend'), key('prod-chatbot-realtime', 'prod', 'realtime')],
      ),
      project(
        'Product-Dev',
        'Product',
        'chatbot',
        ['dev', 'staging'],
        [key('dev-chatbot-local', 'dev', 'local'), key('staging-chatbot-ci', 'staging', 'ci')],
      ),
      project(
        'Analytics-Prod',
        'Analytics',
        'analytics',
        ['prod'],
        [key('prod-analytics-pipeline', 'prod', 'pipeline')],
      ),
      project(
        'Analytics-Dev',
        'Analytics',
        'analytics',
        ['dev', 'staging'],
        [key('dev-analytics-notebook', 'dev', 'notebook')],
      ),
      project('Research', 'Research', null, [], [key('research-experiments', null, 'experiments')]),
    ],
    jobs: [
      job('CTO', 'owner', 'all'),
      job('Eng Manager', 'admin', 'all'),
      job('Product Dev', 'member', ['Product-Prod', 'Product-Dev']),
      job('Data Scientist', 'member', ['Analytics-Prod', 'Analytics-Dev']),
      job('Researcher', 'member', ['Research']),
      job('Finance', 'reader', []),
    ],
    choices: [
      choice('teams', 'Yes: product, data and research'),
      choice(
        'environments',
        'Yes: production apart from the rest',
        'Development and staging of a team share a project; production never does.',
      ),
      choice('features', 'Yes: backend and realtime of the chatbot'),
      choice('clients', 'No: one company'),
    ],
  }
}

function choice(id: keyof typeof RULES, answer: string, overridden: string | null = null): Plan['choices'][number] {
  const { question, yes, no } = RULES[id]
  return { question, answer, rule: answer.startsWith('No') ? no : yes, overridden }
}

/** An agency with two clients: an organization for each, and one of its own, so that bills and access never meet. */
function agency(company: string): Plan {
  const organization = (name: string, reason: string): PlannedOrganization => ({
    name,
    provider: DEFAULT_PROVIDER,
    reason,
    limit: null,
  })
  const pair = (owner: string, team: string, application: string): readonly PlannedProject[] =>
    ['prod', 'dev'].map((environment) => ({
      name: `${owner}-${environment === 'prod' ? 'Prod' : 'Dev'}`,
      organization: owner,
      team,
      application,
      environments: environment === 'prod' ? ['prod'] : ['dev', 'staging'],
      limit: null,
      keys: [key(`${environment}-${slug(owner)}-${application}`, environment, application)],
    }))
  const projects = [
    ...pair('Client A', 'Client A team', 'chatbot'),
    ...pair('Client B', 'Client B team', 'chatbot'),
    ...pair('Internal', 'Internal team', 'tools'),
  ]
  const own = (owner: string) => projects.filter((one) => one.organization === owner).map(({ name }) => name)
  return {
    ...emptyPlan(company),
    organizations: [
      organization('Client A', 'Client A’s billing'),
      organization('Client B', 'Client B’s billing'),
      organization('Internal', 'Agency’s billing'),
    ],
    teams: ['Client A team', 'Client B team', 'Internal team'].map((name) => ({ name, lead: null })),
    projects,
    jobs: [
      job('Agency Admin', 'owner', 'all', 'At least two people, so that no client is locked out'),
      job('Client A Developer', 'member', own('Client A')),
      job('Client B Developer', 'member', own('Client B')),
      job('Internal Developer', 'member', own('Internal')),
      job('Finance', 'reader', []),
    ],
    naming: {
      ...emptyPlan(company).naming,
      examples: ['prod-client_a-chatbot', 'dev-client_b-chatbot', 'dev-internal-tools'],
    },
    choices: [
      choice('billing', 'Yes: each client pays for its own use'),
      choice('clients', 'Yes: Client A and Client B'),
    ],
  }
}

/** In the form that fits between the separators of a key's name. */
function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '_')
}
