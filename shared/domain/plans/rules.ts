import type { GuideQuestion } from './guide-answers.ts'

export interface GuideRule {
  readonly about: 'projects' | 'organizations'
  readonly question: string
  /** The rules of the decision tables for the answers yes and no. */
  readonly yes: string
  readonly no: string
  /** The consequence if the rule is followed, and if it is overridden. */
  readonly apart: string
  readonly together: string
}

/** The rows of both decision tables: when to create separate projects, and when to use several organizations. */
export const RULES: Readonly<Record<GuideQuestion, GuideRule>> = {
  applications: {
    about: 'projects',
    question: 'Are there different applications?',
    yes: 'Different applications: separate projects.',
    no: 'One application: the same project.',
    apart: 'Each application has projects of its own.',
    together: 'Applications of a team share its projects.',
  },
  environments: {
    about: 'projects',
    question: 'Are there several environments, such as development, staging and production?',
    yes: 'Dev, staging and production: separate projects.',
    no: 'One environment: the same project.',
    apart: 'Each environment has projects of its own.',
    together: 'Environments share projects.',
  },
  teams: {
    about: 'projects',
    question: 'Do different teams use it?',
    yes: 'Different teams: separate projects.',
    no: 'One team: the same project.',
    apart: 'Each team has projects of its own.',
    together: 'Teams share projects.',
  },
  features: {
    about: 'projects',
    question: 'Does one application have different features that call the API?',
    yes: 'Same app, different features: same project, with a key for each feature.',
    no: 'One feature: one key.',
    apart: 'Each feature has projects of its own.',
    together: 'Features share their application’s projects and have keys of their own.',
  },
  costs: {
    about: 'projects',
    question: 'Do costs have to be tracked by application?',
    yes: 'Cost tracking needs: separate projects.',
    no: 'Costs need not be tracked separately: no consequence.',
    apart: 'Each application has projects of its own, so that its costs are tracked.',
    together: 'Costs are tracked by key alone.',
  },
  billing: {
    about: 'organizations',
    question: 'Is billing to be completely separate?',
    yes: 'Completely separate billing: multiple organizations.',
    no: 'One company that pays: a single organization.',
    apart: 'Each paying company has an organization of its own.',
    together: 'One organization pays for all.',
  },
  clients: {
    about: 'organizations',
    question: 'Are there clients to be kept apart, as at an agency?',
    yes: 'Client isolation (agency): multiple organizations.',
    no: 'One company: a single organization.',
    apart: 'Each client has an organization of its own.',
    together: 'Clients share an organization.',
  },
  legal: {
    about: 'organizations',
    question: 'Are there different legal entities?',
    yes: 'Different legal entities: multiple organizations.',
    no: 'One legal entity: a single organization.',
    apart: 'Each legal entity has an organization of its own.',
    together: 'Legal entities share an organization.',
  },
  compliance: {
    about: 'organizations',
    question: 'Are there different compliance needs?',
    yes: 'Different compliance needs: multiple organizations.',
    no: 'The same compliance needs: a single organization.',
    apart: 'Each set of compliance needs has an organization of its own.',
    together: 'Different compliance needs share an organization.',
  },
}
