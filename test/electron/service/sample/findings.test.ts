import { beforeAll, describe, expect, it } from 'vitest'

import { RULES } from '../../../../electron/register/findings/rules.ts'
import { openRegister, type Register } from '../../../../electron/register/open.ts'
import { evaluateStale } from '../../../../electron/register/findings/evaluate.ts'
import { setClientArchived } from '../../../../electron/register/clients/client.ts'
import { loadSample } from '../../../../electron/service/sample/load.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import { MANY } from './many-findings.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const TODAY = toLocalDay(NOW)

let register: Register

beforeAll(() => {
  register = openRegister({ path: ':memory:', key: new Uint8Array(32), now: () => NOW })
  loadSample(register, { today: TODAY, now: NOW })
})

const named = (rule: string): readonly string[] =>
  register.reader.column<string>('SELECT name FROM finding WHERE rule = ? ORDER BY name', [rule])

/** Rules with few subjects, with all their names in order; the others are in `many-findings.ts`. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'admin-key-expiring': ['siem-export'],
  'admin-key-old': ['old-onboarding', 'siem-export', 'terraform'],
  'admin-key-unused': ['old-onboarding'],
  'admin-keys-too-many': ['Quillmarsh on OpenAI'],
  'archived-project-members': ['Broker Portal Pilot'],
  'contractor-many-projects': ['Chiara Monteverdi-Rossi'],
  'contractor-privileged': ['Vilma Karjalainen'],
  'default-project-in-use': ['Default', 'Default', 'Default', 'Default'],
  'environments-mixed': [
    'ChatBot',
    'Coding',
    'Cold Chain',
    'Correspondence',
    'Depots',
    'Harvest Forecast',
    'Internal Tools',
    'Patient Letters',
    'Recipe Writer 🍏',
    'Site Assistant',
    'Underwriting',
    'Writing',
  ],
  'external-many-projects': ['Chiara Monteverdi-Rossi'],
  'external-privileged': ['auditor@ledgerwell.example'],
  'invite-expired': [
    'apple+tester@vane-orchard.example',
    'archive.team@quillmarsh.example',
    'controller.night@tarnbeck.example',
    'd.fontaine@quillmarsh.example',
    'dana.new@acme.example',
    'locum@agency-medics.example',
    'reviewer@ledgerwell.example',
    'summer.intern@acme.example',
  ],
  'invite-stale': ['h.vasquez@tarnbeck.example'],
  'job-function-role': ['Wren Ashdown', 'Yetunde Balogun'],
  'key-creator-unknown': [
    'Console key',
    'imported-from-trial',
    'legacy-etl',
    'sandbox-all-onboarding',
    'sandbox-all-training',
    'signal-box',
    'ward-tablet',
  ],
  'key-expiry-past-ceiling': ['prod-claims-webhook'],
  'key-in-archived-project': ['broker-portal-backend', 'broker-portal-demo', 'hackathon-judge', 'hackday-demo'],
  'key-never-used': [
    '=1+1',
    'broker-portal-demo',
    'dev-claims-sandbox',
    'dev-logistics-labels',
    'dev-ops-digest',
    'dev-service-chat',
    'prod-claims-status',
    'prod-service-routing',
    'prod-web-translation',
    'research-actuarial-benchmark',
  ],
  'key-owner-gone': [
    'beatriz-experiments',
    'carl test',
    'darius laptop',
    'hackday-demo',
    'nils claims hotfix',
    'old-onboarding',
    'prod-underwriting-scoring',
    'ulrich forecast',
  ],
  'key-owner-none': [
    'fumiko-triage-prod',
    'gregor-passenger-prod',
    'guillermo-coding',
    'pieter-jan correspondence',
    'prod-review-bot',
    'prod-triage-escalation',
    'staging-chatbot-ci',
  ],
  'key-owner-without-project': ['=1+1', 'broker-portal-backend', 'hackday-demo', 'research-llm-experiments'],
  'key-unused': ['dev-chatbot-local', 'dev-web-playwright'],
  'key-unused-remove': [
    'darius-migration',
    'dev-web-playwright',
    'hackday-demo',
    'research-llm-experiments',
    'staging-claims-photos',
    'staging-claims-replay',
    'staging-pitch-mockups',
  ],
  'key-without-project': ['ops-wide'],
  'last-use-not-reported': [
    'Acme Corp on Anthropic',
    'Heliotide on Anthropic',
    'Northfold on Anthropic',
    'Quillmarsh on Anthropic',
    'Tarnbeck on Anthropic',
  ],
  'leaver-with-access': ['Darius Wendt', 'Noémie Baudelet'],
  'limit-changed': ['Quillmarsh on OpenAI'],
  'member-unused': ['Darius Wendt'],
  'organization-limit-disagrees': ['Vane & Orchard on OpenAI'],
  'organization-without-spend-limit': ['Vane & Orchard on OpenAI'],
  'personal-key-in-production': [
    'darius-migration',
    'nils claims hotfix',
    'prod-harvest-frost',
    'prod-harvest-irrigation',
    'prod-harvest-labour',
    'prod-harvest-prices',
    'prod-harvest-satellite',
    'prod-harvest-weather',
    'prod-harvest-yield',
    'prod-underwriting-scoring',
  ],
  'plan-key-renamed': ['prod-product-intent'],
  'plan-key-unexplained': ['prod-product-handover'],
  'plan-missing': ['Acme Corp on Anthropic'],
  'plan-organization-extra': ['Acme Corp on OpenAI'],
  'plan-organization-limit-differs': ['Acme Corp on Anthropic'],
  'plan-person-extra': ['Leilani Kahananui'],
  'plan-person-misplaced': ['Viktor Hristov'],
  'plan-project-extra': ['Research'],
  'plan-project-limit-differs': ['Product-Dev'],
  'plan-project-renamed': ['Analytics-Dev'],
  'plan-role-differs': ['Rebecca Oyelaran'],
  'privileged-single': ['Northfold on Anthropic'],
  'privileged-too-many': ['Quillmarsh on OpenAI'],
  'privileged-unused': ['Chidinma Eze', 'Gwendolyn Vane', 'John Doe', 'Margarethe Ohlsson', 'Yetunde Balogun'],
  'project-idle': ['Research'],
  'project-limit-disagrees': ['ChatBot', 'Claims-Prod'],
  'project-without-spend-limit': [
    'Broker Portal Pilot',
    'Correspondence',
    'Default',
    'Documents-Prod',
    'Service-Dev',
    'Service-Prod',
    'Underwriting',
  ],
  // Two people whom HR reported as leavers yesterday still have access.
  'review-overdue': [
    'Acme Corp on Anthropic',
    'Acme Corp on OpenAI',
    'Heliotide on Anthropic',
    'Northfold on Anthropic',
    'Northfold on OpenAI',
    'Quillmarsh on Anthropic',
    'Quillmarsh on OpenAI',
    'Vane & Orchard on OpenAI',
  ],
  'sync-stale': ['Heliotide on Anthropic', 'Tarnbeck on OpenAI'],
  'workspace-recreated': ['hackday'],
}

describe('the findings of the sample agency', () => {
  it.each(Object.entries({ ...EXPECTED, ...MANY }))('%s: %j', (rule, names) => {
    expect(named(rule)).toEqual(names)
  })

  it('show every rule', () => {
    const shown = [...Object.keys(EXPECTED), ...Object.keys(MANY), 'agency-staff-in-archived-client']
    expect(shown.toSorted()).toEqual(RULES.map((rule) => rule.id).toSorted())
  })

  it('report agency staff once a client is archived', () => {
    register.transact((writer) => {
      setClientArchived(writer, 'tarnbeck-rail', NOW)
      evaluateStale(writer, { now: NOW, today: TODAY })
    })
    expect(named('agency-staff-in-archived-client')).toEqual(['Idris Belhadj', 'Tomas Okafor'])
  })
})
