/* Loaded before the C library: ends, tears or fails the n-th write, sync or shortening of a file.
   Built and loaded by tests/faults/library.py; nothing happens before fault_arm is called. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, SHORTEN = 3 };
enum { BEFORE = 1, AFTER = 2, TORN = 3, FULL = 4, FAIL = 5 };

static int armed, left, action, seen[4];

void fault_arm(int kind, int number, int how) { armed = kind; left = number; action = how; }
int fault_seen(int kind) { return seen[kind]; }

static void end(void) { kill(getpid(), SIGKILL); }

/* What is to happen at this call: 0 nothing. A full disk stays full until it is disarmed. */
static int turn(int kind) {
  seen[kind]++;
  if (armed != kind) return 0;
  if (left > 1) { left--; return 0; }
  if (action != FULL) armed = 0;
  return action;
}

static int is_file(int fd) {
  struct stat about;
  return fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

#define GUARDED(kind, fd, call, torn)                    \
  int how = is_file(fd) ? turn(kind) : 0;                \
  if (how == BEFORE) end();                              \
  if (how == TORN) { torn; end(); }                      \
  if (how == FULL) { errno = ENOSPC; return -1; }        \
  if (how == FAIL) { errno = EIO; return -1; }           \
  long made = call;                                      \
  if (how == AFTER) end();                               \
  return made;

ssize_t pwrite(int fd, const void *from, size_t n, off_t at) {
  ssize_t (*real)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
  GUARDED(WRITE, fd, real(fd, from, n, at), real(fd, from, n / 2, at))
}
ssize_t pwrite64(int fd, const void *from, size_t n, off64_t at) {
  ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
  GUARDED(WRITE, fd, real(fd, from, n, at), real(fd, from, n / 2, at))
}
ssize_t write(int fd, const void *from, size_t n) {
  ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  GUARDED(WRITE, fd, real(fd, from, n), real(fd, from, n / 2))
}
int fsync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
  GUARDED(SYNC, fd, real(fd), (void)0)
}
int fdatasync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
  GUARDED(SYNC, fd, real(fd), (void)0)
}
int ftruncate(int fd, off_t n) {
  int (*real)(int, off_t) = dlsym(RTLD_NEXT, "ftruncate");
  GUARDED(SHORTEN, fd, real(fd, n), (void)0)
}
int ftruncate64(int fd, off64_t n) {
  int (*real)(int, off64_t) = dlsym(RTLD_NEXT, "ftruncate64");
  GUARDED(SHORTEN, fd, real(fd, n), (void)0)
}
