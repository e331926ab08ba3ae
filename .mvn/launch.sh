# Settings of every launcher, those of an unpacked archive included. Sourced by POSIX shells.

# Without these settings, glibc returns the memory of large tensors to the system when they are freed,
# and asks for it again at the next step. Keeping it makes a training step up to a tenth faster. Only
# the first memory arena keeps it reliably. Other arenas, such as the one that the main thread of a
# Java virtual machine gets, return it in pieces of 64 MB at times that depend on chance; the same work
# then takes up to three times as long in one run as in another (docs/performance.md).
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-1073741824}"
export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-4294967296}"
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"

# Java takes the names of files in the character set of the locale. The locale POSIX, which bare
# containers have, has English letters only: other names could not be opened.
if [ "$(locale charmap 2>/dev/null)" = "ANSI_X3.4-1968" ] &&
  [ "$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null)" = "UTF-8" ]; then
  export LC_ALL=C.UTF-8
fi

# Options of the virtual machine: ours, then the user's.
java_options() {
  echo "-Djava.awt.headless=true ${SMARTAUG_JAVA_OPTIONS:-}"
}
