/*
 * Loaded before the C library, it writes down in order what a process does to the files of one folder: each open, write,
 * change of size, sync, rename and unlink, once it has returned: only then is anything promised. One record: kind, descriptor,
 * offset or flag, length, bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_DESCRIPTORS 65536
#define REAL(name) \
  static __typeof__(&name) real; \
  if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static const char *folder;
static size_t folder_length;
static int record_file = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned char watched[MOST_DESCRIPTORS];

__attribute__((constructor)) static void start(void) {
  folder = getenv("RECORD_FOLDER");
  const char *path = getenv("RECORD_FILE");
  if (folder == NULL || path == NULL) return;
  folder_length = strlen(folder);
  record_file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (record_file < 0) abort();
}

static int inside(const char *path) {
  return record_file >= 0 && strncmp(path, folder, folder_length) == 0 &&
         (path[folder_length] == '/' || path[folder_length] == '\0');
}

static int is_watched(int fd) { return fd >= 0 && fd < MOST_DESCRIPTORS && watched[fd]; }

static void record(char kind, int32_t fd, int64_t offset, const void *bytes, uint32_t length) {
  unsigned char head[17];
  head[0] = (unsigned char)kind;
  memcpy(head + 1, &fd, 4);
  memcpy(head + 5, &offset, 8);
  memcpy(head + 13, &length, 4);
  struct iovec parts[2] = {{head, sizeof head}, {(void *)bytes, length}};
  pthread_mutex_lock(&lock);
  if (writev(record_file, parts, 2) != (ssize_t)(sizeof head + length)) abort();
  pthread_mutex_unlock(&lock);
}

static int opened(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= MOST_DESCRIPTORS) return fd;
  watched[fd] = (unsigned char)inside(path);
  if (watched[fd]) record('o', fd, flags & O_TRUNC ? 1 : 0, path, (uint32_t)strlen(path));
  return fd;
}

static mode_t mode_of(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(rest, int) : 0; }

int open(const char *path, int flags, ...) {
  REAL(open);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened(real(path, flags, mode), path, flags);
}

int open64(const char *path, int flags, ...) {
  REAL(open64);
  va_list rest;
  va_start(rest, flags);
  mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return opened(real(path, flags, mode), path, flags);
}

int close(int fd) {
  REAL(close);
  if (is_watched(fd)) watched[fd] = 0;
  return real(fd);
}

static ssize_t written(int fd, int64_t offset, const void *bytes, ssize_t count) {
  if (count > 0 && is_watched(fd)) record('w', fd, offset, bytes, (uint32_t)count);
  return count;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  REAL(write);
  off_t offset = is_watched(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
  return written(fd, offset, bytes, real(fd, bytes, count));
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  return written(fd, offset, bytes, real(fd, bytes, count, offset));
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  REAL(pwrite64);
  return written(fd, offset, bytes, real(fd, bytes, count, offset));
}

static int noted(int answer, char kind, int fd, int64_t size) {
  if (answer == 0 && is_watched(fd)) record(kind, fd, size, "", 0);
  return answer;
}

int ftruncate(int fd, off_t size) {
  REAL(ftruncate);
  return noted(real(fd, size), 't', fd, size);
}

int ftruncate64(int fd, off64_t size) {
  REAL(ftruncate64);
  return noted(real(fd, size), 't', fd, size);
}

int fsync(int fd) {
  REAL(fsync);
  return noted(real(fd), 's', fd, 0);
}

int fdatasync(int fd) {
  REAL(fdatasync);
  return noted(real(fd), 's', fd, 0);
}

int unlink(const char *path) {
  REAL(unlink);
  int answer = real(path);
  if (answer == 0 && inside(path)) record('u', -1, 0, path, (uint32_t)strlen(path));
  return answer;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  int answer = real(from, to);
  if (answer == 0 && inside(from) && inside(to)) {
    record('f', -1, 0, from, (uint32_t)strlen(from));
    record('r', -1, 0, to, (uint32_t)strlen(to));
  }
  return answer;
}
