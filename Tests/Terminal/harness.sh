# What the tests share: a throw-away store, a tmux server of their own, and waiting for what is expected.

# A store, a home and a tmux server for one test.
begin() {
  scratch=$(mktemp -d)
  export MUSTER_HOME=$scratch/store XDG_CONFIG_HOME=$scratch/config XDG_STATE_HOME=$scratch/state
  export HOME=$scratch USER=mira LC_ALL=C.UTF-8 TZ=UTC
  export SHELL=/bin/bash PS1='$ ' PATH=$(dirname "$muster"):$PATH
  unset MUSTER_INCIDENT NO_COLOR TMUX
  server=muster-test-$$
}

finish() {
  tmux -L "$server" kill-server 2>/dev/null
  rm -rf "$scratch" 2>/dev/null || { sleep 0.2; rm -rf "$scratch"; }
}

in_tmux() { tmux -L "$server" "$@"; }

# open WxH [TERM]: a shell in a window of that size, in which the program can be started and left.
open() {
  local size=$1 term=${2:-tmux-256color}
  in_tmux -f /dev/null new-session -d -x "${size%x*}" -y "${size#*x}" -s t \
    "env TERM=$term PS1='READY> ' bash --norc --noprofile" || return
  in_tmux set-option -g status off >/dev/null
  see 'READY>'
}

# type TEXT...: tmux key names, or text after -l.
type_keys() { in_tmux send-keys -t t "$@"; }
say() { in_tmux send-keys -t t -l "$1"; }
enter() { in_tmux send-keys -t t Enter; }
run_in_shell() { say "$1"; enter; }

screen() { in_tmux capture-pane -t t -p; }

# until_true SECONDS COMMAND...: succeeds as soon as the command does.
until_true() {
  local limit=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$limit" ] || return 1
    sleep 0.05
  done
}

shows() { screen | grep -qE -- "$1"; }
shows_not() { ! screen | grep -qE -- "$1"; }

# see REGEX / gone REGEX: waits until the screen shows it, or no longer does.
see() {
  until_true "${2:-10}" shows "$1" && return
  printf 'expected to see: %s\n' "$1" >&2
  screen | sed -e '/^ *$/d' -e 's/^/    | /' >&2
  return 1
}

gone() {
  until_true "${2:-10}" shows_not "$1" && return
  printf 'expected to be gone: %s\n' "$1" >&2
  screen | sed -e '/^ *$/d' -e 's/^/    | /' >&2
  return 1
}

fail() {
  printf '%s\n' "$*" >&2
  return 1
}

# expect WHAT ACTUAL EXPECTED
expect() {
  [ "$2" = "$3" ] || fail "$1: $2, expected $3"
}

# The terminal is as a shell wants it: main screen, cursor shown, echo on.
sane_shell() {
  expect 'alternate screen' "$(in_tmux display -p -t t '#{alternate_on}')" 0 &&
    expect 'cursor' "$(in_tmux display -p -t t '#{cursor_flag}')" 1 &&
    run_in_shell 'stty -a | grep -o " echo " | tr -d " "; echo after-$?' && see '^echo' && see 'after-0'
}

# The process that runs in the window.
pane_child() {
  local shell
  shell=$(in_tmux display -p -t t '#{pane_pid}')
  tr ' ' '\n' <"/proc/$shell/task/$shell/children" | head -1
}

declare_incident() { "$muster" declare "Checkout returns 502" --severity SEV-1 "$@" >/dev/null; }
log_lines() { cat "$MUSTER_HOME"/incidents/*.jsonl; }
