import { adminKey, key, series } from '../kit/keys.ts'
import { CHIARA, DARIUS, HANA, LUCIA, MARA } from '../kit/northfold-people.ts'
import { guests, staff } from '../kit/people.ts'
import { account, person, type ClientPlan, type OrganizationPlan } from '../kit/plan.ts'

const OPENAI = 'org-vane-orchard'
const DOMAIN = 'vane-orchard.example'

/** Growers and packers; their list of invites may not be read. */
const openai: OrganizationPlan = {
  provider: 'openai',
  label: 'Vane & Orchard on OpenAI',
  organizationId: OPENAI,
  organizationName: 'Vane & Orchard',
  people: [
    ...guests([
      [MARA, 'owner', 360, {}, { reviewed: 20 }],
      [HANA, 'reader', 350, { 'Harvest Forecast': 'owner' }, { reviewed: 20 }],
      [LUCIA, 'reader', 210, { 'Recipe Writer': 'owner' }, { reviewed: 20 }],
      [CHIARA, 'reader', 95, { 'Recipe Writer': 'member' }],
      [DARIUS, 'owner', 330, {}, { lastUsed: 34 }],
    ]),
    ...staff(DOMAIN, [
      ['Gwendolyn Vane', 'owner', 358, {}, { reviewed: 20 }],
      ['Ferdinand Orchard', 'owner', 358, {}, { reviewed: 20, lastUsed: null }],
      ['Ayşe Demirtaş', 'reader', 340, { 'Harvest Forecast': 'member' }, { reviewed: 20 }],
      ['Matilde Bjørnstad', 'reader', 333, { 'Harvest Forecast': 'member' }],
      ['Kofi Amponsah', 'reader', 300, { 'Cold Chain': 'owner' }],
      ['Tiên Phạm', 'reader', 290, { 'Cold Chain': 'member' }],
      ['Róisín Kilbride', 'reader', 250, { 'Cold Chain': 'member' }],
      ['Stanislav Marković', 'reader', 230, {}],
      ['Imani Wekesa', 'reader', 202, { 'Recipe Writer': 'member' }],
      ['Hanako Yamada', 'reader', 188, { 'Recipe Writer': 'member' }],
      ['Oleksandr Koval', 'reader', 180, { 'Cold Chain': 'viewer' }],
      ['Min-seo Kim', 'reader', 150, { 'Harvest Forecast': 'viewer' }],
      ['Fatima Alzahrani', 'reader', 140, { 'Harvest Forecast': 'member' }],
      ['Lior Ben-Ami', 'reader', 133, { 'Cold Chain': 'member' }],
      ['Noor Haddad', 'reader', 120, { 'Recipe Writer': 'member' }],
      ['Marta Kowalczyk', 'reader', 111, { 'Cold Chain': 'member' }],
      ['Samuel Oduya', 'reader', 101, { 'Cold Chain': 'member' }],
      ['Maximiliane Ahrenshoop', 'reader', 77, { 'Harvest Forecast': 'member' }],
      ['Zoë Quist', 'reader', 70, { 'Recipe Writer': 'member' }],
      ['Patrick O’Brien', 'reader', 49, { 'Cold Chain': 'member' }],
      ['Dorothea Finch', 'reader', 200, { 'Cold Chain': 'viewer' }],
      ['Ruben Castellanos', 'reader', 160, { 'Harvest Forecast': 'member' }],
      ['Ingeborg Falk', 'reader', 90, {}],
      ['Ulrich Pfannenstiel', 'reader', 290, { 'Harvest Forecast': 'member' }, { until: 7, lastUsed: 20 }],
    ]),
  ],
  accounts: [
    { name: 'cold-chain-gateway', project: 'Cold Chain', role: 'member', from: 280 },
    { name: 'recipe-writer', project: 'Recipe Writer', role: 'member', from: 200 },
    { name: 'harvest-forecast', project: 'Harvest Forecast', role: 'member', from: 300 },
  ],
  groups: [
    {
      name: 'Growers',
      from: 150,
      members: [`lior.ben-ami@${DOMAIN}`, `stanislav.markovic@${DOMAIN}`],
      projects: { 'Harvest Forecast': 'viewer' },
    },
  ],
  invites: [],
  projects: [
    { name: 'Default project', from: 360, isDefault: true },
    { name: 'Harvest Forecast', from: 350 },
    { name: 'Cold Chain', from: 300, residency: 'EU_STORAGE_PROCESSING' },
    { name: 'Recipe Writer', from: 210 },
  ],
  keys: [
    adminKey('castellan-read', person(MARA.email), 12, { contact: 'Mara Lindqvist', purpose: 'Access register' }),
    key('prod-logistics-portal', 'Cold Chain', account('cold-chain-gateway'), 96, { contact: 'Kofi Amponsah' }),
    key('prod-harvest-api', 'Harvest Forecast', account('harvest-forecast'), 40, { contact: 'Hana Kobayashi' }),
    key('dev-harvest-trial', 'Harvest Forecast', person(`fatima.alzahrani@${DOMAIN}`), 36, { lastUsed: null }),
    key('ulrich-forecast', 'Harvest Forecast', person(`ulrich.pfannenstiel@${DOMAIN}`), 150, { lastUsed: 20 }),
    ...series(OPENAI, [
      {
        project: 'Harvest Forecast',
        environment: 'prod',
        team: 'harvest',
        purposes: ['yield', 'weather', 'frost', 'satellite', 'irrigation', 'labour', 'prices'],
        owners: [account('harvest-forecast')],
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
        owners: [person(`matilde.bjornstad@${DOMAIN}`), person(`fatima.alzahrani@${DOMAIN}`)],
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
        project: 'Recipe Writer',
        environment: 'prod',
        team: 'kitchen',
        purposes: ['recipes', 'nutrition', 'translation', 'photos', 'newsletter'],
        owners: [account('recipe-writer')],
        contact: 'Lucía Ferreira Santos',
      },
      {
        project: 'Recipe Writer',
        environment: 'dev',
        team: 'kitchen',
        purposes: ['recipes', 'nutrition', 'photos', 'prompts', 'tasting'],
        owners: [person(`imani.wekesa@${DOMAIN}`), person(`hanako.yamada@${DOMAIN}`), person(`noor.haddad@${DOMAIN}`)],
      },
    ]),
  ],
  limits: [
    { project: null, kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 1500, period: 'month' },
    { project: 'Cold Chain', kind: 'spend', enforcement: 'hard', metric: 'usd', amount: 1200, period: 'month' },
  ],
  denied: [
    {
      source: 'invites',
      since: 3,
      reason: 'The provider refused to list invites (403). Ask for an admin key that may read them.',
    },
  ],
  syncs: [12, 3],
}

export const vaneOrchard: ClientPlan = {
  name: 'Vane & Orchard',
  slug: 'vane-orchard',
  kind: 'client',
  colour: '#cc3311',
  domains: [DOMAIN],
  notes: 'Growers and packers. Their admin key may not list invites.',
  organizations: [openai],
}
