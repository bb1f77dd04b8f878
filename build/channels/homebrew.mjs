import { findFile } from './release.mjs'

/**
 * The cask of Homebrew for macOS: the application, and the terminal program in it on the path.
 * @param {import('./release.mjs').Release} release
 */
export function writeHomebrew(release) {
  const { name, productName, version, synopsis, homepage } = release
  const [arm, intel] = [findFile(release, 'dmg-arm64'), findFile(release, 'dmg-x64')]
  const text = `cask "${name}" do
  version "${version}"

  on_arm do
    sha256 "${arm.sha256}"

    url "${arm.url.replaceAll(version, '#{version}')}"
  end
  on_intel do
    sha256 "${intel.sha256}"

    url "${intel.url.replaceAll(version, '#{version}')}"
  end

  name "${productName}"
  desc "${synopsis}"
  homepage "${homepage}/"

  depends_on macos: ">= :ventura"

  app "${productName}.app"
  binary "#{appdir}/${productName}.app/Contents/Resources/terminal/${name}"

  # The profile is the register itself: it stays (docs/uninstall.md).
  uninstall quit: "${release.id}"
end
`
  return [[`homebrew/Casks/${name}.rb`, text]]
}
