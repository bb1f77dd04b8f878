import { define } from './define.ts'

/** SCRAM-SHA-256 with 4,096 rounds or more (RFC 5803): no password is sent to the server. */
const VERIFIER = String.raw`'^SCRAM-SHA-256\$[0-9]{4,6}:[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$'`

/**
 * Logins of this team are made and ended by its owners, through the guard: it may make roles, so these functions name the role that they are
 * about only after they have found it in this team.
 */
export const LOGIN_FUNCTIONS: readonly string[] = [
  define(
    'make_login(_login name, _device uuid, _member uuid, _owner boolean, _verifier text, _until float8) RETURNS void',
    `BEGIN
  IF num_nulls(_login, _device, _member, _owner, _verifier) > 0 OR _login !~ '^[a-z_][a-z0-9_]{0,62}$' OR _verifier !~ ${VERIFIER} THEN
    RAISE EXCEPTION 'Not a login.' USING ERRCODE = '22023'; END IF;
  IF EXISTS (SELECT FROM castellan.login o WHERE o.login = _login) THEN
    RAISE EXCEPTION 'The login exists.' USING ERRCODE = '23505'; END IF;
  -- A role of the team may be there from another database of it on this server.
  EXECUTE format('%s ROLE %I LOGIN PASSWORD %L VALID UNTIL %L CONNECTION LIMIT 4', CASE WHEN castellan.find_role(_login) IS NULL
    THEN 'CREATE' ELSE 'ALTER' END, _login, _verifier, coalesce(to_timestamp(_until / 1000), 'infinity'));
  EXECUTE format('GRANT @device@ TO %I', _login);
  EXECUTE format('COMMENT ON ROLE %I IS %L', _login, json_build_object('device', _device, 'member', _member, 'owner', _owner));
  INSERT INTO castellan.login (login, device, member, owner, until)
    VALUES (_login, _device, _member, _owner, to_timestamp(_until / 1000));
END`,
  ),
  define(
    'admit(_login name, _device uuid, _member uuid, _owner boolean, _verifier text, _until float8) RETURNS void',
    `DECLARE mine castellan.login := castellan.me(); BEGIN
  PERFORM castellan.need(mine.owner);
  PERFORM castellan.make_login(_login, _device, _member, _owner, _verifier, _until);
END`,
  ),
  define(
    'set_password(_verifier text) RETURNS void',
    `BEGIN
  PERFORM castellan.me();
  PERFORM castellan.need(_verifier ~ ${VERIFIER});
  EXECUTE format('ALTER ROLE %I PASSWORD %L', session_user, _verifier);
END`,
  ),
  // The first call keeps the login out and ends its sessions; the second, after that is committed, ends those that came between and removes it.
  // So no lock that the login holds is waited for. True when it is done.
  define(
    'shut(_login name) RETURNS boolean',
    `DECLARE mine castellan.login := castellan.me(); was record; BEGIN
  PERFORM castellan.need(mine.owner OR EXISTS (SELECT FROM castellan.login o WHERE o.login = _login AND o.member = mine.member));
  SELECT r.oid, r.rolcanlogin INTO was FROM pg_roles r WHERE r.oid = castellan.find_role(_login);
  IF was.oid IS NOT NULL THEN
    EXECUTE format('GRANT %I TO @guard@', _login);
    IF was.rolcanlogin THEN EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', _login); END IF;
    PERFORM pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usesysid = was.oid AND pid <> pg_backend_pid();
    EXECUTE format('REVOKE %I FROM @guard@', _login);
    IF was.rolcanlogin THEN RETURN false; END IF;
  END IF;
  DELETE FROM castellan.may WHERE login = _login;
  DELETE FROM castellan.wrap WHERE login = _login;
  DELETE FROM castellan.knock WHERE login = _login;
  UPDATE castellan.turn SET holder = NULL, until = NULL WHERE holder = _login;
  DELETE FROM castellan.login WHERE login = _login;
  IF was.oid IS NULL OR _login = session_user THEN RETURN true; END IF;
  BEGIN
    EXECUTE format('GRANT %I TO @guard@', _login);
    EXECUTE format('DROP OWNED BY %I', _login);
    EXECUTE format('DROP ROLE %I', _login);
  -- It owns something in another database, and stays without a way in.
  EXCEPTION WHEN OTHERS THEN NULL; END;
  RETURN true;
END`,
  ),
  define(
    'knock(_invite uuid, _device uuid, _sign_key bytea, _box_key bytea, _mac bytea) RETURNS void',
    `BEGIN
  PERFORM castellan.me();
  INSERT INTO castellan.knock VALUES (session_user, _invite, _device, _sign_key, _box_key, _mac, NULL) ON CONFLICT (login) DO UPDATE
    SET invite = excluded.invite, device = excluded.device, sign_key = excluded.sign_key, box_key = excluded.box_key,
      mac = excluded.mac, refused = NULL;
END`,
  ),
  define(
    'answer_knock(_invite uuid, _refused text) RETURNS void',
    `DECLARE mine castellan.login := castellan.me(); BEGIN
  PERFORM castellan.need(mine.owner);
  DELETE FROM castellan.knock WHERE invite = _invite AND _refused IS NULL;
  UPDATE castellan.knock SET refused = left(_refused, 500) WHERE invite = _invite;
END`,
  ),
]
