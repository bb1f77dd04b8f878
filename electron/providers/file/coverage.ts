import { notRead, reads, type Coverage } from '../kit/coverage.ts'

/** The lists of a file, of any platform: its maker decides what it leaves out. */
export const FILE_COVERAGE: Coverage = {
  basis: ['castellan-file, version 1 (docs/file-provider.md)'],
  offers: [
    reads('Organization', { calls: ['organization'], sources: ['organization'] }, 'what the file describes'),
    reads('Projects', { calls: ['projects'], sources: ['projects'] }, 'which projects exist'),
    reads(
      'People, service accounts, groups and invites',
      { calls: ['principals'], sources: ['users', 'group-users'] },
      'who belongs to the organization',
    ),
    reads(
      'Grants',
      { calls: ['grants'], sources: ['user-roles'] },
      'who holds which role; where the file does not state whether a role on the organization reaches its projects, it is assumed of owners and admins',
    ),
    reads('Keys', { calls: ['keys'], sources: ['keys'] }, 'which keys exist, and who owns them'),
    reads('Limits', { calls: ['limits'], sources: ['spend-limits', 'rate-limits'] }, 'which limits are set'),
    reads('Usage and costs', { calls: ['usage'], reports: ['cost', 'completions'] }, 'what was used and billed'),
    notRead(
      'Everything else that the platform offers',
      [],
      'a file has what the person or program that made it put there.',
      'anything that the file leaves out',
    ),
  ],
}
