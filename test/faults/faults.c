/*
 * Makes one call to the system fail, or ends the process at it: the k-th call on a file below some folders. Loaded by
 * LD_PRELOAD into the process that is tried, so that it holds for everything in there, SQLite included.
 *
 *   FAULT_UNDER   folders, separated by colons; calls on other files are neither counted nor touched
 *   FAULT_CONTROL a path; opening PATH/KIND/K arms a fault of that kind at the K-th call from there on, 0 for none, and
 *                 PATH/END disarms it and writes what was counted to FAULT_LOG, one line "name path" for each call
 *   FAULT_LOG     a file
 *
 * Kinds: ENOSPC, EIO, EACCES, EINTR: the call fails once. FULL: all calls from there on that take space fail with ENOSPC.
 * SHORT: half of the bytes are written. KILL: the process ends before the call is made.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define NAMES 65536

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char kind[16];
static long at, seen;
static int armed, counted;
static char *names[NAMES];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Where a call stands: it takes place, fails with errno set, or writes half of its bytes. */
enum fate { GOES_ON, FAILS, SHORT };

static int is_under(const char *path) {
  const char *under = getenv("FAULT_UNDER");
  while (under && *under) {
    const char *end = strchrnul(under, ':');
    size_t length = (size_t)(end - under);
    if (!strncmp(path, under, length) && (path[length] == '/' || !path[length])) return 1;
    under = *end ? end + 1 : end;
  }
  return 0;
}

static void disarm(void) {
  const char *log = getenv("FAULT_LOG");
  armed = 0;
  int fd = log ? REAL(open64)(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
  for (int i = 0; i < counted; i++) {
    if (fd >= 0) dprintf(fd, "%s\n", names[i]);
    free(names[i]);
  }
  counted = 0;
  if (fd >= 0) close(fd);
}

/* Whether a path is an order to this library, which is carried out. */
static int is_order(const char *path) {
  const char *control = getenv("FAULT_CONTROL");
  size_t length = control ? strlen(control) : 0;
  if (!length || strncmp(path, control, length) || path[length] != '/') return 0;
  pthread_mutex_lock(&lock);
  if (!strcmp(path + length, "/END")) disarm();
  else if (sscanf(path + length, "/%15[A-Z]/%ld", kind, &at) == 2) seen = 0, armed = 1;
  pthread_mutex_unlock(&lock);
  errno = ENOENT;
  return 1;
}

static enum fate judge(const char *name, const char *path, int takes_space, int writes) {
  enum fate fate = GOES_ON;
  if (!armed || !is_under(path)) return fate;
  pthread_mutex_lock(&lock);
  long k = ++seen;
  if (counted < NAMES) {
    if (asprintf(&names[counted], "%s %s", name, path) > 0) counted++;
  }
  int hit = k == at;
  if (hit && !strcmp(kind, "KILL")) kill(getpid(), SIGKILL), pause();
  if (!strcmp(kind, "FULL")) {
    if (at && k >= at && takes_space) errno = ENOSPC, fate = FAILS;
  } else if (hit && !strcmp(kind, "SHORT")) {
    if (writes) fate = SHORT;
  } else if (hit) {
    fate = FAILS;
    errno = !strcmp(kind, "ENOSPC") ? ENOSPC : !strcmp(kind, "EACCES") ? EACCES : !strcmp(kind, "EINTR") ? EINTR : EIO;
  }
  pthread_mutex_unlock(&lock);
  return fate;
}

static enum fate judge_fd(const char *name, int fd, int takes_space, int writes) {
  char link[64], path[PATH_MAX];
  if (!armed) return GOES_ON;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return GOES_ON;
  path[length] = 0;
  return judge(name, path, takes_space, writes);
}

#define OPEN(name)                                                                     \
  int name(const char *path, int flags, ...) {                                         \
    va_list more;                                                                      \
    va_start(more, flags);                                                             \
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0;          \
    va_end(more);                                                                      \
    if (is_order(path)) return -1;                                                     \
    int makes = flags & O_CREAT && access(path, F_OK);                                 \
    if (judge(makes ? "create" : "open", path, makes, 0) != GOES_ON) return -1;        \
    return REAL(name)(path, flags, mode);                                              \
  }
OPEN(open)
OPEN(open64)

#define BYTES(name, call, bytes, given, passed, passed_half, takes, writes)            \
  ssize_t name given {                                                                 \
    enum fate fate = judge_fd(call, fd, takes, writes && (bytes) > 1);                 \
    if (fate == FAILS) return -1;                                                      \
    return fate == SHORT ? REAL(name) passed_half : REAL(name) passed;                 \
  }
BYTES(write, "write", size, (int fd, const void *from, size_t size), (fd, from, size), (fd, from, size / 2), 1, 1)
BYTES(pwrite, "write", size, (int fd, const void *from, size_t size, off_t to), (fd, from, size, to),
      (fd, from, size / 2, to), 1, 1)
BYTES(pwrite64, "write", size, (int fd, const void *from, size_t size, off64_t to), (fd, from, size, to),
      (fd, from, size / 2, to), 1, 1)
BYTES(writev, "write", count, (int fd, const struct iovec *from, int count), (fd, from, count), (fd, from, count / 2), 1, 1)
BYTES(pwritev, "write", count, (int fd, const struct iovec *from, int count, off_t to), (fd, from, count, to),
      (fd, from, count / 2, to), 1, 1)
BYTES(read, "read", size, (int fd, void *into, size_t size), (fd, into, size), (fd, into, size), 0, 0)
BYTES(pread, "read", size, (int fd, void *into, size_t size, off_t from), (fd, into, size, from),
      (fd, into, size, from), 0, 0)
BYTES(pread64, "read", size, (int fd, void *into, size_t size, off64_t from), (fd, into, size, from),
      (fd, into, size, from), 0, 0)

#define ON_FILE(name, call, given, passed, takes)                                      \
  int name given {                                                                     \
    return judge_fd(call, fd, takes, 0) == GOES_ON ? REAL(name) passed : -1;           \
  }
ON_FILE(fsync, "fsync", (int fd), (fd), 1)
ON_FILE(fdatasync, "fsync", (int fd), (fd), 1)
ON_FILE(ftruncate, "truncate", (int fd, off_t length), (fd, length), 0)
ON_FILE(ftruncate64, "truncate", (int fd, off64_t length), (fd, length), 0)
ON_FILE(fchmod, "chmod", (int fd, mode_t mode), (fd, mode), 0)

#define ON_PATH(name, call, given, passed, path, takes)                                \
  int name given {                                                                     \
    return judge(call, path, takes, 0) == GOES_ON ? REAL(name) passed : -1;            \
  }
ON_PATH(rename, "rename", (const char *from, const char *to), (from, to), to, 1)
ON_PATH(link, "link", (const char *from, const char *to), (from, to), to, 1)
int mkdir(const char *path, mode_t mode) {
  /* Where something has the name, the system says so before anything else. */
  if (access(path, F_OK) && judge("mkdir", path, 1, 0) != GOES_ON) return -1;
  return REAL(mkdir)(path, mode);
}
ON_PATH(unlink, "unlink", (const char *path), (path), path, 0)
ON_PATH(rmdir, "unlink", (const char *path), (path), path, 0)
ON_PATH(chmod, "chmod", (const char *path, mode_t mode), (path, mode), path, 0)
