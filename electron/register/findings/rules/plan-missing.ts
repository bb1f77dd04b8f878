import { definePlanRule } from '../kit/planned.ts'

/** Finds planned items that the organization lacks. Where a list could not be read, nothing is reported as missing. */
export const planMissing = definePlanRule({
  id: 'plan-missing',
  title: 'Planned but missing',
  severity: 'medium',
  certainty: 'certain',
  subject: 'connection',
  reads: 'The active plan; projects, keys and people, where they could be read',
  remediation: 'Open the plan’s drift and create what is missing, or remove it from the plan.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.9', 'NIST CM-2'],
})
