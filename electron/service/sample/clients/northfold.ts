import { adminKey, key, series } from '../kit/keys.ts'
import { CHIARA, DARIUS, HANA, IDRIS, KWAME, LUCIA, MARA, PRIYA, SOREN, TOMAS } from '../kit/northfold-people.ts'
import { guests, reviewed, staff } from '../kit/people.ts'
import { account, person, type ClientPlan, type OrganizationPlan } from '../kit/plan.ts'

const OPENAI = 'org-northfold'
const ANTHROPIC = 'org_01NorthfoldStudio'

const openai: OrganizationPlan = {
  provider: 'openai',
  label: 'Northfold on OpenAI',
  organizationId: OPENAI,
  organizationName: 'Northfold',
  people: [
    ...reviewed(
      guests([
        [MARA, 'owner', 1100, {}],
        [TOMAS, 'owner', 980, {}],
        [PRIYA, 'reader', 900, { 'Site Assistant': 'owner', 'Internal Tools': 'member' }],
        [HANA, 'reader', 640, { 'Internal Tools': 'owner' }],
        [LUCIA, 'reader', 510, { 'Pitch Lab': 'owner' }],
        [IDRIS, 'reader', 320, { 'Site Assistant': 'member', 'Pitch Lab': 'member' }],
        [DARIUS, 'reader', 870, { 'Internal Tools': 'member' }, { until: 5, lastUsed: 8 }],
        [SOREN, 'reader', 200, { 'Internal Tools': 'member' }],
        [CHIARA, 'reader', 75, { 'Pitch Lab': 'member' }],
        [KWAME, 'reader', 290, {}, { lastUsed: 3 }],
      ]),
      6,
    ),
    ...reviewed(
      staff('northfold.example', [
        ['Anneliese Brandt', 'reader', 720, { 'Site Assistant': 'member' }],
        ['Oluwaseun Adebayo', 'reader', 455, { 'Site Assistant': 'member' }],
        ['Mei-Ling Hsu', 'reader', 388, { 'Internal Tools': 'member' }],
        ['Rajiv Subramaniam', 'reader', 301, { 'Internal Tools': 'viewer' }],
        ['Élodie Charpentier', 'reader', 260, { 'Pitch Lab': 'member' }],
        ['Bartosz Zieliński', 'reader', 233, { 'Pitch Lab': 'member' }],
        ['Nadia Rahimi', 'reader', 190, {}],
        ['Gunnar Þórsson', 'reader', 121, { 'Site Assistant': 'viewer' }],
        ['Thandiwe Mokoena', 'reader', 88, { 'Internal Tools': 'member' }],
        ['Jonas Petrauskas', 'reader', 4, { 'Site Assistant': 'member' }],
        ['Ewa Nowicka', 'reader', 410, {}],
      ]),
      6,
    ),
  ],
  accounts: [
    { name: 'site-assistant', project: 'Site Assistant', role: 'member', from: 520 },
    { name: 'nightly-digest', project: 'Internal Tools', role: 'member', from: 410 },
    { name: 'pitch-renderer', project: 'Pitch Lab', role: 'member', from: 150 },
  ],
  groups: [
    {
      name: 'Strategists',
      from: 300,
      members: [KWAME.email, 'nadia.rahimi@northfold.example', LUCIA.email],
      projects: { 'Pitch Lab': 'member' },
    },
  ],
  invites: [
    {
      email: 'paloma.quispe@northfold.example',
      role: 'reader',
      projects: { 'Site Assistant': 'member' },
      from: 3,
      validDays: 7,
    },
  ],
  projects: [
    { name: 'Default project', from: 1100, isDefault: true },
    { name: 'Site Assistant', from: 530, residency: 'EU_STORAGE_PROCESSING' },
    { name: 'Internal Tools', from: 900, residency: 'EU_STORAGE_PROCESSING' },
    { name: 'Pitch Lab', from: 340 },
    { name: 'Hackday', from: 820, archived: 130 },
    // Created again under the name of the former one.
    { name: 'hackday', from: 9 },
  ],
  keys: [
    adminKey('castellan-read', person(MARA.email), 34, { contact: 'Mara Lindqvist', purpose: 'Access register' }),
    adminKey('terraform', person(TOMAS.email), 121, { contact: 'Tomas Okafor', purpose: 'Projects as code' }),
    adminKey('audit-export', person(TOMAS.email), 104, { contact: 'Tomas Okafor', purpose: 'Audit log export' }),
    adminKey('cost-dashboard', person(MARA.email), 97, { contact: 'Mara Lindqvist', purpose: 'Cost dashboard' }),
    key('prod-web-assistant-v3', 'Site Assistant', account('site-assistant'), 96, { until: 5 }),
    key('prod-web-assistant-v4', 'Site Assistant', account('site-assistant'), 7, { contact: 'Priya Raghunathan' }),
    ...series(OPENAI, [
      {
        project: 'Site Assistant',
        environment: 'prod',
        team: 'web',
        purposes: ['search', 'faq', 'translation', 'summaries', 'forms', 'events'],
        owners: [account('site-assistant')],
        contact: 'Priya Raghunathan',
      },
      {
        project: 'Site Assistant',
        environment: 'dev',
        team: 'web',
        purposes: ['local', 'storybook', 'evals', 'playwright', 'notebook'],
        owners: [person(PRIYA.email), person('anneliese.brandt@northfold.example'), person(IDRIS.email)],
      },
      {
        project: 'Internal Tools',
        environment: 'prod',
        team: 'ops',
        purposes: ['digest', 'timesheets', 'crm-sync', 'invoice-reader', 'meeting-notes', 'contracts', 'travel'],
        owners: [account('nightly-digest')],
        contact: 'Hana Kobayashi',
      },
      {
        project: 'Internal Tools',
        environment: 'dev',
        team: 'ops',
        purposes: ['digest', 'crm-sync', 'scratch', 'notebook', 'spike', 'evals', 'timesheets'],
        owners: [person(HANA.email), person('mei-ling.hsu@northfold.example'), person(SOREN.email)],
      },
      {
        project: 'Pitch Lab',
        environment: 'dev',
        team: 'pitch',
        purposes: ['sketches', 'voice', 'moodboards', 'avatars', 'scratch', 'music'],
        owners: [person(LUCIA.email), person('elodie.charpentier@northfold.example'), person(CHIARA.email)],
      },
      {
        project: 'Pitch Lab',
        environment: 'staging',
        team: 'pitch',
        purposes: ['renderer', 'storyboards', 'voice', 'mockups', 'benchmarks'],
        owners: [account('pitch-renderer'), person(LUCIA.email), person(CHIARA.email)],
      },
    ]),
  ],
  limits: [
    { project: null, kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 6000, period: 'month' },
    { project: null, kind: 'spend', enforcement: 'alert', metric: 'usd', amount: 4800, period: 'month' },
    { project: 'Pitch Lab', kind: 'spend', enforcement: 'alert', metric: 'usd', amount: 500, period: 'month' },
    {
      project: 'Site Assistant',
      kind: 'rate',
      enforcement: 'hard',
      metric: 'requests_per_minute',
      model: 'gpt-5.4',
      amount: 500,
      period: 'minute',
    },
  ],
  denied: [],
  syncs: [8, 1],
}

const anthropic: OrganizationPlan = {
  provider: 'anthropic',
  label: 'Northfold on Anthropic',
  organizationId: ANTHROPIC,
  organizationName: 'Northfold Studio',
  people: reviewed(
    [
      ...guests([
        [MARA, 'admin', 700, {}],
        [PRIYA, 'admin', 640, {}, { formerRole: { role: 'developer', until: 5 } }],
        [HANA, 'developer', 600, { 'Code Review': 'workspace_admin' }],
        [IDRIS, 'developer', 300, { 'Code Review': 'workspace_developer', Writing: 'workspace_developer' }],
        [DARIUS, 'developer', 590, { 'Code Review': 'workspace_developer' }, { until: 5 }],
        [LUCIA, 'user', 410, { Writing: 'workspace_user' }],
      ]),
      ...staff('northfold.example', [
        ['Fatoumata Diallo', 'billing', 650, {}],
        ['Oluwaseun Adebayo', 'claude_code_user', 220, { 'Code Review': 'workspace_developer' }],
        ['Bartosz Zieliński', 'claude_code_user', 190, { 'Code Review': 'workspace_restricted_developer' }],
        ['Siobhán Ní Dhuibhne', 'developer', 95, { Writing: 'workspace_admin' }],
        ['Mateo Villanueva', 'developer', 61, { Writing: 'workspace_developer' }],
      ]),
    ],
    6,
  ),
  accounts: [],
  groups: [],
  invites: [],
  projects: [
    { name: 'Default', from: 700, isDefault: true, residency: 'us' },
    { name: 'Code Review', from: 600, residency: 'us' },
    { name: 'Writing', from: 420, residency: 'us' },
  ],
  keys: [
    key('prod-review-bot', 'Code Review', person(DARIUS.email), 61, {
      contact: 'Hana Kobayashi',
      purpose: 'Pull request review',
    }),
    ...series(ANTHROPIC, [
      {
        project: 'Code Review',
        environment: 'prod',
        team: 'review',
        purposes: ['pull-requests', 'changelog', 'triage', 'security-notes'],
        owners: [person(HANA.email)],
        contact: 'Hana Kobayashi',
      },
      {
        project: 'Writing',
        environment: 'prod',
        team: 'content',
        purposes: ['newsletter', 'alt-texts', 'translation', 'house-style'],
        owners: [person('mateo.villanueva@northfold.example')],
        contact: 'Siobhán Ní Dhuibhne',
      },
      {
        project: 'Writing',
        environment: 'dev',
        team: 'content',
        purposes: ['drafts', 'tone', 'glossary', 'style-check', 'captions', 'headlines', 'podcast', 'evals', 'prompts'],
        owners: [person(IDRIS.email), person('siobhan.nidhuibhne@northfold.example')],
      },
      {
        project: 'Default',
        environment: 'sandbox',
        team: 'all',
        purposes: ['console', 'training', 'workshop', 'onboarding', 'demo'],
        owners: [person(PRIYA.email), { is: 'unknown' }],
      },
    ]),
  ],
  limits: [
    { project: null, kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 2500, period: 'month' },
    { project: 'Code Review', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 900, period: 'month' },
    {
      project: null,
      kind: 'rate',
      enforcement: 'hard',
      metric: 'requests_per_minute',
      model: 'claude-sonnet-5',
      amount: 2000,
      period: 'minute',
    },
  ],
  denied: [],
  syncs: [8, 1],
}

export const northfold: ClientPlan = {
  name: 'Northfold',
  slug: 'northfold',
  kind: 'internal',
  colour: '#332288',
  domains: ['northfold.example'],
  notes:
    'The agency itself. Staff are members of the clients’ organizations too: when someone leaves, look there as well.',
  // One admin key for each automation.
  policy: { maxAdminKeys: 5 },
  organizations: [openai, anthropic],
}
