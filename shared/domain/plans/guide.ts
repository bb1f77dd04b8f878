import { GUIDE_QUESTIONS, type GuideAnswers, type GuideQuestion, type GuideStep } from './guide-answers.ts'
import { guidedProjects } from './guide-projects.ts'
import { DEFAULT_PROVIDER } from '../providers/providers.ts'
import { nameKey } from '../text/names.ts'
import type { Plan, PlannedJob, PlannedOrganization } from './plan.ts'
import { RULES } from './rules.ts'
import { emptyPlan } from './standard.ts'

export interface GuideResult {
  /** In the order of the questions. */
  readonly steps: readonly GuideStep[]
  readonly plan: Plan
}

/**
 * The plan that follows from answers by the rules of both decision tables. Questions without an answer are answered by
 * what is known: several teams are different teams. A rule that is overridden turns into its opposite, with the reason.
 */
export function guidedPlan(given: GuideAnswers): GuideResult {
  const known = whatIsKnown(given)
  const steps = GUIDE_QUESTIONS.map((id): GuideStep => {
    const answered = given.answers?.[id]
    const answer = answered?.answer ?? known[id]
    const overridden = answered?.overridden?.trim() || null
    const { about, question, yes, no } = RULES[id]
    const rule = answer ? yes : no
    const follows = isApart(id, answer, overridden !== null) ? RULES[id].apart : RULES[id].together
    return { id, about, question, answer, taken: answered === undefined, rule, overridden, follows }
  })
  const apart = new Set(
    steps.flatMap(({ id, answer, overridden }) => (isApart(id, answer, overridden !== null) ? [id] : [])),
  )
  const organizations = getOrganizations(given, apart)
  const projects = guidedProjects(given, apart, organizations)
  return {
    steps,
    plan: {
      ...emptyPlan(given.company),
      organizations,
      teams: given.teams.map(({ name, lead }) => ({ name, lead: lead ?? null })),
      environments: given.environments,
      projects,
      jobs: listJobs(given, projects),
      choices: steps.map(({ question, answer, rule, overridden }) => ({
        question,
        answer: answer ? 'Yes' : 'No',
        rule,
        overridden,
      })),
    },
  }
}

/** Features stay together where every other yes separates; a reason against the rule inverts it. */
function isApart(id: GuideQuestion, answer: boolean, isOverridden: boolean): boolean {
  return (id === 'features' ? false : answer) !== isOverridden
}

function whatIsKnown({ teams, environments, organizations }: GuideAnswers): Readonly<Record<GuideQuestion, boolean>> {
  const applications = teams.flatMap((team) => (team.applications ?? []).map(({ name }) => nameKey(name)))
  return {
    applications: teams.some((team) => (team.applications ?? []).length > 1) || new Set(applications).size > 1,
    environments: environments.length > 1,
    teams: teams.length > 1,
    features: teams.some((team) => (team.applications ?? []).some(({ features }) => (features ?? []).length > 1)),
    costs: false,
    billing: (organizations ?? []).length > 1,
    clients: false,
    legal: false,
    compliance: false,
  }
}

const ORGANIZATION_QUESTIONS = GUIDE_QUESTIONS.filter((id) => RULES[id].about === 'organizations')

function getOrganizations(given: GuideAnswers, apart: ReadonlySet<GuideQuestion>): readonly PlannedOrganization[] {
  const { company, provider = DEFAULT_PROVIDER } = given
  const reasons = ORGANIZATION_QUESTIONS.filter((id) => apart.has(id)).map((id) => RULES[id].yes.split(':')[0] ?? '')
  const listed = given.organizations ?? []
  const wanted = listed.length === 0 ? [{ name: company, provider }] : listed
  const several = reasons.length > 0
  return (several ? wanted : wanted.slice(0, 1)).map((one) => ({
    name: one.name,
    provider: one.provider ?? provider,
    reason: several ? reasons.join('; ') : null,
    limit: null,
  }))
}

/** The jobs of the table of recommended roles: a lead of all, developers of each team, and readers. */
function listJobs({ teams }: GuideAnswers, projects: Plan['projects']): readonly PlannedJob[] {
  const developers = teams.map(({ name }): PlannedJob => {
    const own = projects.filter(({ team }) => team === null || nameKey(team) === nameKey(name))
    return { name: `${name} Developer`, level: 'member', projects: own.map((one) => one.name), note: null }
  })
  return [
    { name: 'CTO', level: 'owner', projects: 'all', note: null },
    { name: 'Engineering Manager', level: 'admin', projects: 'all', note: null },
    ...developers,
    { name: 'Finance', level: 'reader', projects: [], note: null },
    { name: 'Security Team', level: 'admin', projects: 'all', note: 'Audit access' },
  ]
}
