import type { RuleCases } from '../rule-cases.ts'
import { asItIs, webKeys } from '../plan-parts.ts'

const keys = [{ name: 'dev-web-api' }]
const SITE = { name: 'dev-site-api', environment: 'dev', purpose: 'api', rotationDays: null }
const calledOtherwise = webKeys((planned) => planned.map((key) => ({ ...key, name: 'dev-site-api' })))

export const cases: RuleCases = {
  rule: 'plan-key-renamed',
  subjects: ['dev-web-api'],
  found: { 'its purpose and environment under another name': { keys, plan: calledOtherwise } },
  notFound: {
    'no active plan': { keys },
    'another purpose': {
      keys,
      plan: webKeys((planned) => planned.map((key) => ({ ...key, name: 'dev-web-evals', purpose: 'evals' }))),
    },
    'two that it may be': { keys: [...keys, { name: 'dev-shop-api' }], plan: webKeys(() => [SITE]) },
  },
  boundary: {
    notYet: { 'the name itself': { keys, plan: asItIs } },
    just: {
      'one letter more': { keys, plan: webKeys((planned) => planned.map((key) => ({ ...key, name: `${key.name}s` }))) },
    },
  },
}
