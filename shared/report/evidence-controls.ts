import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'

export const CONTROLS: EvidenceTable = {
  name: 'controls',
  title: 'Control matrix',
  about:
    'Which part of this pack serves which control. What a control asks is put in our words; the wording that binds is the official one.',
  fields: { framework: 'Framework', control: 'Control', asks: 'What it asks', file: 'File', columns: 'Columns' },
}

type Line = readonly [control: string, asks: string, file: string, columns: string]

/**
 * Sources: AICPA Trust Services Criteria 2017 (2022 points of focus), ISO/IEC 27001:2022 Annex A, NIST SP 800-53 r5,
 * PCI DSS 4.0.1, CIS Controls v8, and of NIS2 the Annex of Implementing Regulation (EU) 2024/2690 as
 * published on 18 October 2024, points 11.2, 11.3 and 11.5.
 */
const MATRIX: Readonly<Record<string, readonly Line[]>> = {
  'SOC 2': [
    [
      'CC6.1',
      'Logical access to protected assets is restricted, credentials included.',
      'items',
      'Privileged, Effective paths, Rotation due, Days over, Key expires (UTC)',
    ],
    [
      'CC6.2',
      'Users are authorized before access, and credentials are removed when no longer authorized.',
      'closures',
      'Hours from decision, Hours from departure, Verified by a sync',
    ],
    [
      'CC6.3',
      'Access is granted, changed and removed by role, with least privilege and separation of duties.',
      'decisions',
      'Decision, Change to, Justification, Self-review',
    ],
  ],
  'ISO/IEC 27001:2022': [
    ['A.5.15', 'Rules of access are set and applied.', 'header', 'Topic policy'],
    ['A.5.16', 'Identities are managed over their whole life.', 'items', 'Kind, Status, Employment, Employment ends'],
    [
      'A.5.17',
      'Authentication information is allocated and managed; keys count.',
      'items',
      'Owner, Key created (UTC), Last rotated, Rotation due, Contact',
    ],
    [
      'A.5.18',
      'Access rights are provisioned, reviewed, changed and removed.',
      'decisions',
      'Decision, Reviewer, Decided (UTC)',
    ],
    [
      'A.8.2',
      'Privileged access rights are restricted and managed.',
      'rosters',
      'Roster Administrators, Roster Admin keys',
    ],
    [
      'A.8.3',
      'Access to information is restricted by policy.',
      'items',
      'Resource, Role now, Role at last review, Effective paths',
    ],
  ],
  'NIST SP 800-53 r5': [
    [
      'AC-2',
      'Accounts, members and privileges are specified, reviewed at a set frequency, and disabled when inactive or not needed.',
      'items',
      'Kind, Role now, Last used (UTC), Employment, Findings',
    ],
    ['AC-2 j', 'Accounts are reviewed at a set frequency.', 'header', 'Cadence, Period from, Period until'],
    ['AC-6', 'Least privilege.', 'decisions', 'Decision, Change to'],
    ['AC-6 (7)', 'Privileges are reviewed, and reassigned or removed.', 'closures', 'Action, State, Residual access'],
    [
      'IA-5',
      'Authenticators are managed: refreshed on a period or an event, changed when membership changes.',
      'items',
      'Last rotated, Rotation due, Days over, Owner state',
    ],
  ],
  'PCI DSS 4.0.1': [
    [
      '7.2.4',
      'All accounts and privileges are reviewed at least every six months, inappropriate access is addressed, and management acknowledges.',
      'sign-off',
      'Acknowledged by management, Timely, Removals and changes still open',
    ],
    [
      '7.2.5',
      'Application and system accounts have the least privilege and are reviewed.',
      'items',
      'Kind service-account and key, Role now, Purpose',
    ],
    [
      '8.6',
      'Use and secrets of system accounts are controlled: changed on a period and on suspicion.',
      'items',
      'Key created (UTC), Last rotated, Rotation due, Last used (UTC)',
    ],
  ],
  'NIS2, (EU) 2024/2690': [
    [
      '11.2.2 (a)',
      'Access rights are assigned and revoked by need to know, least privilege and separation of duties.',
      'decisions',
      'Decision, Change to, Justification, Self-review',
    ],
    [
      '11.2.2 (b)',
      'Access rights are changed when employment ends or changes.',
      'closures',
      'Hours from departure, Verified by a sync',
    ],
    ['11.2.2 (c)', 'Access is authorized by the persons in charge of it.', 'decisions', 'Reviewer, Decided (UTC)'],
    [
      '11.2.2 (d)',
      'Access of third parties, suppliers and service providers among them, is limited in scope and in duration.',
      'items',
      'Employment, Employment ends, Role now, Findings',
    ],
    ['11.2.2 (e)', 'A register of granted access rights is kept.', 'rosters', 'Roster, Name, E-mail, Role, Status'],
    ['11.2.2 (f)', 'The management of access rights is logged.', 'provider-log', 'When (UTC), Event, Subject, By'],
    [
      '11.2.3',
      'Access rights are reviewed at planned intervals and changed as the organization changes, and the results are documented with the changes that follow.',
      'sign-off',
      'Timely, Acknowledged by management, Removals and changes still open',
    ],
    [
      '11.3.2 (c)',
      'The privileges of administrators are individual and restricted as far as possible.',
      'rosters',
      'Roster Administrators, Roster Admin keys',
    ],
    [
      '11.3.3',
      'Access rights of privileged accounts are reviewed at planned intervals, and the results are documented.',
      'items',
      'Privileged, Role now, Last used (UTC)',
    ],
    [
      '11.5.2 (c)',
      'The identities of systems are kept in view.',
      'rosters',
      'Roster Service accounts, Roster Federation rules, Roster Certificates',
    ],
    [
      '11.5.4',
      'Identities of systems and users are reviewed regularly, and deactivated when no longer needed.',
      'closures',
      'Action, State, Residual access',
    ],
  ],
  'CIS Controls v8': [
    ['5.1', 'An inventory of accounts, validated at least quarterly.', 'rosters', 'Name, E-mail, Status, Roster'],
    ['5.3', 'Dormant accounts are disabled after 45 days.', 'items', 'Last used (UTC), Findings'],
    [
      '5.5',
      'An inventory of service accounts with owner, review date and purpose.',
      'service-accounts',
      'Account, Owner, Purpose, In this review',
    ],
    ['6.1, 6.2', 'Access is granted and revoked by a process.', 'closures', 'Action, Decided by, Shown (UTC)'],
    ['6.8', 'Role-based access is reviewed at least yearly.', 'decisions', 'Decision, Decided (UTC)'],
  ],
}

export function controlRecords(): EvidenceRecord[] {
  return Object.entries(MATRIX).flatMap(([framework, lines]) =>
    lines.map(([control, asks, file, columns]) => ({ framework, control, asks, file, columns })),
  )
}
