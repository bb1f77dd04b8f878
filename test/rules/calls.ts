/** How the calls of `node:fs` use their paths: the names of the functions without `Sync`. */
interface Use {
  /** Which arguments are paths of what exists. */
  readonly finds?: readonly number[]
  /** The argument that is the path of what it makes. */
  readonly makes?: number
  /** The argument whose name is removed. */
  readonly removes?: number
}

const FIND: Use = { finds: [0] }
const REMOVE: Use = { finds: [0], removes: 0 }

export const USES: Readonly<Record<string, Use>> = {
  access: FIND,
  chmod: FIND,
  chown: FIND,
  createReadStream: FIND,
  exists: FIND,
  lchown: FIND,
  lstat: FIND,
  lutimes: FIND,
  openAsBlob: FIND,
  opendir: FIND,
  readdir: FIND,
  readFile: FIND,
  readlink: FIND,
  realpath: FIND,
  stat: FIND,
  statfs: FIND,
  truncate: FIND,
  utimes: FIND,
  watch: FIND,
  watchFile: FIND,
  rm: REMOVE,
  rmdir: REMOVE,
  unlink: REMOVE,
  appendFile: { makes: 0 },
  createWriteStream: { makes: 0 },
  mkdir: { makes: 0 },
  open: { makes: 0 },
  writeFile: { makes: 0 },
  copyFile: { finds: [0], makes: 1 },
  cp: { finds: [0], makes: 1 },
  link: { finds: [0], makes: 1 },
  rename: { finds: [0], removes: 0, makes: 1 },
  symlink: { makes: 1 },
}
