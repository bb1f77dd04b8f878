import { key, series } from '../kit/keys.ts'
import { KWAME, MARA } from '../kit/northfold-people.ts'
import { getAddress, guests, reviewed, staff } from '../kit/people.ts'
import { person, UNKNOWN, type OrganizationPlan } from '../kit/plan.ts'

const ANTHROPIC = 'org_01QuillmarshMutual'
const DOMAIN = 'quillmarsh.example'

function at(name: string): ReturnType<typeof person> {
  return person(getAddress(name, DOMAIN))
}

/** The insurer's second provider, opened separately by its document team. */
export const quillmarshAnthropic: OrganizationPlan = {
  provider: 'anthropic',
  label: 'Quillmarsh on Anthropic',
  organizationId: ANTHROPIC,
  organizationName: 'Quillmarsh Documents',
  people: [
    ...guests([
      [MARA, 'admin', 240, {}, { reviewed: 20 }],
      [KWAME, 'developer', 130, { 'Documents-Dev': 'workspace_developer' }],
    ]),
    ...reviewed(
      staff(DOMAIN, [
        ['Margarethe Ohlsson', 'admin', 238, {}],
        ['Jeroen Verstappelen', 'admin', 240, {}],
        [
          'Adanna Chukwuemeka',
          'developer',
          236,
          { 'Documents-Prod': 'workspace_admin', 'Documents-Dev': 'workspace_admin' },
        ],
        ['Ioannis Kaltsas', 'developer', 230, { 'Documents-Prod': 'workspace_developer' }],
        ['Miriam Feldheim', 'developer', 221, { 'Documents-Dev': 'workspace_developer' }],
        ['Raúl Etxeberria', 'developer', 214, { 'Documents-Dev': 'workspace_developer' }],
        ['Sigríður Jónsdóttir', 'developer', 198, { Correspondence: 'workspace_admin' }],
        ['Tendai Mutasa', 'developer', 180, { Correspondence: 'workspace_developer' }],
        ['Arjun Venkataraman', 'developer', 170, { Correspondence: 'workspace_developer' }],
        ['Noémie Baudelet', 'claude_code_user', 150, { 'Documents-Dev': 'workspace_developer' }],
        ['Haruto Sakaguchi', 'claude_code_user', 140, { 'Documents-Dev': 'workspace_developer' }],
        ['Stefania Morozova', 'user', 121, {}],
        ['Mikkel Thorsgaard', 'user', 110, {}],
        ['Blessing Okonjo', 'user', 100, { Correspondence: 'workspace_user' }],
        ['Edwina Fairweather', 'billing', 239, {}],
        ['Leonor Saraiva', 'user', 80, {}],
        ['Omar Benkirane', 'user', 72, {}],
        ['Wren Ashdown', 'developer', 51, { 'Documents-Prod': 'workspace_developer' }],
        ['Zainab Yusufzai', 'user', 6, {}],
        ['Pieter-Jan Wouters', 'developer', 190, { Correspondence: 'workspace_developer' }, { until: 3 }],
      ]),
      20,
    ),
  ],
  accounts: [],
  groups: [],
  invites: [],
  projects: [
    { name: 'Default', from: 240, isDefault: true },
    { name: 'Documents-Prod', from: 238 },
    { name: 'Documents-Dev', from: 238 },
    { name: 'Correspondence', from: 200 },
  ],
  keys: [
    key('Console key', 'Default', UNKNOWN, 120),
    key('scanner-room', 'Default', at('Jeroen Verstappelen'), 60),
    ...series(ANTHROPIC, [
      {
        project: 'Documents-Prod',
        environment: 'prod',
        team: 'documents',
        purposes: [
          'classify',
          'extract',
          'redact',
          'summaries',
          'policies',
          'contracts',
          'signatures',
          'archive',
          'claims-files',
          'microfilm',
        ],
        owners: [at('Ioannis Kaltsas')],
        contact: 'Adanna Chukwuemeka',
      },
      {
        project: 'Documents-Dev',
        environment: 'staging',
        team: 'documents',
        purposes: ['classify', 'extract', 'redact', 'ci', 'replay'],
        owners: [at('Adanna Chukwuemeka')],
        contact: 'Adanna Chukwuemeka',
      },
      {
        project: 'Documents-Dev',
        environment: 'dev',
        team: 'documents',
        purposes: ['classify', 'extract', 'redact', 'summaries', 'notebook', 'evals', 'prompts', 'spike'],
        owners: [at('Miriam Feldheim'), at('Raúl Etxeberria'), at('Noémie Baudelet'), at('Haruto Sakaguchi')],
      },
      {
        project: 'Correspondence',
        environment: 'prod',
        team: 'letters',
        purposes: ['replies', 'tone', 'translation', 'complaints', 'reminders', 'plain-language'],
        owners: [at('Sigríður Jónsdóttir')],
        contact: 'Sigríður Jónsdóttir',
      },
      {
        project: 'Correspondence',
        environment: 'dev',
        team: 'letters',
        purposes: ['replies', 'tone', 'translation', 'complaints', 'notebook', 'evals'],
        owners: [at('Tendai Mutasa'), at('Arjun Venkataraman')],
      },
    ]),
  ],
  limits: [
    { project: null, kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 12_000, period: 'month' },
    { project: 'Documents-Dev', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 400, period: 'month' },
  ],
  denied: [],
  syncs: [10, 2],
}
