# Shared by the launchers: builds if the sources are newer than the build, and knows the class path.
# Sourced by POSIX shells. In each function, "$1" is the root of the project and "$2" a module.

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

# Builds a module and the modules that it needs, unless the last build is newer than all sources.
build_if_stale() {
  stamp="$1/$2/target/.built"
  if [ -f "$stamp" ] && [ -z "$(sources_newer_than "$1" "$stamp")" ]; then
    return 0
  fi
  if [ -f "$stamp" ]; then
    echo "Building SmartAug: the sources are newer than the build ..." >&2
  else
    echo "Building SmartAug for the first time: downloads about 250 MB, then takes a minute ..." >&2
  fi
  messages=$(mktemp)
  # shellcheck disable=SC2086 # options are words
  if ! (cd "$1" && mvn -B -q -DskipTests -pl "$2" -am ${SMARTAUG_MAVEN_OPTIONS:-} package >"$messages" 2>&1); then
    cat "$messages" >&2
    rm -f "$messages"
    echo "The build failed; see the messages above." >&2
    exit 1
  fi
  rm -f "$messages"
  touch "$stamp"
}

sources_newer_than() {
  find "$1/pom.xml" "$1"/*/pom.xml "$1"/*/src/main -type f -newer "$2" 2>/dev/null | head -n 1
}

# The module's jar and its dependencies.
class_path() {
  echo "$1/$2/target/*:$1/$2/target/lib/*"
}

# Options of the virtual machine: ours, then the user's.
java_options() {
  echo "-Djava.awt.headless=true ${SMARTAUG_JAVA_OPTIONS:-}"
}
