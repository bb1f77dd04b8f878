import { afterAll, beforeAll, expect, it } from 'vitest'

import { DEVICE_FUNCTIONS } from '../../../../electron/team/postgres/tables.ts'
import { setUpTeam, startTeamPostgres, type TeamPostgres } from '../../../team/postgres-team.ts'

let server: TeamPostgres
let ask: (sql: string) => Promise<readonly string[]>
let login: string

beforeAll(async () => {
  server = await startTeamPostgres()
  const address = await server.createDatabase()
  ;({ login } = await setUpTeam(address))
  ask = async (sql) => (await server.postgres.sql(sql, address.database)).split('\n').filter((line) => line !== '')
})
afterAll(() => server.stop())

const OURS = `'castellan'::regnamespace`

it('grants of tables are those to read, under row-level security, to the role of devices', async () => {
  const grants = await ask(`SELECT c.relname || ' ' || a.privilege_type || ' ' || left(a.grantee::regrole::text, 16)
    FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace = ${OURS} AND a.grantee <> c.relowner ORDER BY 1`)
  expect(grants).toEqual(
    ['batch', 'blob', 'figure', 'knock', 'may', 'turn'].map((table) => `${table} SELECT castellan_device`),
  )
  const columns =
    await ask(`SELECT c.relname || ' ' || string_agg(t.attname || ' ' || a.privilege_type, ', ' ORDER BY t.attname)
    FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) a
    WHERE c.relnamespace = ${OURS} AND a.grantee <> c.relowner GROUP BY c.relname ORDER BY 1`)
  expect(columns).toEqual([
    'login device SELECT, login SELECT, member SELECT, owner SELECT, room SELECT, until SELECT',
    'wrap log SELECT, login SELECT',
  ])
  const open =
    await ask(`SELECT relname FROM pg_class c WHERE relnamespace = ${OURS} AND relkind = 'r' AND NOT relrowsecurity
    AND (relacl IS NOT NULL AND EXISTS (SELECT FROM aclexplode(relacl) a WHERE a.grantee <> c.relowner)
      OR EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attacl IS NOT NULL))`)
  expect(open).toEqual([])
})

it('functions run as the guard with a fixed search path, and devices may call those that are named', async () => {
  const loose = await ask(`SELECT proname FROM pg_proc WHERE pronamespace = ${OURS} AND (NOT prosecdef OR proacl IS NULL
    OR proowner::regrole::text NOT LIKE 'castellan_guard_%' OR NOT 'search_path=pg_catalog, pg_temp' = ANY (proconfig))`)
  expect(loose).toEqual([])
  const granted =
    await ask(`SELECT p.proname || ' ' || left(a.grantee::regrole::text, 16) FROM pg_proc p, aclexplode(p.proacl) a
    WHERE p.pronamespace = ${OURS} AND a.grantee <> p.proowner ORDER BY 1`)
  expect(granted).toEqual(DEVICE_FUNCTIONS.map((name) => `${name} castellan_device`).toSorted())
})

it('a login owns and creates nothing, and no role is a member of the guard', async () => {
  const rights =
    await ask(`SELECT concat_ws(' ', has_schema_privilege('${login}', ${OURS}, 'CREATE'), has_schema_privilege('${login}', 'public', 'CREATE'),
    has_schema_privilege('${login}', 'public', 'USAGE'), has_database_privilege('${login}', current_database(), 'TEMP'),
    has_database_privilege('${login}', current_database(), 'CREATE'), has_database_privilege('${login}', current_database(), 'CONNECT'))`)
  expect(rights).toEqual(['f f f f f t'])
  const everyone = await ask(`SELECT privilege_type FROM pg_database d, aclexplode(d.datacl) a
    WHERE d.datname = current_database() AND a.grantee = 0`)
  expect(everyone).toEqual([])
  const members = await ask(
    `SELECT m.member::regrole FROM pg_auth_members m WHERE m.roleid::regrole::text LIKE 'castellan_guard_%'`,
  )
  expect(members).toEqual([])
  const [guard] =
    await ask(`SELECT concat_ws(' ', rolcanlogin, rolsuper, rolcreatedb, rolbypassrls, rolreplication, rolcreaterole)
    FROM pg_roles WHERE rolname LIKE 'castellan_guard_%'`)
  expect(guard).toBe('f f f f f t')
  const [device] =
    await ask(`SELECT concat_ws(' ', rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolconnlimit)
    FROM pg_roles WHERE rolname = '${login}'`)
  expect(device).toBe('t f f f f 4')
  const types = await ask(
    `SELECT t.typname FROM pg_type t, aclexplode(t.typacl) a WHERE t.typnamespace = ${OURS} AND a.grantee <> t.typowner`,
  )
  expect(types).toEqual([])
})
