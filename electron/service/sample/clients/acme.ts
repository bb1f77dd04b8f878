import { adminKey, key, series } from '../kit/keys.ts'
import { CHIARA, MARA, TOMAS } from '../kit/northfold-people.ts'
import { guests, staff } from '../kit/people.ts'
import { account, person, type ClientPlan, type OrganizationPlan } from '../kit/plan.ts'

const ANTHROPIC = 'org_01AcmeCorpLabs'

const JANE = { name: 'Jane Smith', email: 'jane.smith@acme.example' }
const JOHN = { name: 'John Doe', email: 'john.doe@acme.example' }
const ALICE = { name: 'Alice Dev', email: 'alice.dev@acme.example' }
const BOB = { name: 'Bob Analyst', email: 'bob.analyst@acme.example' }
const CARL = { name: 'Carl Intern', email: 'carl.intern@acme.example' }

/** The access register of every lesson: four people, two service accounts, three projects. */
const openai: OrganizationPlan = {
  provider: 'openai',
  label: 'Acme Corp on OpenAI',
  organizationId: 'org-acme-corp',
  organizationName: 'Acme Corp',
  people: guests([
    [JANE, 'owner', 690, {}, { reviewed: 40 }],
    [JOHN, 'admin', 640, {}, { reviewed: 40, everywhere: 'owner' }],
    [ALICE, 'member', 400, { ChatBot: 'member', Analytics: 'member' }, { reviewed: 70 }],
    [BOB, 'reader', 380, {}, { reviewed: 40 }],
    [CARL, 'member', 190, { ChatBot: 'member' }, { until: 7, lastUsed: 9 }],
  ]),
  accounts: [
    { name: 'prod-backend', project: 'ChatBot', role: 'member', from: 390 },
    { name: 'ci-testing', project: 'Analytics', role: 'member', from: 350 },
  ],
  groups: [],
  invites: [
    { email: 'dana.new@acme.example', role: 'reader', projects: { ChatBot: 'member' }, from: 30, validDays: 7 },
  ],
  projects: [
    { name: 'ChatBot', from: 400 },
    { name: 'Analytics', from: 380 },
    { name: 'Research', from: 200 },
  ],
  keys: [
    adminKey('castellan-read', person(JANE.email), 40, { contact: 'Jane Smith', purpose: 'Access register' }),
    key('prod-backend', 'ChatBot', account('prod-backend'), 81, {
      hint: 'sk-proj-…x9Qa',
      contact: 'John Doe',
      environment: 'production',
      purpose: 'Production API',
      rotated: { on: 81, trigger: 'scheduled', note: 'Quarterly rotation' },
    }),
    key('ci-testing', 'Analytics', account('ci-testing'), 186, {
      hint: 'sk-proj-…7fTe',
      contact: 'Alice Dev',
      purpose: 'GitHub Actions',
    }),
    key('alice notebook', 'Analytics', person(ALICE.email), 52),
    key('dev-chatbot-local', 'ChatBot', person(ALICE.email), 164, { lastUsed: 95 }),
    key('carl test', 'ChatBot', person(CARL.email), 170, { lastUsed: 9 }),
    key('research-llm-experiments', 'Research', person(JOHN.email), 88, { lastUsed: 20 }),
  ],
  limits: [
    { project: null, kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 10_000, period: 'month' },
    { project: 'ChatBot', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 6000, period: 'month' },
    { project: 'Analytics', kind: 'spend', enforcement: 'alert', metric: 'usd', amount: 2500, period: 'month' },
    { project: 'Research', kind: 'spend', enforcement: 'alert', metric: 'usd', amount: 1500, period: 'month' },
  ],
  denied: [],
  syncs: [9, 2],
}

const workspaceOwners = {
  product: [person('ana.castillo@acme.example')],
  data: [person('wei.zhang@acme.example'), person('pooja.deshmukh@acme.example')],
}

/** A medium-sized company with product, data and research teams, each environment a workspace of its own. */
const anthropic: OrganizationPlan = {
  provider: 'anthropic',
  label: 'Acme Corp on Anthropic',
  organizationId: ANTHROPIC,
  organizationName: 'Acme Corp Labs',
  people: [
    ...guests([
      [JANE, 'admin', 420, {}, { reviewed: 40 }],
      [TOMAS, 'admin', 420, {}, { reviewed: 40 }],
      [MARA, 'developer', 200, { 'Product-Dev': 'workspace_developer' }],
      [BOB, 'user', 380, {}],
      [CHIARA, 'developer', 64, { 'Product-Dev': 'workspace_restricted_developer' }],
    ]),
    ...staff('acme.example', [
      ['Rebecca Oyelaran', 'admin', 415, {}, { reviewed: 40 }],
      ['Ana Castillo', 'developer', 400, { 'Product-Prod': 'workspace_admin', 'Product-Dev': 'workspace_developer' }],
      ['Viktor Hristov', 'developer', 350, { 'Product-Dev': 'workspace_developer' }],
      ['Wei Zhang', 'developer', 330, { 'Analytics-Prod': 'workspace_admin', 'Analytics-Dev': 'workspace_admin' }],
      ['Pooja Deshmukh', 'developer', 290, { 'Analytics-Dev': 'workspace_developer' }],
      ['Ibrahim Touré', 'developer', 210, { Research: 'workspace_admin' }],
      ['Kirsten Mølgaard', 'developer', 90, { Research: 'workspace_developer' }],
      ['Harriet Blakeney', 'billing', 410, {}, { reviewed: 40 }],
      ['Takeshi Morimoto', 'claude_code_user', 150, { 'Product-Dev': 'workspace_developer' }],
      ['Leilani Kahananui', 'user', 130, {}],
    ]),
  ],
  accounts: [],
  groups: [],
  invites: [
    { email: 'summer.intern@acme.example', role: 'developer', projects: {}, from: 62, validDays: 21 },
    { email: 'auditor@ledgerwell.example', role: 'admin', projects: {}, from: 4, validDays: 21 },
  ],
  projects: [
    { name: 'Default', from: 420, isDefault: true },
    { name: 'Product-Prod', from: 410 },
    { name: 'Product-Dev', from: 410 },
    { name: 'Analytics-Prod', from: 400 },
    { name: 'Analytics-Dev', from: 400 },
    { name: 'Research', from: 300 },
  ],
  keys: [
    key('prod-chatbot-backend', 'Product-Prod', person('ana.castillo@acme.example'), 75, {
      contact: 'Ana Castillo',
      purpose: 'Chatbot answers',
    }),
    key('prod-chatbot-realtime', 'Product-Prod', person('ana.castillo@acme.example'), 99, {
      contact: 'Ana Castillo',
      purpose: 'Chatbot voice',
    }),
    key('dev-chatbot-local', 'Product-Dev', person('viktor.hristov@acme.example'), 33),
    key('staging-chatbot-ci', 'Product-Dev', person('viktor.hristov@acme.example'), 141),
    key('prod-analytics-pipeline', 'Analytics-Prod', person('wei.zhang@acme.example'), 61, { contact: 'Wei Zhang' }),
    key('dev-analytics-notebook', 'Analytics-Dev', person('pooja.deshmukh@acme.example'), 22),
    key('research-experiments', 'Research', person('ibrahim.toure@acme.example'), 178),
    ...series(ANTHROPIC, [
      {
        project: 'Product-Prod',
        environment: 'prod',
        team: 'product',
        purposes: ['backend', 'moderation', 'handover', 'intent', 'feedback'],
        owners: workspaceOwners.product,
        contact: 'Ana Castillo',
      },
      {
        project: 'Product-Dev',
        environment: 'dev',
        team: 'product',
        purposes: ['evals', 'prompts', 'load-test', 'spike', 'mobile'],
        owners: [person('viktor.hristov@acme.example'), person('takeshi.morimoto@acme.example'), person(CHIARA.email)],
      },
      {
        project: 'Analytics-Prod',
        environment: 'prod',
        team: 'analytics',
        purposes: ['forecast', 'churn', 'reports'],
        owners: workspaceOwners.data,
        contact: 'Wei Zhang',
      },
      {
        project: 'Analytics-Dev',
        environment: 'dev',
        team: 'analytics',
        purposes: ['labels', 'backfill', 'quality', 'sampling'],
        owners: workspaceOwners.data,
      },
      {
        project: 'Research',
        environment: 'research',
        team: 'llm',
        purposes: ['benchmarks', 'agents', 'safety'],
        owners: [person('ibrahim.toure@acme.example'), person('kirsten.molgaard@acme.example')],
      },
    ]),
  ],
  limits: [
    { project: null, kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 8000, period: 'month' },
    { project: 'Product-Prod', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 5000, period: 'month' },
    { project: 'Product-Dev', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 400, period: 'month' },
  ],
  denied: [],
  syncs: [9, 2],
}

export const acme: ClientPlan = {
  name: 'Acme Corp',
  slug: 'acme-corp',
  kind: 'client',
  colour: '#0077bb',
  domains: ['acme.example'],
  notes: 'Register goes to the client’s repository after each monthly review. Contact: Jane Smith.',
  organizations: [openai, anthropic],
}
