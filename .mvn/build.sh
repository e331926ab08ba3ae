# What launchers of a checkout share: builds if the sources are newer than the build, and knows the class
# path. Sourced by POSIX shells. In each function, "$1" is the root of the project and "$2" a module.

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
