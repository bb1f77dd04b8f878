import all from './knip.json' with { type: 'json' }

/** What the product does not use: `knip.json` without the tests, so that an export of which only tests know is found. */
export default {
  entry: all.entry.filter((path) => !path.startsWith('test/')),
  project: ['{action,build,electron,shared,renderer}/**/*.{ts,tsx,mjs}'],
  include: ['files', 'exports', 'types', 'enumMembers', 'duplicates'],
  ignoreExportsUsedInFile: true,
  vitest: false,
  playwright: false,
  ignoreIssues: {
    // The table of docs/install.md, which a test compares. It is made from the versions in that file.
    'build/pack/needs/systems.mjs': ['exports'],
    // The packages that the workflow of CI installs, which a test compares.
    'build/steps/system-packages.mjs': ['exports'],
  },
}
