import { key, series } from '../kit/keys.ts'
import { HANA, KWAME, LUCIA, MARA } from '../kit/northfold-people.ts'
import { getAddress, guests, reviewed, staff } from '../kit/people.ts'
import { person, type ClientPlan, type OrganizationPlan } from '../kit/plan.ts'

const ANTHROPIC = 'org_01HeliotideClinics'
const DOMAIN = 'heliotide.example'

function at(name: string): ReturnType<typeof person> {
  return person(getAddress(name, DOMAIN))
}

const anthropic: OrganizationPlan = {
  provider: 'anthropic',
  label: 'Heliotide on Anthropic',
  organizationId: ANTHROPIC,
  organizationName: 'Heliotide Clinics',
  people: reviewed(
    [
      ...guests([
        [MARA, 'admin', 300, {}],
        [HANA, 'developer', 290, { 'Triage-Prod': 'workspace_admin' }],
        [LUCIA, 'user', 120, { 'Patient Letters': 'workspace_user' }],
        [KWAME, 'developer', 110, { 'Triage-Dev': 'workspace_developer' }],
      ]),
      ...staff(DOMAIN, [
        ['Theodora Papageorgiou', 'admin', 298, {}],
        ['Emeka Obiora', 'admin', 296, {}],
        ['Vilma Karjalainen', 'admin', 31, {}],
        [
          'Hiroshi Ebisawa',
          'developer',
          280,
          { 'Triage-Prod': 'workspace_developer', 'Triage-Dev': 'workspace_admin' },
        ],
        ['Adaeze Onyekachi', 'developer', 270, { 'Triage-Dev': 'workspace_developer' }],
        ['Benedikt Sauer', 'developer', 260, { 'Triage-Dev': 'workspace_developer' }],
        ['Paulette Nkemelu', 'developer', 250, { 'Patient Letters': 'workspace_admin' }],
        ['Quirin Hofstetter', 'developer', 240, { 'Patient Letters': 'workspace_developer' }],
        ['Sofía Irigoyen', 'developer', 230, { Coding: 'workspace_admin' }],
        ['Tariq Al-Masri', 'developer', 220, { Coding: 'workspace_developer' }],
        ['Ulyana Bondar', 'developer', 200, { Coding: 'workspace_developer' }],
        ['Václav Němeček', 'developer', 180, { 'Triage-Dev': 'workspace_restricted_developer' }],
        ['Winifred Adjei', 'claude_code_user', 160, { 'Triage-Dev': 'workspace_developer' }],
        ['Xiomara Peralta', 'claude_code_user', 140, { Coding: 'workspace_developer' }],
        ['Yaw Mensah-Sarpong', 'user', 120, {}],
        ['Zuzana Kráľová', 'user', 100, {}],
        ['Agnieszka Lisowska', 'user', 90, {}],
        ['Bilal Chaudhry', 'billing', 295, {}],
        ['Delphine Roussel', 'user', 60, { 'Patient Letters': 'workspace_user' }],
        ['Eirik Haugland', 'user', 9, {}],
        ['Rangi Parata', 'user', 48, {}],
        ['Fumiko Hoshino', 'developer', 275, { 'Triage-Prod': 'workspace_developer' }, { until: 20 }],
        ['Guillermo Barrios', 'developer', 150, { Coding: 'workspace_developer' }, { until: 22 }],
      ]),
    ],
    6,
  ),
  accounts: [],
  groups: [],
  invites: [{ email: 'new.coder@heliotide.example', role: 'developer', projects: {}, from: 5, validDays: 21 }],
  projects: [
    { name: 'Default', from: 300, isDefault: true },
    { name: 'Triage-Prod', from: 290 },
    { name: 'Triage-Dev', from: 290 },
    { name: 'Patient Letters', from: 255 },
    { name: 'Coding', from: 235 },
  ],
  keys: [
    key('prod-triage-escalation', 'Triage-Prod', at('Hiroshi Ebisawa'), 48, {
      contact: 'Hiroshi Ebisawa',
      rotated: { on: 19, trigger: 'leaver', note: 'Replaced when Fumiko Hoshino left' },
    }),
    ...series(ANTHROPIC, [
      {
        project: 'Triage-Prod',
        environment: 'prod',
        team: 'triage',
        fresh: true,
        purposes: [
          'intake',
          'symptoms',
          'urgency',
          'handover',
          'languages',
          'notes',
          'audit',
          'callback',
          'night-line',
        ],
        owners: [at('Hiroshi Ebisawa'), person(HANA.email)],
        contact: 'Hiroshi Ebisawa',
      },
      {
        project: 'Triage-Dev',
        environment: 'staging',
        team: 'triage',
        fresh: true,
        purposes: ['intake', 'symptoms', 'urgency', 'notes', 'audit', 'ci', 'replay'],
        owners: [at('Benedikt Sauer')],
      },
      {
        project: 'Triage-Dev',
        environment: 'dev',
        team: 'triage',
        fresh: true,
        purposes: ['intake', 'symptoms', 'urgency', 'evals', 'prompts', 'notebook', 'red-team'],
        owners: [at('Adaeze Onyekachi'), at('Benedikt Sauer'), at('Winifred Adjei'), person(KWAME.email)],
      },
      {
        project: 'Patient Letters',
        environment: 'prod',
        team: 'letters',
        fresh: true,
        purposes: [
          'discharge',
          'referral',
          'reminders',
          'plain-language',
          'translation',
          'layout',
          'vaccination',
          'consent',
        ],
        owners: [at('Paulette Nkemelu')],
        contact: 'Paulette Nkemelu',
      },
      {
        project: 'Patient Letters',
        environment: 'dev',
        team: 'letters',
        fresh: true,
        purposes: ['discharge', 'referral', 'tone', 'notebook', 'evals'],
        owners: [at('Quirin Hofstetter'), at('Paulette Nkemelu')],
      },
      {
        project: 'Patient Letters',
        environment: 'staging',
        team: 'letters',
        fresh: true,
        purposes: ['discharge', 'referral', 'consent', 'layout', 'ci', 'replay', 'translation'],
        owners: [at('Quirin Hofstetter')],
      },
      {
        project: 'Coding',
        environment: 'prod',
        team: 'coding',
        fresh: true,
        purposes: ['icd', 'billing-check', 'backlog', 'second-look', 'export', 'appeals', 'radiology'],
        owners: [at('Sofía Irigoyen')],
        contact: 'Sofía Irigoyen',
      },
      {
        project: 'Coding',
        environment: 'dev',
        team: 'coding',
        fresh: true,
        purposes: ['icd', 'billing-check', 'labels', 'notebook', 'benchmark', 'dictation', 'audit'],
        owners: [at('Tariq Al-Masri'), at('Ulyana Bondar'), at('Xiomara Peralta')],
      },
    ]),
  ],
  limits: [
    { project: null, kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 9000, period: 'month' },
    { project: 'Triage-Prod', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 6000, period: 'month' },
    {
      project: null,
      kind: 'rate',
      enforcement: 'hard',
      metric: 'input_tokens_per_minute',
      model: 'claude-opus-5-5',
      amount: 400_000,
      period: 'minute',
    },
  ],
  denied: [],
  syncs: [8, 1],
}

/** The client in order: nothing is open, overdue or due soon. */
export const heliotide: ClientPlan = {
  name: 'Heliotide Clinics',
  slug: 'heliotide-clinics',
  kind: 'client',
  colour: '#aa4499',
  domains: [DOMAIN],
  notes: 'Health data: access changes go through their privacy officer first.',
  organizations: [anthropic],
}
