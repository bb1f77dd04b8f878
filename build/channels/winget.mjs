import { stringify } from 'yaml'

import { SYSTEMS, VISUAL_CPP } from '../pack/needs/systems.mjs'
import { findFile } from './release.mjs'

/** The form of the manifests (github.com/microsoft/winget-cli, schemas/JSON/manifests/v1.12.0). */
export const MANIFEST_VERSION = '1.12.0'

const IDENTIFIER = 'Castellan.Castellan'

/**
 * The three manifests of the Windows Package Manager for a version, at their places in its repository of packages.
 * @param {import('./release.mjs').Release} release
 */
export function writeWinget(release) {
  const { version, productName, publisher, homepage, licence, copyright, synopsis, description } = release
  const setup = findFile(release, 'nsis-x64')
  const head = { PackageIdentifier: IDENTIFIER, PackageVersion: version }
  const folder = `winget/manifests/c/Castellan/Castellan/${version}`
  const write = (part, type, body) => {
    const whole = { ...head, ...body, ManifestType: type, ManifestVersion: MANIFEST_VERSION }
    const schema = `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${type.toLowerCase()}.${MANIFEST_VERSION}.schema.json`
    return [`${folder}/${IDENTIFIER}${part}.yaml`, `${schema}\n${stringify(whole, { lineWidth: 0 })}`]
  }
  return [
    write('', 'version', { DefaultLocale: 'en-US' }),
    write('.locale.en-US', 'defaultLocale', {
      PackageLocale: 'en-US',
      Publisher: publisher,
      PublisherUrl: homepage,
      PackageName: productName,
      PackageUrl: homepage,
      License: licence,
      Copyright: copyright,
      ShortDescription: synopsis,
      Description: description,
      Moniker: release.name,
    }),
    write('.installer', 'installer', {
      Platform: ['Windows.Desktop'],
      MinimumOSVersion: `${SYSTEMS.win32.minimum}.0`,
      InstallerType: 'nullsoft',
      Scope: 'user',
      InstallModes: ['interactive', 'silent'],
      UpgradeBehavior: 'install',
      Commands: [release.name],
      Dependencies: { PackageDependencies: [{ PackageIdentifier: VISUAL_CPP.winget }] },
      Installers: [{ Architecture: 'x64', InstallerUrl: setup.url, InstallerSha256: setup.sha256.toUpperCase() }],
    }),
  ]
}
