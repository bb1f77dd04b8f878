import { key, series } from '../kit/keys.ts'
import { IDRIS, SOREN, TOMAS } from '../kit/northfold-people.ts'
import { getAddress, guests, reviewed, staff } from '../kit/people.ts'
import { person, UNKNOWN, type ClientPlan, type OrganizationPlan } from '../kit/plan.ts'

const ANTHROPIC = 'org_01TarnbeckRail'
const DOMAIN = 'tarnbeck.example'

function at(name: string): ReturnType<typeof person> {
  return person(getAddress(name, DOMAIN))
}

const anthropic: OrganizationPlan = {
  provider: 'anthropic',
  label: 'Tarnbeck on Anthropic',
  organizationId: ANTHROPIC,
  organizationName: 'Tarnbeck Rail',
  people: reviewed(
    [
      ...guests([
        [TOMAS, 'admin', 520, {}],
        [IDRIS, 'developer', 280, { 'Timetable-Prod': 'workspace_developer', 'Timetable-Dev': 'workspace_admin' }],
        [SOREN, 'developer', 160, { 'Timetable-Dev': 'workspace_developer' }],
      ]),
      ...staff(DOMAIN, [
        ['Philippa Hartnoll', 'admin', 515, {}],
        ['Géraldine Kouassi', 'admin', 500, {}],
        [
          'Rasmus Kettunen',
          'developer',
          480,
          { 'Timetable-Prod': 'workspace_admin', 'Timetable-Dev': 'workspace_admin' },
        ],
        ['Sunita Bhandari', 'developer', 460, { 'Timetable-Prod': 'workspace_developer' }],
        ['Alejandro Quintanilla', 'developer', 440, { 'Timetable-Dev': 'workspace_developer' }],
        ['Esi Darko', 'developer', 420, { 'Passenger-Prod': 'workspace_admin', 'Passenger-Dev': 'workspace_admin' }],
        ['Milan Jovanović', 'developer', 400, { 'Passenger-Prod': 'workspace_developer' }],
        ['Roksana Mahmoudi', 'developer', 380, { 'Passenger-Dev': 'workspace_developer' }],
        ['Bjarne Lykke', 'developer', 360, { 'Passenger-Dev': 'workspace_restricted_developer' }],
        ['Camille Desrosiers', 'developer', 340, { Depots: 'workspace_admin' }],
        ['Anahera Te Kanawa', 'developer', 320, { Depots: 'workspace_developer' }],
        ['Gift Chikwanda', 'developer', 290, { Depots: 'workspace_developer' }],
        ['Lorenzo Bianchetti', 'claude_code_user', 260, { 'Timetable-Dev': 'workspace_developer' }],
        ['Aisling Fennelly', 'claude_code_user', 240, { 'Passenger-Dev': 'workspace_developer' }],
        ['Dmytro Savchenko', 'claude_code_user', 200, { 'Passenger-Dev': 'workspace_developer' }],
        ['Keiko Tachibana', 'user', 180, {}],
        ['Yusuf Özkan', 'user', 160, {}],
        ['Marlene Steinhauser', 'billing', 510, {}],
        ['Rubén Cifuentes', 'membership_admin', 130, {}],
        ['Nomvula Khumalo', 'user', 3, {}],
        ['Gregor Vollenweider', 'developer', 450, { 'Passenger-Prod': 'workspace_developer' }, { until: 8 }],
      ]),
    ],
    19,
  ),
  accounts: [],
  groups: [],
  invites: [{ email: 'h.vasquez@tarnbeck.example', role: 'developer', projects: {}, from: 6, validDays: 21 }],
  projects: [
    { name: 'Default', from: 520, isDefault: true },
    { name: 'Timetable-Prod', from: 500 },
    { name: 'Timetable-Dev', from: 500 },
    { name: 'Passenger-Prod', from: 430 },
    { name: 'Passenger-Dev', from: 430 },
    { name: 'Depots', from: 350 },
    { name: 'Hackathon', from: 300, archived: 120 },
  ],
  keys: [
    key('legacy-etl', 'Default', UNKNOWN, 110, { status: 'inactive', hint: null }),
    key('signal-box', 'Default', UNKNOWN, 140, {
      dueIn: 0,
      notes: 'Purpose unknown. Ask the control room before touching it.',
    }),
    key('gregor-passenger-prod', 'Passenger-Prod', at('Gregor Vollenweider'), 51),
    key('hackathon-winner', 'Hackathon', at('Alejandro Quintanilla'), 299, { status: 'archived' }),
    key('prod-timetable-archive', 'Timetable-Prod', at('Rasmus Kettunen'), 95, { contact: 'Rasmus Kettunen' }),
    key('prod-depots-forms', 'Depots', at('Camille Desrosiers'), 104, { contact: 'Camille Desrosiers' }),
    key('prod-passenger-delay', 'Passenger-Prod', at('Esi Darko'), 98, { until: 6, contact: 'Esi Darko' }),
    key('prod-passenger-delay-v2', 'Passenger-Prod', at('Esi Darko'), 8, { contact: 'Esi Darko' }),
    key('ops-wide', null, at('Philippa Hartnoll'), 93, { kind: 'organization', contact: 'Philippa Hartnoll' }),
    key('vendor-trial', 'Depots', at('Camille Desrosiers'), 40, { expires: 5 }),
    key('vendor-trial-old', 'Depots', at('Camille Desrosiers'), 120, { expires: -30, status: 'expired' }),
    ...series(ANTHROPIC, [
      {
        project: 'Timetable-Prod',
        environment: 'prod',
        team: 'timetable',
        purposes: [
          'planner',
          'conflicts',
          'crew',
          'rolling-stock',
          'notices',
          'freight',
          'export',
          'possessions',
          'weather',
        ],
        owners: [at('Rasmus Kettunen'), at('Sunita Bhandari')],
        contact: 'Rasmus Kettunen',
      },
      {
        project: 'Timetable-Dev',
        environment: 'dev',
        team: 'timetable',
        purposes: ['planner', 'conflicts', 'crew', 'rolling-stock', 'simulator', 'notebook', 'evals'],
        owners: [at('Alejandro Quintanilla'), person(IDRIS.email), person(SOREN.email), at('Lorenzo Bianchetti')],
      },
      {
        project: 'Timetable-Dev',
        environment: 'staging',
        team: 'timetable',
        purposes: ['planner', 'conflicts', 'crew', 'ci', 'replay', 'export'],
        owners: [at('Rasmus Kettunen')],
      },
      {
        project: 'Passenger-Prod',
        environment: 'prod',
        team: 'passenger',
        purposes: [
          'announcements',
          'chat',
          'refunds',
          'lost-property',
          'accessibility',
          'translations',
          'surveys',
          'station-maps',
          'bikes',
        ],
        owners: [at('Esi Darko'), at('Milan Jovanović')],
        contact: 'Esi Darko',
      },
      {
        project: 'Passenger-Dev',
        environment: 'staging',
        team: 'passenger',
        purposes: ['announcements', 'chat', 'refunds', 'ci', 'load-test'],
        owners: [at('Bjarne Lykke')],
      },
      {
        project: 'Passenger-Dev',
        environment: 'dev',
        team: 'passenger',
        purposes: ['announcements', 'chat', 'refunds', 'prompts', 'notebook', 'evals', 'spike'],
        owners: [at('Roksana Mahmoudi'), at('Aisling Fennelly'), at('Dmytro Savchenko')],
      },
      {
        project: 'Depots',
        environment: 'prod',
        team: 'depots',
        purposes: ['inspections', 'parts', 'manuals', 'shifts', 'incidents', 'cleaning', 'wheelsets', 'stores'],
        owners: [at('Camille Desrosiers')],
        contact: 'Camille Desrosiers',
      },
      {
        project: 'Depots',
        environment: 'dev',
        team: 'depots',
        purposes: ['inspections', 'parts', 'manuals', 'notebook', 'photos', 'evals'],
        owners: [at('Anahera Te Kanawa'), at('Gift Chikwanda')],
      },
    ]),
  ],
  limits: [
    { project: null, kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 15_000, period: 'month' },
    { project: 'Timetable-Prod', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 5000, period: 'month' },
    { project: 'Timetable-Dev', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 900, period: 'month' },
    {
      project: 'Passenger-Prod',
      kind: 'rate',
      enforcement: 'hard',
      metric: 'output_tokens_per_minute',
      model: 'claude-sonnet-5',
      amount: 160_000,
      period: 'minute',
    },
  ],
  denied: [],
  syncs: [11, 4],
}

/** Added last week; the admin key that the client provided was rejected. */
const openai: OrganizationPlan = {
  provider: 'openai',
  label: 'Tarnbeck on OpenAI',
  organizationId: '',
  organizationName: '',
  people: [],
  accounts: [],
  groups: [],
  invites: [],
  projects: [],
  keys: [],
  limits: [],
  denied: [],
  syncs: [],
  rejected: { on: 4, reason: 'OpenAI rejected the credential (401). Replace it with a valid one.' },
}

export const tarnbeck: ClientPlan = {
  name: 'Tarnbeck Rail',
  slug: 'tarnbeck-rail',
  kind: 'client',
  colour: '#997700',
  domains: [DOMAIN, 'tarnbeck-services.example'],
  notes: 'The admin key of their OpenAI organization was rejected. Ask Philippa Hartnoll for a new one.',
  organizations: [anthropic, openai],
}
