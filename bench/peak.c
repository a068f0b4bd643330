/* SPDX-License-Identifier: Apache-2.0
 * peak FILE COMMAND...: runs it and writes the most memory that it had, in KiB, into FILE. The kernel counts what a
 * process had before it became the command, too: so whoever starts it has to be small. Ends as the command does. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  struct rusage usage;
  int status = 0;
  if (argc < 3) return 64;
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  FILE* file = fopen(argv[1], "w");
  if (child < 0 || !file || wait4(child, &status, 0, &usage) != child) return 71;
  fprintf(file, "%ld\n", usage.ru_maxrss);
  return fclose(file) == 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 70;
}
