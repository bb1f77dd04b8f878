import { RELEASE_KEY_VARIABLE } from '../../electron/service/updates/release-key.ts'

/** The variables that name what packages are signed with: docs/packages.md has what each is. */
const APPLE = ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER']

/**
 * Finds the systems that will not be signed, one sentence each with what people will see; and whether anything is to be signed, so that
 * a certificate that cannot be used fails the build instead of leaving it unsigned.
 * Throws when variables belong together and only some are set.
 * @param {Set<string>} systems by the words of electron-builder
 * @param {NodeJS.ProcessEnv} env
 */
export function findUnsigned(systems, env) {
  const has = (name) => (env[name] ?? '') !== ''
  const unsigned = []
  let signs = false
  if (systems.has('mac')) {
    const given = APPLE.filter(has)
    if (given.length > 0 && given.length < APPLE.length) {
      const missing = APPLE.filter((name) => !has(name))
      throw new Error(
        `${given.join(' and ')} is set without ${missing.join(' and ')}. Notarization needs all three, or none.`,
      )
    }
    const isSigned = has('CSC_LINK') || has('CSC_NAME')
    if (given.length > 0 && !isSigned) {
      throw new Error(
        'Only a signed application can be notarized: set CSC_LINK and CSC_KEY_PASSWORD, or CSC_NAME, as well.',
      )
    }
    signs ||= isSigned
    if (!isSigned) {
      unsigned.push(
        'UNSIGNED: the packages for macOS (CSC_LINK is not set). A Mac calls the downloaded application damaged.',
      )
    } else if (given.length === 0) {
      unsigned.push(
        `NOT NOTARIZED: the packages for macOS (${APPLE.join(', ')} are not set). A Mac refuses them at first.`,
      )
    }
  }
  if (systems.has('win')) {
    const isSigned = has('WIN_CSC_LINK') || has('CSC_LINK')
    signs ||= isSigned
    if (!isSigned) {
      unsigned.push(
        'UNSIGNED: the packages for Windows (WIN_CSC_LINK is not set). SmartScreen warns at each installation.',
      )
    }
  }
  if (systems.has('linux')) {
    unsigned.push('UNSIGNED: the packages for Linux. A repository signs its index; a file is compared with SHA256SUMS.')
  }
  if (!has(RELEASE_KEY_VARIABLE)) {
    unsigned.push(
      `NO RELEASE KEY (${RELEASE_KEY_VARIABLE} is not set): what is installed from these packages finds no updates.`,
    )
  }
  return { unsigned, signs }
}
