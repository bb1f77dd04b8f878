import { join } from 'node:path'

/** The exit code of a program that does not know what it was called with, as in the terminal. */
export const WRONG_CALL = 2

/** The first argument that looks like a verb of the terminal, which the desktop application does not have; null without one. */
export function findVerb(positionals: readonly string[]): string | null {
  return positionals.find((each) => /^[a-z][a-z-]*$/u.test(each)) ?? null
}

/**
 * Explains what to run for a verb instead of the desktop application. `resources` is the folder beside the archive of
 * the installed application; `appImage` the path of the file it runs from, whose content is mounted only while it runs.
 */
export function explainVerb(
  verb: string,
  { resources, platform, appImage }: { resources: string; platform: NodeJS.Platform; appImage: string | undefined },
): string {
  const program = platform === 'win32' ? 'castellan.cmd' : 'castellan'
  const where =
    appImage === undefined
      ? `It is ${join(resources, 'terminal', program)}.`
      : `Unpack it once: ${appImage} --appimage-extract 'resources/terminal/*'; it is then squashfs-root/resources/terminal/castellan.`
  return `This is the window of Castellan, which has no verb “${verb}”. The terminal program castellan has. ${where}\n`
}
