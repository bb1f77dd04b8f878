import { RECOMMENDED_ROLE } from '../../../../shared/domain/people/job-function.ts'
import { defineRule, named } from '../kit/rule.ts'

const RECOMMENDED = `CASE e.job_function ${Object.entries(RECOMMENDED_ROLE)
  .map(([work, role]) => `WHEN '${work}' THEN '${role}'`)
  .join(' ')} END`

/** Compares accounts with the table of recommended roles, and finds those with more access. */
export const jobFunctionRole = defineRule({
  id: 'job-function-role',
  title: 'Role beyond the job function',
  severity: 'medium',
  certainty: 'opinion',
  doubt: 'The recommended roles are a practice, and job titles are read by their words.',
  subject: 'principal',
  looksFor: 'A role that does not fit the job',
  reads: 'Job titles from HR files; roles; effective access',
  remediation: 'Lower the role to the recommended one, or accept the risk with the reason why this person needs more.',
  actions: ['member-role'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.4', 'CIS 6'],
  join: `JOIN temp.f_employed e ON e.id = p.id AND e.job_function IN ('finance', 'building')`,
  where: `(p.privileged = 1 OR e.calls_api = 1)`,
  evidence: {
    jobTitle: 'e.job_title',
    role: 'p.role',
    recommended: RECOMMENDED,
    callsApi: 'e.calls_api',
    privileged: 'p.privileged',
  },
  say: (e) =>
    `The role that is recommended for the job ${named(e.jobTitle, 'of this person')} is ${e.recommended}; this account ${e.privileged === 1 ? 'administers the organization' : 'can call the API'}.`,
})
