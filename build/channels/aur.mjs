import { findFile } from './release.mjs'

/** The libraries that the window needs, by their names in Arch Linux; Node of the terminal program is in the package. */
const DEPENDS = [
  'alsa-lib',
  'at-spi2-core',
  'gtk3',
  'libnotify',
  'libsecret',
  'libxss',
  'libxtst',
  'mesa',
  'nss',
  'xdg-utils',
]

/**
 * The two files of the Arch User Repository, which has no packages but how to make them: here from the Debian package.
 * @param {import('./release.mjs').Release} release
 */
export function writeAur(release) {
  const facts = {
    pkgname: `${release.name}-bin`,
    pkgver: release.version,
    pkgrel: '1',
    pkgdesc: release.synopsis,
    url: release.homepage,
    arch: ['x86_64', 'aarch64'],
    license: [release.licence],
    depends: DEPENDS,
    provides: [release.name],
    conflicts: [release.name],
    options: ['!strip', '!debug'],
    source_x86_64: [findFile(release, 'deb-x64').url],
    sha256sums_x86_64: [findFile(release, 'deb-x64').sha256],
    source_aarch64: [findFile(release, 'deb-arm64').url],
    sha256sums_aarch64: [findFile(release, 'deb-arm64').sha256],
  }
  return [
    ['aur/PKGBUILD', toPkgbuild(release, facts)],
    ['aur/.SRCINFO', toSrcinfo(facts)],
  ]
}

function toPkgbuild({ name, maintainer }, facts) {
  const lines = Object.entries(facts).map(([key, value]) =>
    Array.isArray(value) ? `${key}=(${value.map((one) => quote(one)).join(' ')})` : `${key}=${quote(value)}`,
  )
  return `# Maintainer: ${maintainer}
${lines.join('\n')}

package() {
  bsdtar -xf data.tar.xz -C "$pkgdir"
  # The kernel of Arch Linux lets ordinary users start the sandbox of the window; its helper is for those that do not.
  chmod 4755 "$pkgdir/usr/lib/${name}/chrome-sandbox"
  echo aur > "$pkgdir/usr/lib/${name}/resources/package-kind"
  install -Dm644 "$pkgdir/usr/lib/${name}/resources/licenses/castellan.txt" "$pkgdir/usr/share/licenses/$pkgname/LICENSE"
}
`
}

/** As `makepkg --printsrcinfo` prints it: a section for the base, and one for the only package. */
function toSrcinfo({ pkgname, ...facts }) {
  const order = ['pkgdesc', 'pkgver', 'pkgrel', 'url', 'arch', 'license', 'depends', 'provides', 'conflicts', 'options']
  const keys = [...order, 'source_x86_64', 'sha256sums_x86_64', 'source_aarch64', 'sha256sums_aarch64']
  const lines = keys.flatMap((key) => [facts[key]].flat().map((value) => `\t${key} = ${value}`))
  return `pkgbase = ${pkgname}\n${lines.join('\n')}\n\npkgname = ${pkgname}\n`
}

/** A word for a shell, in quotes where it needs them. */
function quote(text) {
  return /^[\w./:+-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
