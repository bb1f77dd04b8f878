import type { Update } from '../../../shared/contract/updates.ts'
import type { PackageKind } from '../../../shared/domain/update/package-kind.ts'

type Steps = Update['steps']

/** The steps with a verified package that Castellan does not install. Paths are quoted for a POSIX shell. */
export function installSteps(kind: PackageKind, path: string, isOlder: boolean): Steps {
  const steps: Readonly<Record<PackageKind, () => Steps[number]>> = {
    deb: () => step('Install the package.', `sudo apt install ${isOlder ? '--allow-downgrades ' : ''}${quote(path)}`),
    appimage: () =>
      step('Make the file executable, and start it in place of the present one.', `chmod +x ${quote(path)}`),
    tar: () => step(`Unpack ${path}, and start AppRun from the new folder in place of the present one.`),
    winzip: () => step(`Unpack ${path}, and start Castellan.exe from the new folder in place of the present one.`),
    nsis: () => step(`Run ${path}.`),
    zip: () => step(`Unpack ${path}, and move Castellan to Applications.`),
    dmg: () => step(`Open ${path}, and move Castellan to Applications.`),
  }
  return [step('Close Castellan.'), steps[kind]()]
}

/** A store or repository updates what it installed; a package beside it would be a second installation. */
export const OTHER_STEPS: Steps = [
  step('Update Castellan in the way in which it was installed, such as its store or repository.'),
]

function step(words: string, command: string | null = null): Steps[number] {
  return { words, command }
}

function quote(path: string): string {
  return /^[\w./-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
