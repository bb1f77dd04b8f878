import type { SystemName } from './system.ts'

/** The tests that `npm test` runs under the rules of each system: of backups, restoring, migrations, exports and locks. */
export const SAMPLES: Readonly<Record<SystemName, readonly string[]>> = {
  windows: [
    'test/electron/files/private-file.test.ts',
    'test/electron/register/db/migrate.test.ts',
    'test/electron/service/files-out/write-file.test.ts',
    'test/electron/service/profile/restore.test.ts',
    'test/electron/service/profile/writer-lock.test.ts',
  ],
  macos: ['test/electron/files/private-file.test.ts', 'test/electron/service/files-out/write-file.test.ts'],
}

/** The folders of all tests that `npm run drills` runs under the rules of each system. */
export const SUITES: readonly string[] = [
  'test/electron/files/',
  'test/electron/register/',
  'test/electron/secrets/',
  'test/electron/service/',
]
