/**
 * From now on every file and folder that this process makes is its user's alone (0600, 0700), whichever library makes it.
 * Called first by every process of the product; its threads have the same mask. Windows has the rights of the folder instead.
 */
export function keepFilesPrivate(): void {
  process.umask(0o077)
}
