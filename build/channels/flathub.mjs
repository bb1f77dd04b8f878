import { stringify } from 'yaml'

import { findFile } from './release.mjs'

/** The runtime, and the application that brings what Electron needs beside it (github.com/flathub/org.electronjs.Electron2.BaseApp). */
const RUNTIME = '25.08'

/**
 * The manifest of Flathub: the files of the Debian package below `/app`, with the names of the application's id. Electron's
 * sandbox starts by `zypak-wrapper`, since Flatpak has one of its own around it.
 * @param {import('./release.mjs').Release} release
 */
export function writeFlathub(release) {
  const { id, name } = release
  const source = (kind, arch) => {
    const { url, sha256 } = findFile(release, kind)
    return { type: 'file', 'only-arches': [arch], url, sha256, 'dest-filename': `${name}.deb` }
  }
  const start = `exec zypak-wrapper /app/lib/${name}/${name}-desktop "$@"`
  const manifest = {
    id,
    runtime: 'org.freedesktop.Platform',
    'runtime-version': RUNTIME,
    sdk: 'org.freedesktop.Sdk',
    base: 'org.electronjs.Electron2.BaseApp',
    'base-version': RUNTIME,
    command: `${name}-desktop`,
    'separate-locales': false,
    'rename-desktop-file': `${name}-desktop.desktop`,
    'rename-icon': `${name}-desktop`,
    'finish-args': [
      '--share=ipc',
      '--share=network',
      '--socket=wayland',
      '--socket=fallback-x11',
      '--device=dri',
      // The keychain, and the icon in the tray.
      '--talk-name=org.freedesktop.secrets',
      '--talk-name=org.kde.StatusNotifierWatcher',
      // A locked screen, sleep and time without use.
      '--system-talk-name=org.freedesktop.login1',
      '--talk-name=org.freedesktop.ScreenSaver',
      '--talk-name=org.gnome.ScreenSaver',
      '--talk-name=org.cinnamon.ScreenSaver',
      '--talk-name=org.mate.ScreenSaver',
      '--talk-name=org.xfce.ScreenSaver',
      '--talk-name=org.kde.screensaver',
      '--talk-name=org.gnome.Mutter.IdleMonitor',
    ],
    modules: [
      {
        name,
        buildsystem: 'simple',
        'build-commands': [
          `ar p ${name}.deb data.tar.xz | tar -xJ`,
          `mkdir -p /app/lib /app/bin`,
          `cp -a usr/lib/${name} /app/lib/${name}`,
          `echo flatpak > /app/lib/${name}/resources/package-kind`,
          'cp -a usr/share/. /app/share',
          `ln -s /app/lib/${name}/resources/terminal/${name} /app/bin/${name}`,
          `install -m 755 start.sh /app/bin/${name}-desktop`,
        ],
        sources: [
          source('deb-x64', 'x86_64'),
          source('deb-arm64', 'aarch64'),
          { type: 'script', 'dest-filename': 'start.sh', commands: [start] },
        ],
      },
    ],
  }
  return [[`flathub/${id}.yml`, stringify(manifest, { lineWidth: 0 })]]
}
